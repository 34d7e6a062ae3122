"""The published catalogue compiled for matching: columns of small numbers, and bitmaps on demand.

Every trait of an offer is a number into a table of distinct values. Per topic there is a posting:
its offers in the order of their version ids, with one column per trait. A predicate is judged once
per distinct value and becomes a bitmap over the posting, kept under the facts it depends on. There
is no object per offer, no row of a database, and no owner.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, count
from operator import add, itemgetter
from typing import Any, TypeAlias

from marketplace.contract.values import Offer

from .traits import READ, TRAITS, fields_of

Column: TypeAlias = "bytes | array[int]"
MOST_KEPT = 4_096
"""Bitmaps and tables kept per posting and snapshot; past that all are made anew on demand."""
MOST_OFFERS = 16_384
"""Offers kept as values, of those that were candidates lately."""

YES, NO = b"1", b"0"


def keep(store: dict[Hashable, Any], key: Hashable, made: Any) -> Any:
    """Remember what was made under a key; a full store starts afresh."""
    if len(store) >= MOST_KEPT:
        store.clear()
    store[key] = made
    return made


@dataclass(frozen=True, slots=True)
class Posting:
    """The offers of one topic. Bit i of a bitmap is the offer in row ``rows[i]``.

    A column holds the value number of each offer, the last one first, as a bitmap is written.
    """

    rows: array[int]
    columns: Mapping[str, Column]
    full: int
    kept: dict[Hashable, Any] = field(default_factory=dict)

    def where(self, trait: str, flags: bytes) -> int:
        """The offers whose value of the trait has a 1 in ``flags``, one ASCII digit per value."""
        column = self.columns[trait]
        if isinstance(column, bytes):
            return int(column.translate(flags.ljust(256, NO)) or NO, 2)
        return int(bytes(map(flags.__getitem__, column)) or NO, 2)

    def position(self, row: int) -> int | None:
        """The bit of a row; None when the offer is not of this topic."""
        at = bisect_left(self.rows, row)
        return at if at < len(self.rows) and self.rows[at] == row else None


NO_OFFERS = Posting(array("I"), dict.fromkeys(TRAITS, b""), 0)
"""The posting of a topic that nobody offers anything for."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One catalogue version. Rows are in the order of version ids; ``values`` are per trait."""

    version: int
    version_ids: Sequence[str]
    slugs: Sequence[str]
    columns: Mapping[str, array[int]]
    values: Mapping[str, Sequence[Hashable]]
    scarce: bytes
    postings: Mapping[str, Posting]
    kept: dict[Hashable, Any] = field(default_factory=dict)
    fields: Sequence[tuple[str, Sequence[Mapping[str, object]]]] = field(init=False)
    offer: Callable[[int], Offer] = field(init=False)

    def __post_init__(self) -> None:
        """Offers are made on demand, trait by trait; the ones asked for last are kept."""
        made = [
            (trait, tuple([fields_of(trait, value) for value in values]))
            for trait, values in self.values.items()
        ]
        object.__setattr__(self, "fields", made)
        object.__setattr__(self, "offer", lru_cache(MOST_OFFERS)(self._offer))

    def row_of(self, version_id: str) -> int | None:
        """The row of a published version; None when it is not in the catalogue (any more)."""
        at = bisect_left(self.version_ids, version_id)
        found = at < len(self.version_ids) and self.version_ids[at] == version_id
        return at if found else None

    def value(self, trait: str, row: int) -> Any:
        """The value of a trait in a row."""
        return self.values[trait][self.columns[trait][row]]

    def flags(self, trait: str, judge: Callable[[Any], bool]) -> bytes:
        """One ASCII digit per distinct value: 1 where the judge says so."""
        return b"".join([YES if judge(value) else NO for value in self.values[trait]])

    def _offer(self, row: int) -> Offer:
        columns = self.columns
        fields: dict[str, Any] = {}
        for trait, made in self.fields:
            fields.update(made[columns[trait][row]])
        return Offer(self.version_ids[row], self.slugs[row], **fields)


def build(number: int, offers: Iterable[Offer]) -> Snapshot:
    """A snapshot of published offers, without the places left: those change with every order."""
    ordered = sorted(offers, key=lambda offer: offer.version_id)
    numbers: dict[str, dict[Hashable, int]] = {trait: {} for trait in TRAITS}
    columns = {
        trait: array(
            "I", [known.setdefault(value, len(known)) for value in map(READ[trait], ordered)]
        )
        for trait, known in numbers.items()
    }
    values = {trait: tuple(known) for trait, known in numbers.items()}
    return Snapshot(
        version=number,
        version_ids=tuple([offer.version_id for offer in ordered]),
        slugs=tuple([offer.slug for offer in ordered]),
        columns={trait: _narrow(column, len(values[trait])) for trait, column in columns.items()},
        values=values,
        scarce=bytes([offer.places_left is not None for offer in ordered]),
        postings=_postings(columns, values),
    )


def _postings(
    columns: Mapping[str, array[int]], values: Mapping[str, Sequence[Any]]
) -> Mapping[str, Posting]:
    rows_of: dict[str, array[int]] = {}
    topics = values["topics"]
    for row, number in enumerate(columns["topics"]):
        for topic in topics[number]:
            if topic not in rows_of:
                rows_of[topic] = array("I")
            rows_of[topic].append(row)
    return {
        topic: Posting(rows, _gathered(rows, columns, values), (1 << len(rows)) - 1)
        for topic, rows in rows_of.items()
    }


def _gathered(
    rows: array[int], columns: Mapping[str, array[int]], values: Mapping[str, Sequence[Any]]
) -> Mapping[str, Column]:
    backwards = rows[::-1]
    found: dict[str, Column] = {}
    for trait, column in columns.items():
        numbers = map(column.__getitem__, backwards)
        few = len(values[trait]) <= 256
        found[trait] = bytes(numbers) if few else array("I", numbers)
    return found


def _narrow(column: array[int], distinct: int) -> array[int]:
    """The same numbers in as few bytes as they fit in."""
    return array("B" if distinct <= 256 else "H" if distinct <= 65_536 else "I", column)


def positions(bitmap: int) -> list[int]:
    """The set bits, ascending: how many digits lie before each, and the ones among them."""
    gaps = f"{bitmap:b}"[::-1].split("1")
    gaps.pop()
    return list(map(add, accumulate(map(len, gaps)), count()))


def first_positions(bitmap: int, most: int) -> list[int]:
    """The first ``most`` set bits, ascending."""
    width = 64
    while width < bitmap.bit_length() and (bitmap & (1 << width) - 1).bit_count() < most:
        width *= 2
    return positions(bitmap & (1 << width) - 1)[:most]


def gather(rows: Sequence[int]) -> Callable[[Any], Sequence[Any]]:
    """Reads these places of a column or table, all at once."""
    if len(rows) > 1:
        return itemgetter(*rows)
    return lambda column: [column[row] for row in rows]


def is_set(bitmap: int, places: Sequence[int]) -> list[bool]:
    """Whether each of these bits is set."""
    digits = f"{bitmap:0{max(places, default=0) + 1}b}"
    return [digits[~place] == "1" for place in places]
