"""One need of one request, with what conditions and rules look up in it worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from marketplace.contract.values import Need, Offer, Place, RequestFacts
from marketplace.kit.criteria import Lookup, beginnings, lookup, parents
from marketplace.kit.places import is_public_holiday

LEVELS = {"A0": 0, "A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5}
SATURDAY = 5
MOST_DAYS = 4_096


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

    def days_from_wished(self, lead_days: int) -> int:
        """How many days after the wished one an offer with this lead time can start."""
        wished = self.wished.toordinal()
        return WORKING[max(wished, self.asked.toordinal() + lead_days)] - wished

    def first_days(self, leads: Iterable[int]) -> dict[int, int]:
        """The same for many lead times at once, as ordinals."""
        wished, asked = self.wished.toordinal(), self.asked.toordinal()
        return {lead: WORKING[max(wished, asked + lead)] for lead in leads}

    @property
    def pays_vat(self) -> bool:
        """Whether the employer is known not to get VAT back, so that it is part of the price."""
        return self.request.employer.vat_recoverable is False

    def look_at(self, offer: Offer) -> Lookup:
        """What rules may look up when this offer is held against the need."""
        return lookup(self.request, self.need, offer)


def working_day(day: date) -> date:
    """The first day from this one on that people work."""
    return date.fromordinal(WORKING[day.toordinal()])


class _WorkingDays(dict[int, int]):
    """Per day, by its ordinal, the first from it on that people work; those met lately are kept."""

    def __missing__(self, ordinal: int) -> int:
        if len(self) >= MOST_DAYS:
            self.clear()
        day = date.fromordinal(ordinal)
        while day.weekday() >= SATURDAY or is_public_holiday(day):
            day += timedelta(days=1)
        self[ordinal] = found = day.toordinal()
        return found


WORKING = _WorkingDays()


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
        [
            Situation(request, need, *shared, cache(lookup(request, need)), days)
            for need in request.needs
        ]
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
