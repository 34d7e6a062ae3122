"""The rules in force in this process: the same object until the published set or the day moves.

One query a call looks at the counter of the set; only when it moved are the versions read again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from flask import current_app
from sqlalchemy import select

from marketplace.kit.clock import today
from marketplace.kit.models import session

from . import reader
from .desk.models import RuleCount, RuleVersion
from .overlay import Laid, Published, lay, stretch, turns
from .records import Record

Stamp = tuple[int, str]
NEVER: Stamp = (0, "")


@dataclass(frozen=True, slots=True)
class Book:
    """The published versions at one stamp of the counter, and the sets made of them so far."""

    stamp: Stamp
    versions: tuple[Published, ...] = ()
    turns: tuple[date, ...] = ()
    made: dict[int, Laid] = field(default_factory=dict)

    def on(self, day: date) -> Laid:
        """The set in force on a day, made once for all days on which it is the same."""
        number = stretch(self.turns, day)
        found = self.made.get(number)
        if found is None:
            found = self.made[number] = lay(reader.bundled(), self.versions, day)
        return found


@dataclass(slots=True)
class Shelf:
    """The newest book of one application; its lock lets one thread make what all use."""

    book: Book | None = None
    lock: Lock = field(default_factory=Lock)


def rules_in_force(day: date | None = None) -> tuple[Record, ...]:
    """The rules that count on a day (None: today): bundled ones with the published ones over them.

    The identical tuple while nothing changed. ``day`` is when the question is asked; the records
    say themselves for which first days of an action they hold.
    """
    return standing(day).records


def standing(day: date | None = None) -> Laid:
    """The rules that count on a day, and the published versions that had to be left out."""
    stamp = _stamp()
    shelf: Shelf = current_app.extensions.setdefault("subsidies_rules", Shelf())
    with shelf.lock:
        book = shelf.book
        if book is None or book.stamp != stamp:
            versions = published()
            book = shelf.book = Book(stamp, versions, tuple(turns(versions)))
        return book.on(day or today())


def published() -> tuple[Published, ...]:
    """Every version that is published, also those whose day is still to come, in one query."""
    rows = session.execute(
        select(
            RuleVersion.public_id,
            RuleVersion.rule_id,
            RuleVersion.number,
            RuleVersion.published_from,
            RuleVersion.body,
        )
        .where(RuleVersion.state == "published")
        .order_by(RuleVersion.id)
    )
    return tuple(
        Published(public_id, rule_id, number, starts, body)
        for public_id, rule_id, number, starts, body in rows
        if starts is not None  # the table sees to it
    )


def _stamp() -> Stamp:
    found = session.execute(select(RuleCount.number, RuleCount.stamp)).first()
    return (found.number, found.stamp) if found else NEVER
