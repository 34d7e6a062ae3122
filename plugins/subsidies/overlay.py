"""The bundled rules with what consultants published laid over them: pure.

Of each rule the newest version whose day has come counts. It takes the place of the bundled records
of its id whose period overlaps one of its own; the others stay. A version that cannot be read any
more, or not together with the rest, is left out and named, and never takes the rest down.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from marketplace.contract.values import Json

from . import reader
from .records import Record

UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a body that is no rule at all may raise, BadRules included."""


@dataclass(frozen=True, slots=True)
class Published:
    """One published version: ``rows`` as in a rule file; it counts from the day ``starts``."""

    public_id: str
    rule_id: str
    number: int
    starts: date
    rows: object


@dataclass(frozen=True, slots=True)
class Broken:
    """A version that is left out, and why (in English, with the path)."""

    version: Published
    why: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A set of rules that read together, and the versions that were left out of it."""

    records: tuple[Record, ...]
    broken: tuple[Broken, ...] = ()


def turns(versions: Iterable[Published]) -> list[date]:
    """The days from which another version counts, ascending."""
    return sorted({one.starts for one in versions})


def stretch(days: Sequence[date], day: date) -> int:
    """In which stretch between these turns a day lies: the same set counts all through it."""
    return bisect_right(days, day)


def lay(bundled: tuple[Record, ...], versions: Iterable[Published], day: date) -> Laid:
    """The set in force on a day; ``bundled`` itself when nothing is laid over it."""
    sound: list[tuple[Published, list[Record]]] = []
    broken: list[Broken] = []
    for one in _counting(versions, day):
        try:
            sound.append((one, reader.read(one.rule_id, cast("Json", one.rows))))
        except UNREADABLE as error:
            broken.append(Broken(one, str(error)))
    records = bundled
    for _version, found in sound:
        records = _over(records, found)
    try:
        reader.check_together(records)
    except UNREADABLE:
        return _one_by_one(bundled, sound, broken)
    return Laid(records, tuple(broken))


def _one_by_one(
    bundled: tuple[Record, ...],
    sound: Iterable[tuple[Published, list[Record]]],
    broken: Iterable[Broken],
) -> Laid:
    """Each version that still reads together with those before it; the others are named."""
    records, named = bundled, list(broken)
    for version, found in sound:
        candidate = _over(records, found)
        try:
            reader.check_together(candidate)
        except UNREADABLE as error:
            named.append(Broken(version, str(error)))
        else:
            records = candidate
    return Laid(records, tuple(named))


def _counting(versions: Iterable[Published], day: date) -> list[Published]:
    newest: dict[str, Published] = {}
    for one in sorted(versions, key=lambda one: one.number):
        if one.starts <= day:
            newest[one.rule_id] = one
    return sorted(newest.values(), key=lambda one: one.rule_id)


def _over(records: tuple[Record, ...], found: Sequence[Record]) -> tuple[Record, ...]:
    kept = [one for one in records if not any(_same_time(one, other) for other in found)]
    return (*kept, *found)


def _same_time(one: Record, other: Record) -> bool:
    if one.id != other.id:
        return False
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)
