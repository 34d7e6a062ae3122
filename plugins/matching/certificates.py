"""One certificate for every eligible offer that is not in the plan, and its reason in a code.

Most are beaten before the bundle is solved (front.py), the others by the solver's verdict. A
certificate holds figures that ``recheck`` and ``flask match audit`` reckon again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marketplace.contract.answers import Certificate
from marketplace.contract.values import Json, Reason
from marketplace.kit.advice import reason_of

from .candidates import Candidate, Eligible, Field, seeded
from .shortlist import Shortlist
from .solver import Verdict


@dataclass(frozen=True, slots=True)
class Why:
    """Answers why an eligible offer was not chosen. ``verdicts`` are by option id."""

    field: Field
    shortlist: Shortlist
    verdicts: Mapping[str, Verdict]
    lines: Mapping[str, Candidate]

    def reason(self, entry: int, place: int) -> Reason:
        """The certificate of one eligible offer as a code with facts."""
        one = self.field.eligible[entry]
        needs, rival = self.field.need_ids(one.needs), self.shortlist.beaten[entry].get(place)
        if rival is not None:
            return reason_of(self._of_beaten(needs, one, {place: rival})[0])
        option = seeded(one.seed, self.field.snapshot.version_ids[one.rows[place]])
        return reason_of(next(self._of_kept(needs, [option])))

    def all(self) -> list[Certificate]:
        """One per eligible offer and needs that is not chosen, in the order of the needs."""
        found: list[Certificate] = []
        for entry, one in enumerate(self.field.eligible):
            needs = self.field.need_ids(one.needs)
            found += self._of_beaten(needs, one, self.shortlist.beaten[entry])
            found += self._of_kept(needs, self.shortlist.kept[entry])
        return found

    def _of_beaten(
        self, needs: tuple[str, ...], one: Eligible, beaten: Mapping[int, int]
    ) -> list[Certificate]:
        version_ids, slugs = self.field.snapshot.version_ids, self.field.snapshot.slugs
        least, rows = self.field.least(one), one.rows
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
