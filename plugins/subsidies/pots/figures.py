"""What a federation sees of who reserved: months, never fewer than five employers in a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from marketplace.kit.models import session

from .models import Pot, Reservation

FEWEST = 5
Row = tuple[date, str, int]
"""Month, employer, cents that are reserved or used."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of booking; both figures are None where too few employers are in it."""

    first_day: date
    employers: int | None
    cents: int | None


def months_of(pot: Pot) -> Sequence[Month]:
    """What was booked in each month and not released, in one query."""
    rows = session.execute(
        select(Reservation.month, Reservation.organisation, func.sum(Reservation.cents))
        .where(Reservation.pot_id == pot.id, Reservation.state != "released")
        .group_by(Reservation.month, Reservation.organisation)
    )
    return by_month([(month, employer, int(cents)) for month, employer, cents in rows])


def by_month(rows: Iterable[Row]) -> Sequence[Month]:
    """The months in order. Months with fewer than five employers are hidden, and so are the
    smallest others as long as all hidden ones together have fewer than five: the total of the pot
    stands on the same page, and the difference would tell.
    """
    employers: dict[date, set[str]] = {}
    cents: dict[date, int] = {}
    for month, employer, amount in rows:
        employers.setdefault(month, set()).add(employer)
        cents[month] = cents.get(month, 0) + amount
    hidden = {month for month, found in employers.items() if len(found) < FEWEST}
    for month in sorted(employers.keys() - hidden, key=lambda one: (len(employers[one]), one)):
        together: set[str] = set().union(*(employers[one] for one in hidden))
        if not hidden or len(together) >= FEWEST:
            break
        hidden.add(month)
    return [
        Month(month, None, None) if month in hidden else Month(month, len(found), cents[month])
        for month, found in sorted(employers.items())
    ]
