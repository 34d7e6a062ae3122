"""Whether every counter is what its movements and reservations add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, case, func, select

from marketplace.kit.models import session

from .models import Movement, Pot, Reservation, Share


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter of a pot (public id) that is not the sum it should be, both in cents."""

    pot: str
    counter: str
    cents: int
    should_be: int


def differences() -> Sequence[Difference]:
    """Every counter of every pot against its movements and its reservations, in one query."""
    moved, held, shared = _moved(), _held(), _shared()
    sums = {
        "total": (Pot.total_cents, moved.c.total),
        "reserved": (Pot.reserved_cents, moved.c.reserved),
        "used": (Pot.used_cents, moved.c.used),
        "reserved by orders": (Pot.reserved_cents, held.c.reserved),
        "used by orders": (Pot.used_cents, held.c.used),
        "held by employers": (shared.c.held, held.c.reserved + held.c.used),
    }
    columns: list[ColumnElement[int]] = []
    for counter, should_be in sums.values():
        columns += [func.coalesce(counter, 0), func.coalesce(should_be, 0)]
    rows = session.execute(
        select(Pot.public_id, *columns)
        .outerjoin(moved, moved.c.pot_id == Pot.id)
        .outerjoin(held, held.c.pot_id == Pot.id)
        .outerjoin(shared, shared.c.pot_id == Pot.id)
        .order_by(Pot.id)
    )
    return [
        Difference(pot, name, int(counter), int(should_be))
        for pot, *figures in rows
        for name, counter, should_be in zip(sums, figures[::2], figures[1::2], strict=True)
        if counter != should_be
    ]


def _moved() -> Subquery:
    return (
        select(
            Movement.pot_id,
            func.sum(Movement.total_cents).label("total"),
            func.sum(Movement.reserved_cents).label("reserved"),
            func.sum(Movement.used_cents).label("used"),
        )
        .group_by(Movement.pot_id)
        .subquery("moved")
    )


def _held() -> Subquery:
    def in_state(state: str) -> ColumnElement[int]:
        return func.sum(case((Reservation.state == state, Reservation.cents), else_=0))

    return (
        select(
            Reservation.pot_id,
            in_state("reserved").label("reserved"),
            in_state("used").label("used"),
        )
        .group_by(Reservation.pot_id)
        .subquery("held")
    )


def _shared() -> Subquery:
    return (
        select(Share.pot_id, func.sum(Share.held_cents).label("held"))
        .group_by(Share.pot_id)
        .subquery("shared")
    )
