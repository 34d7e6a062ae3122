"""The one door through which the catalogue changes.

Every write happens inside ``changing()``, which moves the catalogue's version in the same
transaction. A write outside it, or any change of a published version, is refused where the
statement leaves for the database, so neither the ORM nor Core can go around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Delete, Engine, Insert, Update, event, insert, select, update

from marketplace.catalogue.models import (
    CatalogueVersion,
    ConsultantRule,
    ConsultantRuleVersion,
    Offer,
    OfferFacet,
    OfferVersion,
    Provider,
)
from marketplace.db import db

_FROZEN = frozenset({OfferVersion.__tablename__, ConsultantRuleVersion.__tablename__})
_GUARDED = _FROZEN | {
    model.__tablename__ for model in (CatalogueVersion, ConsultantRule, Offer, OfferFacet, Provider)
}
_touched: ContextVar[list[str] | None] = ContextVar("catalogue_touched", default=None)


class CatalogueWriteRefused(RuntimeError):
    """A catalogue table was written outside ``changing()``, or a version was altered."""


@contextmanager
def changing() -> Iterator[None]:
    """Write the catalogue inside; its version moves once, and only if something was written.

    The caller commits. Nested use counts as one change.
    """
    if _touched.get() is not None:
        yield
        return
    touched: list[str] = []
    token = _touched.set(touched)
    try:
        yield
        db.session.flush()
        if touched:
            _move()
    finally:
        _touched.reset(token)


def bump() -> None:
    """Move the version in the caller's transaction: a rule, a relation or a number of places
    changed. Inside ``changing()`` it counts with the rest of that change.
    """
    with changing():
        _open_change().append("bump")


def version() -> int:
    """The number of the newest change to the catalogue; 0 before the first. One cheap query."""
    return db.session.scalar(select(CatalogueVersion.number)) or 0


def _open_change() -> list[str]:
    touched = _touched.get()
    if touched is None:
        raise CatalogueWriteRefused("the catalogue is written only inside changing()")
    return touched


def _move() -> None:
    moved = db.session.execute(
        update(CatalogueVersion)
        .where(CatalogueVersion.id == 1)
        .values(number=CatalogueVersion.number + 1)
    )
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        db.session.execute(insert(CatalogueVersion).values(id=1, number=1))


@event.listens_for(Engine, "before_execute")
def _watch(
    _connection: object, statement: object, _many: object, _one: object, _options: object
) -> None:
    if not isinstance(statement, (Insert, Update, Delete)):
        return
    table = getattr(statement.table, "name", "")
    if table not in _GUARDED:
        return
    if table in _FROZEN and not isinstance(statement, Insert):
        raise CatalogueWriteRefused("a published version never changes; publish a new one")
    _open_change().append(str(table))
