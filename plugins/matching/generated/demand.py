"""Generated requests: employers that each ask for a few things, some of it left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from marketplace.contract.values import Budget, Employer, Group, Need, RequestFacts

from .draws import draw, pick, spread
from .kinds import KINDS
from .places import PLACES

FIRST_DAY = date(2026, 11, 23)
TOPICS = tuple(topic for kind in KINDS for topics in kind.topics for topic in topics[:2])
"""Asked for about as often as it is given."""

LANGUAGE_TOPICS = frozenset({"dutch-on-the-floor", "language-practice", "safety-language"})
NEEDS = spread({1: 2, 2: 4, 3: 4, 4: 2})
BIG_PLACES = [place for place in PLACES if place.name in {"Antwerpen", "Gent", "Brussel", "Leuven"}]
HOMES = (*PLACES, *BIG_PLACES * 5)
EMPLOYERS: Sequence[tuple[tuple[str, ...], str | None]] = (
    (("330",), "87.101"),
    (("330",), None),
    (("200",), "62.10"),
    (("124",), "43.21"),
    (("111",), "25.11"),
    (("149.01",), "43.21"),
    (("322",), "78.20"),
    (("116", "207"), "20.16"),
    (("202",), "47.11"),
    (("144",), "01.13"),
    (("118", "220"), "10.71"),
    (("121",), "81.21"),
    (("302",), "56.11"),
    (("140.03", "226"), "49.41"),
    (("331",), "88.91"),
    ((), None),
)
LEGAL_FORMS: Sequence[str | None] = ("vzw", "bv", "nv", None)
HEADCOUNTS: Sequence[int | None] = (4, 12, 30, 48, 85, 140, 260, 900, None)
BUDGETS = spread(
    {0: 3, 500: 2, 1_000: 3, 2_000: 4, 3_500: 4, 5_000: 4, 8_000: 3, 12_000: 2, 20_000: 1}
)
HOURS = spread({0: 2, 20: 2, 60: 3, 120: 5, 240: 5, 480: 4, 1_200: 3})
COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 12, 14, 15, 18, 22, 30)
LEVELS: Sequence[tuple[str | None, str | None]] = (
    ("A0", "A1"),
    ("A0", "A2"),
    ("A1", "A2"),
    ("A1", "A2"),
    ("A1", "B1"),
    ("A2", "B1"),
    ("A2", "B2"),
    ("B1", "B2"),
    (None, "B1"),
    ("A1", None),
    (None, None),
)
MIXED: Sequence[bool | None] = (None, None, False, False, False, True)
LANGUAGES: Sequence[tuple[str, ...]] = (
    (),
    (),
    ("fr",),
    ("ar", "tr"),
    ("pl", "ro"),
    ("bg", "uk"),
    ("fa", "ps", "ti"),
    ("en",),
)
SHIFTS: Sequence[tuple[str, ...]] = (
    (),
    (),
    ("day",),
    ("day",),
    ("early", "late"),
    ("early", "late"),
    ("night",),
    ("late",),
    ("day", "weekend"),
)
MODES: Sequence[tuple[str, ...]] = (
    (),
    (),
    (),
    ("on_site",),
    ("on_site",),
    ("at_provider", "on_site"),
)
ROLES = ("workers", "supervisors", "supervisors", "teams")
WEEKLY_HOURS: Sequence[int | None] = (None, 0, 1, 1, 2, 2, 3, 4)
DAYS_TO_START: Sequence[int | None] = (None, 0, 14, 30, 60, 90, 150)
WEEKS_TO_END: Sequence[int | None] = (None, None, 8, 12, 20, 30)


def requests(seed: int, count: int) -> tuple[RequestFacts, ...]:
    """The first ``count`` requests with this seed; a larger count only adds at the end."""
    return tuple(_request(seed, index) for index in range(count))


def _request(seed: int, index: int) -> RequestFacts:
    lots = draw("request", seed, index)
    committees, nace = pick(EMPLOYERS, lots[0])
    asked_on = FIRST_DAY + timedelta(days=lots[1] % 60)
    later = pick(DAYS_TO_START, lots[2])
    start = None if later is None else asked_on + timedelta(days=later)
    needs = [
        _need(seed, f"{index}/{number}", f"n{number}", start or asked_on)
        for number in range(pick(NEEDS, lots[3]))
    ]
    return RequestFacts(
        place=pick(HOMES, lots[4]),
        budget=Budget(pick(BUDGETS, lots[5]) * 100, pick(HOURS, lots[6])),
        needs=tuple(needs),
        employer=Employer(
            legal_form=pick(LEGAL_FORMS, lots[7]),
            headcount=pick(HEADCOUNTS, lots[8]),
            joint_committees=committees,
            nace=nace,
        ),
        start=start,
        asked_on=asked_on,
    )


def _need(seed: int, name: str, key: str, start: date) -> Need:
    lots = draw(f"need/{name}", seed, 0)
    topic = pick(TOPICS, lots[0])
    weeks = pick(WEEKS_TO_END, lots[1])
    return Need(
        id=key,
        topic=topic,
        group=_group(lots, topic),
        weight=1 + lots[2] % 5,
        shifts=pick(SHIFTS, lots[3]),
        hours_off_floor_per_week=pick(WEEKLY_HOURS, lots[4]),
        modes=pick(MODES, lots[5]),
        latest_end=None if weeks is None else start + timedelta(weeks=weeks),
    )


def _group(lots: Sequence[int], topic: str) -> Group:
    """Levels and languages are told where they matter, and not by everybody."""
    count = pick(COUNTS, lots[6])
    role = "workers" if topic in LANGUAGE_TOPICS else pick(ROLES, lots[7])
    level_from, level_to = pick(LEVELS, lots[8]) if topic in LANGUAGE_TOPICS else (None, None)
    newcomers = pick((None, 0, count // 2, count), lots[9])
    return Group(
        count=count,
        role=role,
        level_from=level_from,
        level_to=level_to,
        under_12_months=newcomers,
        temps=pick((None, 0, count // 3), lots[10]),
        languages=pick(LANGUAGES, lots[11]) if role == "workers" else (),
        mixed_levels=pick(MIXED, lots[12]) if level_from else None,
    )
