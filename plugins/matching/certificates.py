"""One certificate for every eligible offer that is not in the plan, and its reason in a code.

Most are beaten before the bundle is solved (front.py), the others by the solver's verdict. A
certificate holds figures that ``recheck`` and ``flask match audit`` reckon again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from marketplace.contract.answers import Certificate
from marketplace.contract.values import Json, Reason
from marketplace.kit.advice import reason_of

from .candidates import Candidate, Field, seeded
from .shortlist import Shortlist
from .solver import Verdict


@dataclass(frozen=True, slots=True)
class Why:
    """Answers why an eligible offer was not chosen, as things stood when it was made. ``verdicts``
    are by option id, ``least`` is per entry of ``Field.eligible``.
    """

    field: Field
    shortlist: Shortlist
    verdicts: Mapping[str, Verdict]
    lines: Mapping[str, Candidate]
    least: Sequence[Sequence[int]]

    @classmethod
    def of(cls, field: Field, shortlist: Shortlist, verdicts: Mapping[str, Verdict]) -> Why:
        """What beat whom, and by which figures: a source that gives too much later on lowers what
        is the least from then on.
        """
        lines = {one.id: one for one in shortlist.candidates}
        return cls(field, shortlist, verdicts, lines, list(map(field.least, field.eligible)))

    def reason(self, entry: int, place: int) -> Reason:
        """The certificate of one eligible offer as a code with facts."""
        one = self.field.eligible[entry]
        needs, rival = self.field.need_ids(one.needs), self.shortlist.beaten[entry].get(place)
        if rival is not None:
            return reason_of(self._of_beaten(needs, entry, {place: rival})[0])
        option = seeded(one.seed, self.field.snapshot.version_ids[one.rows[place]])
        return reason_of(next(self._of_kept(needs, [option])))

    def all(self) -> list[Certificate]:
        """One per eligible offer and needs that is not chosen, in the order of the needs."""
        found: list[Certificate] = []
        for entry, one in enumerate(self.field.eligible):
            needs = self.field.need_ids(one.needs)
            found += self._of_beaten(needs, entry, self.shortlist.beaten[entry])
            found += self._of_kept(needs, self.shortlist.kept[entry])
        return found

    def _of_beaten(
        self, needs: tuple[str, ...], entry: int, beaten: Mapping[int, int]
    ) -> list[Certificate]:
        version_ids, slugs = self.field.snapshot.version_ids, self.field.snapshot.slugs
        one, least = self.field.eligible[entry], self.least[entry]
        rows = one.rows
        worth, price, hours = one.worth, one.price, one.hours
        return [
            Certificate(
                needs,
                slugs[rows[place]],
                version_ids[rows[place]],
                "dominated",
                {
                    "by": slugs[rows[rival]],
                    "value": worth[place],
                    "by_value": worth[rival],
                    "net": least[place],
                    "by_net": price[rival],
                    "hours": hours[place],
                    "by_hours": hours[rival],
                },
            )
            for place, rival in beaten.items()
        ]

    def _of_kept(self, needs: tuple[str, ...], kept: Sequence[str]) -> Iterator[Certificate]:
        version_ids, slugs = self.field.snapshot.version_ids, self.field.snapshot.slugs
        for option in kept:
            verdict = self.verdicts.get(option)
            if verdict is not None:
                facts: dict[str, Json] = dict(verdict.facts)
                if verdict.by is not None:
                    facts["by"] = slugs[self.lines[verdict.by].row]
                row = self.lines[option].row
                yield Certificate(needs, slugs[row], version_ids[row], verdict.kind, facts)


class Certificates(Sequence[Certificate]):
    """All certificates of an answer. What they say is settled by ``why``, in columns; the values
    are made when the first is read, as most answers have hundreds that nobody looks at.
    """

    def __init__(self, why: Why) -> None:
        self._why = why

    @cached_property
    def _made(self) -> tuple[Certificate, ...]:
        return tuple(self._why.all())

    def __len__(self) -> int:
        """How many eligible offers were not chosen, counted per set of needs."""
        return len(self._made)

    @overload
    def __getitem__(self, at: int) -> Certificate: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Certificate]: ...

    def __getitem__(self, at: int | slice) -> Certificate | Sequence[Certificate]:
        """One, or a part of them as a tuple."""
        return self._made[at]

    def __eq__(self, other: object) -> bool:
        """Equal to any sequence of the same certificates."""
        return isinstance(other, Sequence) and self._made == tuple(other)

    def __repr__(self) -> str:
        return repr(self._made)
