"""One certificate for every eligible offer that is not in the plan, and its reason in a code.

Most are beaten before the bundle is solved (front.py), the others by the solver's verdict. The
audit reckons the figures of a certificate again (audit/certificates.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marketplace.contract.values import Certificate, Json, Reason

from .aid import least_net
from .candidates import Candidate, Eligible, Field, seeded
from .shortlist import Shortlist
from .solver import Solution, Verdict

_REGRETS = (
    ("value", 1, "costs-points", "points"),
    ("net_cents", -1, "costs-more", "gap_cents"),
    ("hours", -1, "takes-more-hours", "gap"),
)
_OVER: Mapping[tuple[bool, bool], str] = {
    (True, False): "over-budget",
    (False, True): "over-hours",
    (True, True): "over-both",
}


@dataclass(frozen=True, slots=True)
class Why:
    """Answers why an eligible offer was not chosen. ``verdicts`` are by option id."""

    field: Field
    shortlist: Shortlist
    best: Solution
    verdicts: Mapping[str, Verdict]
    lines: Mapping[str, Candidate]

    def reason(self, entry: int, place: int) -> Reason:
        """The certificate of one eligible offer as a code with facts."""
        one = self.field.eligible[entry]
        rival = self.shortlist.beaten[entry].get(place)
        slugs = self.field.snapshot.slugs
        if rival is not None:
            return _beaten(one, place, rival, slugs[one.rows[rival]])
        option = seeded(one.seed, self.field.snapshot.version_ids[one.rows[place]])
        return self._verdict(self.verdicts[option])

    def _verdict(self, verdict: Verdict) -> Reason:
        facts = verdict.facts
        if verdict.by is not None:
            mine, other = self.lines[verdict.option], self.lines[verdict.by]
            if verdict.kind == "blocked" and mine.row == other.row:
                return Reason("places-taken", {"left": mine.left})
            by = self.field.snapshot.slugs[other.row]
            if verdict.kind == "blocked":
                return Reason("excluded-by", {"by": by})
            equal = all(facts[name] == facts[f"by_{name}"] for name in ("value", "net", "hours"))
            return Reason("loses-the-draw") if equal else Reason("beaten-by", {"by": by})
        cents, hours = facts.get("more_cents"), facts.get("more_hours")
        over = {"gap_cents": cents, "gap": hours}
        if cents is not None or hours is not None:
            code = _OVER[cents is not None, hours is not None]
            return Reason(code, {name: more for name, more in over.items() if more is not None})
        for figure, sign, code, name in _REGRETS:
            difference = sign * (getattr(self.best, figure) - _figure(facts, figure))
            if difference:
                return Reason(code, {name: difference})
        return Reason("loses-the-draw")

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
        least = least_net(one.gross, one.hours, self.field.aid.ceiling)
        rows, worth, gross, hours = one.rows, one.worth, one.gross, one.hours
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
                    "by_net": gross[rival],
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


def _beaten(one: Eligible, place: int, rival: int, slug: str) -> Reason:
    equal = (
        one.worth[place] == one.worth[rival]
        and one.gross[place] == one.gross[rival]
        and one.hours[place] == one.hours[rival]
    )
    return Reason("loses-the-draw") if equal else Reason("beaten-by", {"by": slug})


def _figure(facts: Mapping[str, int | str], name: str) -> int:
    found = facts.get(name, facts.get("at_most", 0))
    return found if isinstance(found, int) else 0
