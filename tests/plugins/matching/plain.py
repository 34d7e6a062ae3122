"""Matching the plain way: one offer against one need at a time, every condition in its own words.

The judge of the compiled engine in tests, and in the benchmark the ordinary way of doing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.contract.rules import Rule
from marketplace.contract.values import Need, Offer, RequestFacts
from marketplace.kit.criteria import (
    Lookup,
    beginnings,
    holds,
    in_force,
    lookup,
    parents,
    refusal,
    satisfied,
)
from marketplace.kit.places import distance_km, is_public_holiday

LEVELS = {"A0": 0, "A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5}


@dataclass(frozen=True)
class Case:
    """What is judged."""

    request: RequestFacts
    need: Need
    offer: Offer

    @property
    def look(self) -> Lookup:
        return lookup(self.request, self.need, self.offer)

    @property
    def wished(self) -> date:
        return self.request.start or self.request.asked_on or date.min

    @property
    def first_day(self) -> date:
        asked = self.request.asked_on or self.request.start or date.min
        day = max(self.wished, asked + timedelta(days=self.offer.lead_days))
        while day.weekday() >= 5 or is_public_holiday(day):
            day += timedelta(days=1)
        return day


def audience(case: Case) -> str | None:
    roles = case.offer.roles
    return "other-audience" if roles and case.need.group.role not in roles else None


def area(case: Case) -> str | None:
    place, reach = case.request.place, set(case.offer.reach)
    near = {place.region, place.refnis, f"area:{place.agency}"}
    return "not-in-your-area" if reach and not reach & near else None


def sector(case: Case) -> str | None:
    offer, employer = case.offer, case.request.employer
    committees, activity = set(parents(employer.joint_committees)), set(beginnings(employer.nace))
    if not offer.joint_committees and not offer.nace_prefixes:
        return None
    if committees & set(offer.joint_committees) or activity & set(offer.nace_prefixes):
        return None
    if offer.joint_committees:
        return "other-sector" if committees or activity else "sector-unknown"
    return "other-activity" if activity else "activity-unknown"


def entry_level(case: Case) -> str | None:
    group, offer = case.need.group, case.offer
    if group.level_from is None or offer.level_from is None:
        return None
    last = LEVELS[offer.level_to] if offer.level_to else 5
    inside = LEVELS[offer.level_from] <= LEVELS[group.level_from] <= last
    return None if inside else "level-does-not-fit"


def shifts(case: Case) -> str | None:
    wanted, given = set(case.need.shifts), set(case.offer.shifts)
    return "shifts-do-not-fit" if wanted and given and not wanted & given else None


def mode(case: Case) -> str | None:
    wanted, given = set(case.need.modes), set(case.offer.modes)
    return "mode-does-not-fit" if wanted and given and not wanted & given else None


def group_size(case: Case) -> str | None:
    return "group-too-small" if case.need.group.count < case.offer.group_min else None


def weekly_hours(case: Case) -> str | None:
    given, asked = case.need.hours_off_floor_per_week, case.offer.hours_per_week
    too_many = given is not None and asked is not None and asked > given
    return "too-many-hours-a-week" if too_many else None


def in_time(case: Case) -> str | None:
    latest = case.need.latest_end
    if latest is None or case.first_day + timedelta(weeks=case.offer.weeks) <= latest:
        return None
    return "ends-too-late"


CONDITIONS: tuple[Callable[[Case], str | None], ...] = (
    audience,
    area,
    sector,
    entry_level,
    shifts,
    mode,
    group_size,
    weekly_hours,
    in_time,
)


def refusals(case: Case, rules: Iterable[Rule] = ()) -> list[str]:
    """The codes of everything that refuses; places are looked at only where nothing else does."""
    found = [code for condition in CONDITIONS if (code := condition(case))]
    found += [
        rule.code
        for rule in in_force(rules, case.first_day)
        if refusal(rule, case.look) is not None
    ]
    left = case.offer.places_left
    if not found and left is not None and left < case.need.group.count:
        found.append("no-places-left")
    return found


def points(case: Case, weights: Mapping[str, int], rules: Sequence[Rule] = ()) -> int:
    """Points of an offer for a need, part by part."""
    shares = {
        "topic": 1000 if case.offer.topics[0] == case.need.topic else 800,
        "level": _level(case),
        "shift": _part(case.need.shifts, case.offer.shifts, 1000),
        "distance": _distance(case),
        "start": _start(case),
        "group": _group(case),
        "sector": 1000 if case.offer.joint_committees or case.offer.nace_prefixes else 600,
        "language": _part(case.need.group.languages, case.offer.languages, 500),
    }
    total = sum(weights[name] * share for name, share in shares.items())
    return (total + _situation(case, 1000 * weights["situation"], rules)) // 1000


def _situation(case: Case, most: int, rules: Sequence[Rule]) -> int:
    asked = lookup(case.request, case.need)
    about = [
        rule
        for rule in rules
        if rule.effect == "prefer"
        and all(test.subject.startswith("offer.") or holds(test, asked) for test in rule.when)
    ]
    whole = sum(rule.weight for rule in about)
    if not whole:
        return most
    held = in_force(about, case.first_day)
    return most * sum(rule.weight for rule in held if satisfied(rule, case.look)) // whole


def _part(wanted: Sequence[str], given: Sequence[str], silent: int) -> int:
    if not wanted:
        return 1000
    return 1000 * len(set(wanted) & set(given)) // len(wanted) if given else silent


def _level(case: Case) -> int:
    group, offer = case.need.group, case.offer
    if group.level_to is None:
        return 1000
    if offer.level_to is None:
        return 700
    wanted, reached = LEVELS[group.level_to], LEVELS[offer.level_to]
    start = LEVELS[group.level_from] if group.level_from else max(0, wanted - 1)
    if reached >= wanted:
        return 1000
    return 1000 * max(0, reached - start) // max(1, wanted - start)


def _distance(case: Case) -> int:
    given, wanted = set(case.offer.modes), set(case.need.modes)
    modes = given & wanted or given or wanted
    if modes & {"on_site", "online"}:
        return 1000
    if case.offer.location is None:
        return 500
    km = round(distance_km(case.offer.location, case.request.place))
    return 1000 * max(0, 100 - max(km, 30)) // 70


def _start(case: Case) -> int:
    days = (case.first_day - case.wished).days
    return 1000 * max(0, 120 - max(days, 14)) // 106


def _group(case: Case) -> int:
    count, most = case.need.group.count, case.offer.group_max
    return 1000 if most is None else 1000 * count // (-(-count // most) * most)
