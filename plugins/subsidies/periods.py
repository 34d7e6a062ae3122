"""What the rules come to for offers that are alike to them, judged once.

The rules change on few days, and between two of those the request decides most of a rule for good:
requests that are alike to the rules share what that leaves. It looks at a few things of an offer;
two offers for which every such test comes out the same get the same steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from marketplace.contract.answers import Aid, Priced
from marketplace.contract.values import Reason
from marketplace.kit.criteria import Lookup, holds

from .amounts import Given, resolved
from .facts import VALUES, Fact, Kept, tests_by_subject
from .judge import PARTS, lookup, walk
from .prospects import Prospect
from .records import Amount, Record

COURSES = 100
"""So many kinds of offers are remembered of one period."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A rule that may give aid: how much, whether that is certain, and its aid, made once."""

    record: Record
    amount: Amount
    certain: bool
    made: Kept[tuple[Given, date | None], Aid] = field(default_factory=Kept)

    def aid(self, given: Given, start: date) -> Aid:
        """The aid of so many cents for an action with this first day."""
        by = self.record.apply.last_day(start)
        key = given, by
        return self.made.get(key) or self.made.keep(key, self._aid(given, by), VALUES)

    def _aid(self, given: Given, by: date | None) -> Aid:
        record = self.record
        sure = self.certain and given.most_cents is None
        return Aid(
            rule=record.id,
            cents=given.cents,
            certainty="unknown" if given.cents is None else "certain" if sure else "possible",
            pool=record.stacking.pool,
            source=record.source,
            title=record.title,
            checked_on=record.checked_on,
            wage_side=record.wage_side,
            most_cents=given.most_cents,
            claimed=record.claimed,
            apply=record.apply.text,
            apply_by=by,
            more=record.page,
            contact=record.contact if given.cents is None else None,
        )


Step = Reason | Chance
"""What a rule comes to: why it gives nothing, or that it may give something."""


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of offers that are alike, in stacking order; and what is refused, when that is all
    there is to say.
    """

    steps: Sequence[Step]
    refused: tuple[Reason, ...] | None


@dataclass(frozen=True, slots=True)
class Period:
    """The rules between two of their changes, as far as a request decides them: what is left is
    about priced offers only. ``facts`` are read in a part of those, by its number in ``PARTS``.
    """

    prospects: Sequence[Prospect]
    facts: Sequence[tuple[int, Fact]]
    known: Kept[tuple[object, ...], Course] = field(default_factory=Kept)

    @classmethod
    def of(cls, prospects: Sequence[Prospect]) -> Period:
        """Nothing judged yet."""
        subjects = tests_by_subject(test for one in prospects for test in one.tests)
        facts = [
            (number, Fact(part[subject], tuple(tests)))
            for subject, tests in subjects.items()
            for number, part in enumerate(PARTS)
            if subject in part
        ]
        return cls(prospects, facts)

    def course(self, item: Priced) -> Course:
        """What the rules come to for this offer; those of which nobody need read are left out."""
        parts = (item, item.need, item.offer)  # in the order of PARTS
        found = [fact.of(parts[number]).outcomes for number, fact in self.facts]
        key = (item.gross_cents == 0, *found)
        return self.known.get(key) or self.known.keep(key, _course(self._steps(item)), COURSES)

    def _steps(self, item: Priced) -> list[Step]:
        look = cache(lookup(item))
        free = not item.gross_cents  # a free offer needs no aid
        told = [_step(one, look) for one in self.prospects if one.record.wage_side or not free]
        return [step for step in told if step]


def _step(prospect: Prospect, look: Lookup) -> Step | None:
    record = prospect.record
    verdict = walk(prospect.conditions, look)
    if verdict.holds is False:
        return refusal(verdict.code, record) if verdict.code else None
    amount = resolved(prospect.amount, look)
    if amount.kind == "none":
        return refusal(amount.code, record) if amount.code else None
    sure = prospect.sure and verdict.holds is True
    return Chance(record, amount, sure and all(holds(one, look) for one in prospect.certain_if))


def _course(steps: Sequence[Step]) -> Course:
    reasons = [step for step in steps if isinstance(step, Reason)]
    first = {reason.code: reason for reason in reversed(reasons)}
    told = tuple([reason for reason in reasons if first[reason.code] is reason])
    return Course(steps, told if len(reasons) == len(steps) else None)


def refusal(code: str, record: Record, other: str = "") -> Reason:
    """Why a rule gives nothing; ``other`` is the title of the rule that has the cost already."""
    return Reason(code, {"rule": record.id, "title": record.title, "other": other})
