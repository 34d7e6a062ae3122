"""Why an offer cannot serve a need: every failed condition, as a reason with its facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from marketplace.contract.pages import Refused
from marketplace.contract.rules import Rule
from marketplace.contract.values import Line, Offer, Reason, RequestFacts
from marketplace.kit.criteria import beginnings, parents
from marketplace.kit.i18n import _
from marketplace.kit.places import is_public_holiday

from .facts import Case
from .rules import in_force, refusal
from .snapshot import RuleBook, Snapshot

LEVELS = {"A0": 0, "A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5}

SATURDAY = 5

Condition = Callable[[Case], Reason | None]


def groups_of(offer: Offer, count: int) -> int:
    """How many groups of the offer these people need."""
    return -(-count // offer.group_max) if offer.group_max else 1


def first_day(case: Case) -> date:
    """The first working day the offer can start: as wished, but not before its lead time."""
    asked = case.request.asked_on or case.request.start or date.min
    day = max(case.request.start or asked, asked + timedelta(days=case.offer.lead_days))
    while day.weekday() >= SATURDAY or is_public_holiday(day):
        day += timedelta(days=1)
    return day


def last_day(case: Case) -> date:
    """The last day of the track when it starts as early as it can."""
    return first_day(case) + timedelta(weeks=case.offer.weeks)


def audience(case: Case) -> Reason | None:
    """The offer is for other people: workers, supervisors or teams."""
    if not case.offer.roles or case.need.group.role in case.offer.roles:
        return None
    return Reason("other-audience", {"roles": list(case.offer.roles)})


def area(case: Case) -> Reason | None:
    """The provider does not work at this place."""
    place, reach = case.request.place, set(case.offer.reach)
    if not reach or reach & {place.region, place.refnis, f"area:{place.agency}"}:
        return None
    return Reason("not-in-your-area", {"place": place.name})


def sector(case: Case) -> Reason | None:
    """The offer is made for a sector that the employer is not in, or that is not known."""
    offer, employer = case.offer, case.request.employer
    if not offer.joint_committees and not offer.nace_prefixes:
        return None
    committees = set(parents(employer.joint_committees))
    activity = set(beginnings(employer.nace))
    if committees & set(offer.joint_committees) or activity & set(offer.nace_prefixes):
        return None
    if offer.joint_committees:
        known = bool(committees or activity)
        code, wanted = "other-sector" if known else "sector-unknown", offer.joint_committees
        return Reason(code, {"joint_committees": list(wanted)})
    code = "other-activity" if activity else "activity-unknown"
    return Reason(code, {"nace": list(offer.nace_prefixes)})


def entry_level(case: Case) -> Reason | None:
    """The group starts below or above what the offer is made for."""
    group, offer = case.need.group, case.offer
    if group.level_from is None or offer.level_from is None:
        return None
    mine, first = LEVELS[group.level_from], LEVELS[offer.level_from]
    last = LEVELS[offer.level_to] if offer.level_to else 5
    if first <= mine <= last:
        return None
    facts = {"level": group.level_from, "from": offer.level_from, "to": offer.level_to}
    return Reason("level-does-not-fit", facts)


def shifts(case: Case) -> Reason | None:
    """The offer cannot be given in any of the group's shifts."""
    wanted, given = set(case.need.shifts), set(case.offer.shifts)
    if not wanted or not given or wanted & given:
        return None
    return Reason("shifts-do-not-fit", {"shifts": sorted(wanted), "given": sorted(given)})


def mode(case: Case) -> Reason | None:
    """The offer is given in another way: on site, at the provider's or online."""
    wanted, given = set(case.need.modes), set(case.offer.modes)
    if not wanted or not given or wanted & given:
        return None
    return Reason("mode-does-not-fit", {"modes": sorted(given)})


def group_size(case: Case) -> Reason | None:
    """The group is smaller than the offer asks."""
    if case.need.group.count >= case.offer.group_min:
        return None
    return Reason(
        "group-too-small", {"count": case.need.group.count, "least": case.offer.group_min}
    )


def weekly_hours(case: Case) -> Reason | None:
    """The offer asks more hours a week off the floor than the employer gives."""
    given, asked = case.need.hours_off_floor_per_week, case.offer.hours_per_week
    if given is None or asked is None or asked <= given:
        return None
    return Reason("too-many-hours-a-week", {"hours": asked, "given": given})


def in_time(case: Case) -> Reason | None:
    """The track ends after the last day the employer accepts."""
    latest = case.need.latest_end
    if latest is None or last_day(case) <= latest:
        return None
    return Reason(
        "ends-too-late", {"ends": last_day(case).isoformat(), "latest": latest.isoformat()}
    )


def places(case: Case) -> Reason | None:
    """Too few places are left for this group."""
    left = case.offer.places_left
    if left is None or left >= case.need.group.count:
        return None
    return Reason("no-places-left", {"left": left})


CONDITIONS: tuple[Condition, ...] = (
    audience,
    area,
    sector,
    entry_level,
    shifts,
    mode,
    group_size,
    weekly_hours,
    in_time,
    places,
)


def refusals(case: Case, rules: Sequence[Rule]) -> tuple[Reason, ...]:
    """Every reason why the offer cannot serve the need; empty when it can."""
    found = [condition(case) for condition in CONDITIONS]
    found += [refusal(rule, case.look) for rule in rules]
    return tuple(reason for reason in found if reason is not None)


def still_serves(request: RequestFacts, line: Line, snapshot: Snapshot, book: RuleBook) -> None:
    """Raise Refused when the offer changed or no longer serves the needs of the line."""
    offers = [offer for offer in snapshot.offers if offer.version_id == line.version_id]
    if not offers:
        raise Refused(
            "offer-changed",
            _("Dit aanbod is intussen veranderd. Bereken uw plan opnieuw voor u bestelt."),
        )
    for need in request.needs:
        case = Case(request, need, offers[0])
        if need.id in line.needs and refusals(case, in_force(book.rules, first_day(case))):
            raise Refused(
                "no-longer-eligible",
                _("De voorwaarden zijn intussen veranderd. Bereken uw plan opnieuw."),
            )
