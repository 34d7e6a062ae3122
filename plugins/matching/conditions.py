"""The conditions every offer must meet, as a table: what each looks at, its code and its facts.

A condition judges one trait. It gets the value of the trait and the situation, and answers the
reason code of a refusal or None. ``key`` names the facts of the situation that it depends on:
equal keys give equal verdicts. A test runs ``passes`` and ``fails`` of each.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from marketplace.contract.values import Json

from .situation import LEVELS, Situation

Facts = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Condition:
    """``passes`` and ``fails``: what a need asks and what an offer says, in both outcomes.

    ``refuse_all`` judges many values at once, where that is quicker than one after the other.
    """

    name: str
    trait: str
    key: Callable[[Situation], Hashable]
    refuse: Callable[[Any, Situation], str | None]
    facts: Callable[[Any, Situation], Facts]
    passes: tuple[Mapping[str, object], Mapping[str, object]]
    fails: tuple[Mapping[str, object], Mapping[str, object]]
    refuse_all: Callable[[Sequence[Any], Situation], list[str | None]] | None = None

    def codes(self, values: Sequence[Any], situation: Situation) -> list[str | None]:
        """The verdict on each of these values."""
        if self.refuse_all is not None:
            return self.refuse_all(values, situation)
        return [self.refuse(value, situation) for value in values]


def _disjoint(wanted: tuple[str, ...], given: tuple[str, ...]) -> bool:
    return bool(wanted) and bool(given) and set(wanted).isdisjoint(given)


def _audience(roles: tuple[str, ...], s: Situation) -> str | None:
    return "other-audience" if roles and s.need.group.role not in roles else None


def _reach(reach: tuple[str, ...], s: Situation) -> str | None:
    return "not-in-your-area" if reach and s.reach.isdisjoint(reach) else None


def _sector(made_for: tuple[tuple[str, ...], tuple[str, ...]], s: Situation) -> str | None:
    """Made for a sector that the employer is not in, or that is not known."""
    committees, activities = made_for
    if not committees and not activities:
        return None
    if not s.committees.isdisjoint(committees) or not s.activity.isdisjoint(activities):
        return None
    if committees:
        return "other-sector" if s.committees or s.activity else "sector-unknown"
    return "other-activity" if s.activity else "activity-unknown"


def _sector_facts(made_for: tuple[tuple[str, ...], tuple[str, ...]], _s: Situation) -> Facts:
    committees, activities = made_for
    return {"joint_committees": list(committees)} if committees else {"nace": list(activities)}


def _level(band: tuple[str | None, str | None], s: Situation) -> str | None:
    """The group starts below or above what the offer is made for."""
    mine, (first, last) = s.need.group.level_from, band
    if mine is None or first is None:
        return None
    inside = LEVELS[first] <= LEVELS[mine] <= (LEVELS[last] if last else LEVELS["C1"])
    return None if inside else "level-does-not-fit"


def last_day(timing: tuple[int, int], s: Situation) -> date:
    """The last day of a track of so many lead days and weeks that starts as early as it can."""
    return s.first_day(timing[0]) + timedelta(weeks=timing[1])


def _in_time_all(timings: Sequence[tuple[int, int]], s: Situation) -> list[str | None]:
    """Many at once: the first day is looked up per lead time, and what is left in whole weeks."""
    latest = s.need.latest_end
    if latest is None:
        return [None] * len(timings)
    end = latest.toordinal()
    first = s.first_days({lead for lead, _weeks in timings})
    left = {lead: (end - day) // 7 for lead, day in first.items()}
    return ["ends-too-late" if weeks > left[lead] else None for lead, weeks in timings]


def _in_time_facts(timing: tuple[int, int], s: Situation) -> Facts:
    latest = s.need.latest_end
    return {
        "ends": last_day(timing, s).isoformat(),
        "latest": latest.isoformat() if latest else None,
    }


def _weekly(asked: int | None, s: Situation) -> str | None:
    given = s.need.hours_off_floor_per_week
    too_many = given is not None and asked is not None and asked > given
    return "too-many-hours-a-week" if too_many else None


CONDITIONS: tuple[Condition, ...] = (
    Condition(
        "group-size",
        "group",
        lambda s: s.need.group.count,
        lambda group, s: "group-too-small" if s.need.group.count < group[0] else None,
        lambda group, s: {"count": s.need.group.count, "least": group[0]},
        passes=({"count": 3}, {"group_min": 3}),
        fails=({"count": 3}, {"group_min": 4}),
    ),
    Condition(
        "weekly-hours",
        "weekly",
        lambda s: s.need.hours_off_floor_per_week,
        _weekly,
        lambda asked, s: {"hours": asked, "given": s.need.hours_off_floor_per_week},
        passes=({"hours_off_floor_per_week": 1}, {"hours_per_week": 1}),
        fails=({"hours_off_floor_per_week": 1}, {"hours_per_week": 2}),
    ),
    Condition(
        "in-time",
        "timing",
        lambda s: s.need.latest_end and (s.asked, s.wished, s.need.latest_end),
        lambda timing, s: _in_time_all((timing,), s)[0],
        _in_time_facts,
        passes=({"latest_end": date(2026, 12, 31)}, {"weeks": 5}),
        fails=({"latest_end": date(2026, 12, 31)}, {"lead_days": 60}),
        refuse_all=_in_time_all,
    ),
    Condition(
        "mode",
        "modes",
        lambda s: s.need.modes,
        lambda given, s: "mode-does-not-fit" if _disjoint(s.need.modes, given) else None,
        lambda given, s: {"modes": sorted(given)},
        passes=({"modes": ("on_site",)}, {"modes": ("on_site", "online")}),
        fails=({"modes": ("on_site",)}, {"modes": ("online",)}),
    ),
    Condition(
        "shifts",
        "shifts",
        lambda s: s.need.shifts,
        lambda given, s: "shifts-do-not-fit" if _disjoint(s.need.shifts, given) else None,
        lambda given, s: {"shifts": sorted(s.need.shifts), "given": sorted(given)},
        passes=({"shifts": ("night",)}, {"shifts": ("night",)}),
        fails=({"shifts": ("night",)}, {"shifts": ("day",)}),
    ),
    Condition(
        "entry-level",
        "levels",
        lambda s: s.need.group.level_from,
        _level,
        lambda band, s: {"level": s.need.group.level_from, "from": band[0], "to": band[1]},
        passes=({"level_from": "A0"}, {"level_from": "A0", "level_to": "A2"}),
        fails=({"level_from": "A0"}, {"level_from": "A1", "level_to": "B1"}),
    ),
    Condition(
        "audience",
        "roles",
        lambda s: s.need.group.role,
        _audience,
        lambda roles, _s: {"roles": list(roles)},
        passes=({}, {"roles": ("workers", "teams")}),
        fails=({}, {"roles": ("supervisors",)}),
    ),
    Condition(
        "sector",
        "sector",
        lambda s: (s.committees, s.activity),
        _sector,
        _sector_facts,
        passes=({}, {"joint_committees": ("330",)}),
        fails=({}, {"joint_committees": ("124",)}),
    ),
    Condition(
        "area",
        "reach",
        lambda s: s.reach,
        _reach,
        lambda _reach, s: {"place": s.request.place.name},
        passes=({}, {"reach": ("area:agii",)}),
        fails=({}, {"reach": ("brussel", "44021")}),
    ),
)
"""In the order in which near misses are told: what is easiest to change comes first. The rules of
plugins and consultants come before the audience; the places left are looked at last."""
