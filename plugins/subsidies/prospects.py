"""What the request alone decides about a rule of aid, so that it is judged once for many offers."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from marketplace.contract.rules import Criterion
from marketplace.contract.values import RequestFacts
from marketplace.kit.criteria import Lookup, holds

from .judge import any_of
from .records import Condition, Record


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is left to judge of a rule per offer: ``conditions`` in order, and ``certain_if``.

    ``possible`` False: whatever the offer, a condition fails. ``sure``: it may still be certain aid
    on the invoice.
    """

    record: Record
    conditions: tuple[Condition, ...]
    certain_if: tuple[Criterion, ...]
    possible: bool
    sure: bool

    @property
    def silent(self) -> bool:
        """It gives nothing, and nobody need read why."""
        return not self.possible and all(one.code is None for one in self.conditions)


def prospect(record: Record, look: Lookup, still_open: Set[str]) -> Prospect:
    """Judge what can be judged, and keep what looks at a subject that is ``still_open``. A fact
    that is unknown for good leaves the aid at most possible.
    """
    certain_if = () if record.certainty == "certain" else record.certain_if
    sure = not record.wage_side and (record.certainty == "certain" or bool(certain_if))
    sure = sure and all(test.subject in still_open or holds(test, look) for test in certain_if)
    conditions: list[Condition] = []
    possible = True
    for condition in (*record.who, *record.what):
        told = tuple([test for test in condition.any_of if test.subject not in still_open])
        found = any_of(told, condition.known, look)
        if found:
            continue
        if len(told) < len(condition.any_of):
            conditions.append(condition)
        elif found is None:
            sure = False
        else:
            conditions.append(condition)
            possible = sure = False
            break
    later = tuple([test for test in certain_if if test.subject in still_open])
    return Prospect(record, tuple(conditions), later, possible, sure)


def left_in_pool(request: RequestFacts, record: Record) -> int | None:
    """Cents left this year in the pool of a rule; None without a yearly cap."""
    cap = record.stacking.year_cap_cents
    if cap is None or record.stacking.pool is None:
        return None
    used = request.employer.aid_used_this_year_cents.get(record.stacking.pool, 0)
    return max(0, cap - used)
