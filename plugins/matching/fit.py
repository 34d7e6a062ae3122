"""How well an eligible offer fits a need: 0 to 1000 points from published, weighted parts."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Any

from marketplace.contract.values import Json, Reason
from marketplace.kit.places import distance_km

from .situation import LEVELS, Situation
from .snapshot import Posting, Snapshot, gather, keep

WEIGHTS: Mapping[str, int] = {
    "topic": 200,
    "level": 200,
    "shift": 150,
    "distance": 100,
    "start": 100,
    "situation": 100,
    "group": 50,
    "sector": 50,
    "language": 50,
}
"""The most points each part can give. They add up to 1000 and are printed on the ranking page."""

NOT_STATED: Mapping[str, int] = {"level": 700, "distance": 500, "language": 500}
"""Thousandths of a part that an offer gets when it does not say; the reasons tell it."""

NEAR_KM, FAR_KM = 30, 100
SOON_DAYS, LATE_DAYS = 14, 120

Words = tuple[str, ...]
Judged = tuple[int, str | None, Mapping[str, Json]]
"""A share of the part's weight, in thousandths, and what to tell about it: a code with facts."""

FULL: Judged = (1000, None, {})


def always(_situation: Situation) -> bool:
    """For a part that tells offers apart whatever is asked."""
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the fit looks at one trait; equal ``key`` means equal shares. Where the request
    asks nothing that it looks at (``asks`` is false) every offer has all of it. ``share`` judges
    without telling, where that is quicker.
    """

    trait: str
    key: Callable[[Situation], Hashable]
    judge: Callable[[Any, Situation], Judged]
    asks: Callable[[Situation], object] = always
    share: Callable[[Any, Situation], int] | None = None


def topic(topics: Words, s: Situation) -> Judged:
    """Full when the topic is the offer's first, four fifths when it comes along."""
    share = 1000 if topics[0] == s.need.topic else 800
    return share, "fits-topic", {"topic": s.need.topic}


def level(band: tuple[str | None, str | None], s: Situation) -> Judged:
    """How much of the way from the present to the wanted level the offer covers."""
    group, reached_name = s.need.group, band[1]
    if group.level_to is None:
        return FULL
    if reached_name is None:
        return NOT_STATED["level"], "level-not-stated", {}
    wanted, reached = LEVELS[group.level_to], LEVELS[reached_name]
    start = LEVELS[group.level_from] if group.level_from else max(0, wanted - 1)
    facts = {"from": group.level_from, "to": reached_name}
    if reached >= wanted:
        return 1000, "reaches-level", facts
    way = max(1, wanted - start)
    return 1000 * max(0, reached - start) // way, "part-of-level", facts


def shift(given: Words, s: Situation) -> Judged:
    """How many of the group's shifts the offer can be given in."""
    wanted = s.need.shifts
    if not wanted or not given:
        return FULL
    common = sorted(set(wanted) & set(given))
    code = "fits-shifts" if len(common) == len(wanted) else "fits-some-shifts"
    return 1000 * len(common) // len(wanted), code, {"shifts": common}


@lru_cache(1_024)
def way(given: Words, wanted: Words) -> str | None:
    """How an offer reaches this group without anybody travelling; None when they must."""
    modes = set(given) & set(wanted) or given or wanted
    return next((one for one in ("on_site", "online") if one in modes), None)


def distance(spot: tuple[Words, tuple[float, float] | None], s: Situation) -> Judged:
    """At the place of work or online: full. Elsewhere: full to 30 km, nothing from 100 km."""
    reached = way(spot[0], s.need.modes)
    if reached is not None:
        return 1000, "on-site" if reached == "on_site" else reached, {}
    if spot[1] is None:
        return NOT_STATED["distance"], "place-not-stated", {}
    km = round(distance_km(spot[1], s.request.place))
    share = 1000 * max(0, FAR_KM - max(km, NEAR_KM)) // (FAR_KM - NEAR_KM)
    return share, "distance", {"km": km}


def start(timing: tuple[int, int], s: Situation) -> Judged:
    """Full within two weeks of the wished day, nothing from four months."""
    return share_of_start(timing, s), "starts", {"date": s.first_day(timing[0]).isoformat()}


def share_of_start(timing: tuple[int, int], s: Situation) -> int:
    """The same without anything to tell: every lead time is new to every request."""
    days = s.days_from_wished(timing[0])
    return 1000 * max(0, LATE_DAYS - max(days, SOON_DAYS)) // (LATE_DAYS - SOON_DAYS)


def groups_of(most: int | None, count: int) -> int:
    """How many groups of at most so many these people need."""
    return -(-count // most) if most else 1


def group(size: tuple[int, int | None], s: Situation) -> Judged:
    """How well the groups are filled."""
    count, most = s.need.group.count, size[1]
    if most is None:
        return FULL
    groups = groups_of(most, count)
    facts = {"groups": groups, "most": most}
    return 1000 * count // (groups * most), "group-size", facts


def sector(made_for: tuple[Words, Words], _s: Situation) -> Judged:
    """Made for this sector: full. For everybody: three fifths."""
    return (1000, "made-for-sector", {}) if any(made_for) else (600, None, {})


def language(given: Words, s: Situation) -> Judged:
    """How many of the group's languages have material; only for what is translated."""
    spoken = s.need.group.languages
    if not spoken:
        return FULL
    if not given:
        return NOT_STATED["language"], "languages-not-stated", {}
    common = sorted(set(spoken) & set(given))
    share = 1000 * len(common) // len(spoken)
    return share, "languages" if common else None, {"languages": common}


PARTS: Mapping[str, Part] = {
    "topic": Part("topics", lambda s: s.need.topic, topic),
    "sector": Part("sector", lambda _s: None, sector),
    "group": Part("group", lambda s: s.need.group.count, group),
    "start": Part("timing", lambda s: (s.asked, s.wished), start, share=share_of_start),
    "distance": Part("spot", lambda s: (s.request.place, s.need.modes), distance),
    "level": Part(
        "levels",
        lambda s: (s.need.group.level_from, s.need.group.level_to),
        level,
        asks=lambda s: s.need.group.level_to,
    ),
    "shift": Part("shifts", lambda s: s.need.shifts, shift, asks=lambda s: s.need.shifts),
    "language": Part(
        "languages",
        lambda s: s.need.group.languages,
        language,
        asks=lambda s: s.need.group.languages,
    ),
}
"""Every part but ``situation``, which is given by the rules that prefer (situations.py)."""


ALIKE = ("topic", "sector")
"""The parts that are the same in every request for a topic."""

ASKED = {name: part for name, part in PARTS.items() if name not in ALIKE}


class Table(dict[int, int]):
    """Points times 1000 by value number, worked out when a value is first met."""

    def __init__(self, name: str, snapshot: Snapshot, s: Situation) -> None:
        self.part, self.weight, self.s = PARTS[name], WEIGHTS[name], s
        self.values_of = snapshot.values[self.part.trait]

    def __missing__(self, number: int) -> int:
        """Judge the value and keep the answer."""
        part, value = self.part, self.values_of[number]
        share = part.share(value, self.s) if part.share else part.judge(value, self.s)[0]
        self[number] = found = self.weight * share
        return found


def points_of(
    snapshot: Snapshot, posting: Posting, s: Situation, places: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """The rows of some places of the posting, and the points times 1000 that each has from all
    parts but ``situation``.
    """
    pick = gather(places)
    rows, totals = pick(posting.rows), pick(_alike(snapshot, posting, s))
    kept, columns, pick = snapshot.kept, snapshot.columns, gather(rows)
    whole = 0
    for name, part in ASKED.items():
        if not part.asks(s):
            whole += 1000 * WEIGHTS[name]
            continue
        key = (name, part.key(s))
        table = kept.get(key)
        if table is None:
            table = keep(kept, key, Table(name, snapshot, s))
        totals = list(map(add, totals, map(table.__getitem__, pick(columns[part.trait]))))
    return rows, [whole + total for total in totals]


def _alike(snapshot: Snapshot, posting: Posting, s: Situation) -> Sequence[int]:
    """What every offer of the posting has from the parts that are alike, reckoned once."""
    key = ("alike", s.need.topic)
    found: Sequence[int] | None = posting.kept.get(key)
    if found is None:
        totals = [0] * len(posting.rows)
        for name in ALIKE:
            table, column = Table(name, snapshot, s), snapshot.columns[PARTS[name].trait]
            totals = [
                sum_ + table[column[row]] for sum_, row in zip(totals, posting.rows, strict=True)
            ]
        found = keep(posting.kept, key, array("I", totals))
    return found


def told(snapshot: Snapshot, s: Situation, row: int) -> list[tuple[int, Reason]]:
    """What there is to tell about each part, with its points times 1000."""
    found: list[tuple[int, Reason]] = []
    for name, part in PARTS.items():
        share, code, facts = part.judge(snapshot.value(part.trait, row), s)
        if code is not None:
            found.append((WEIGHTS[name] * share, Reason(code, facts)))
    return found
