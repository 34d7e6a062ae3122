"""One need of one request, with what conditions and rules look up in it worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from marketplace.contract.values import Need, Offer, Place, RequestFacts
from marketplace.kit.criteria import Lookup, beginnings, lookup, parents
from marketplace.kit.places import is_public_holiday

LEVELS = {"A0": 0, "A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5}
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Situation:
    """What is judged; ``asked`` is the day of asking and ``wished`` the first day that suits."""

    request: RequestFacts
    need: Need
    asked: date
    wished: date
    committees: frozenset[str]
    activity: frozenset[str]
    reach: frozenset[str]
    look: Lookup
    days: dict[int, date] = field(default_factory=dict)

    def first_day(self, lead_days: int) -> date:
        """The first working day an offer can start: as wished, but not before its lead time."""
        day = self.days.get(lead_days)
        if day is None:
            day = working_day(max(self.wished, self.asked + timedelta(days=lead_days)))
            self.days[lead_days] = day
        return day

    def look_at(self, offer: Offer) -> Lookup:
        """What rules may look up when this offer is held against the need."""
        return lookup(self.request, self.need, offer)


@lru_cache(4096)
def working_day(day: date) -> date:
    """The first day from this one on that people work."""
    while day.weekday() >= SATURDAY or is_public_holiday(day):
        day += timedelta(days=1)
    return day


def situations(request: RequestFacts) -> tuple[Situation, ...]:
    """A situation per need, in the order of the needs."""
    asked = request.asked_on or request.start or date.min
    place, employer = request.place, request.employer
    shared = (
        asked,
        request.start or asked,
        _committees(employer.joint_committees),
        _activity(employer.nace),
        _reach(place),
    )
    days: dict[int, date] = {}
    return tuple(
        [Situation(request, need, *shared, lookup(request, need), days) for need in request.needs]
    )


@lru_cache(4096)
def _committees(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(parents(codes))


@lru_cache(4096)
def _activity(code: str | None) -> frozenset[str]:
    return frozenset(beginnings(code))


@lru_cache(4096)
def _reach(place: Place) -> frozenset[str]:
    return frozenset({place.region, place.refnis, f"area:{place.agency}"})
