"""What the request alone decides about a rule of aid, so that it is judged once for many offers."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from marketplace.contract.rules import Criterion
from marketplace.contract.values import RequestFacts
from marketplace.kit.criteria import Lookup, holds

from .amounts import resolved
from .judge import any_of
from .records import Amount, Condition, Record


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is left to judge of a rule per offer: ``conditions`` in order, ``certain_if`` and the
    ``amount``. Their tests on anything else than an offer are on facts that stay unknown.

    ``possible`` False: whatever the offer, a condition fails. ``sure``: it may still be certain aid
    on the invoice.
    """

    record: Record
    conditions: tuple[Condition, ...]
    certain_if: tuple[Criterion, ...]
    amount: Amount
    possible: bool
    sure: bool

    @property
    def silent(self) -> bool:
        """It gives nothing, and nobody need read why."""
        return not self.possible and all(one.code is None for one in self.conditions)

    @property
    def tests(self) -> list[Criterion]:
        """What there is left to test."""
        in_conditions = [test for one in self.conditions for test in one.any_of]
        return [*in_conditions, *self.certain_if, *self.amount.tests]


def prospect(record: Record, look: Lookup, still_open: Set[str]) -> Prospect:
    """Judge what can be judged, and keep what looks at a subject that is ``still_open``. A fact
    that is unknown for good leaves the aid at most possible.
    """
    certain_if = () if record.certainty == "certain" else record.certain_if
    sure = not record.wage_side and (record.certainty == "certain" or bool(certain_if))
    sure = sure and not record.amount.ranges
    sure = sure and all(test.subject in still_open or holds(test, look) for test in certain_if)
    conditions: list[Condition] = []
    possible = True
    for condition in (*record.who, *record.what):
        left = _left(condition, look, still_open)
        if left is None:
            continue
        if any(test.subject in still_open for test in left.any_of):
            conditions.append(left)
        elif any_of(left, look) is None:
            sure = False
        else:
            conditions.append(left)
            possible = sure = False
            break
    later = tuple([test for test in certain_if if test.subject in still_open])
    amount = record.amount
    if amount.subject not in still_open:
        amount = resolved(amount, look)
    return Prospect(record, tuple(conditions), later, amount, possible, sure)


def _left(condition: Condition, look: Lookup, still_open: Set[str]) -> Condition | None:
    """A condition without the tests that fail; None when it holds whatever the offer."""
    kept: list[Criterion] = []
    for test in condition.any_of:
        found = None if test.subject in still_open else holds(test, look)
        if found:
            return None
        if found is None:
            kept.append(test)
    told_unknown = any(test.subject not in still_open for test in kept)
    if condition.assumed and not condition.known and told_unknown:
        return None
    return replace(condition, any_of=tuple(kept))


def left_in_pool(request: RequestFacts, record: Record) -> int | None:
    """Cents left this year in the pool of a rule; None without a yearly cap."""
    cap = record.stacking.year_cap_cents
    if cap is None or record.stacking.pool is None:
        return None
    used = request.employer.aid_used_this_year_cents.get(record.stacking.pool, 0)
    return max(0, cap - used)
