"""Numbers without gaps, per seller and calendar year, drawn in the transaction that issues."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.kit.models import session

from .models import Counter


def draw(seller_id: int, year: int) -> int:
    """The next number. Whoever draws holds the counter until the commit; a rollback gives the
    number back, so there is never a gap and never a double.
    """
    mine = (Counter.seller_id == seller_id, Counter.year == year)
    one_more = update(Counter).where(*mine).values(last=Counter.last + 1).returning(Counter.last)
    drawn: int | None = session.execute(one_more).scalar_one_or_none()
    if drawn is not None:
        return drawn
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(Counter).values(seller_id=seller_id, year=year, last=0)
    session.execute(first.on_conflict_do_nothing(index_elements=["seller_id", "year"]))
    return int(session.execute(one_more).scalar_one())


def number_of(year: int, sequence: int) -> str:
    """As it stands on the paper: ``2026-00071``."""
    return f"{year}-{sequence:05d}"
