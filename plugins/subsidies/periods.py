"""What the rules come to for offers that are alike to them, judged once.

The rules change on few days, and between two of those the request decides most of a rule for good.
What is left looks at a few things of an offer: two offers for which every such test comes out the
same get the same steps. Which things those are follows from the rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from marketplace.contract.answers import Aid, Priced
from marketplace.contract.rules import Criterion
from marketplace.contract.values import Reason, RequestFacts
from marketplace.kit import criteria
from marketplace.kit.criteria import holds

from .judge import ABOUT_ITEM, PARTS, lookup, walk
from .prospects import Prospect, left_in_pool, prospect
from .records import Record, turns, versions_on

Outcomes = tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """A rule that may give aid: whether that is certain, what is left in its pool (None: no cap),
    and the aid by its cents, made once.
    """

    record: Record
    certain: bool
    left: int | None
    made: dict[int | None, Aid] = field(default_factory=dict)

    def aid(self, cents: int | None) -> Aid:
        """The aid of so many cents; None: nobody knows how many."""
        found = self.made.get(cents)
        if found is None:
            record = self.record
            found = self.made[cents] = Aid(
                rule=record.id,
                cents=cents,
                certainty="unknown" if cents is None else "certain" if self.certain else "possible",
                pool=record.stacking.pool,
                source=record.source,
                title=record.title,
                checked_on=record.checked_on,
                wage_side=record.wage_side,
            )
        return found


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
class Trait:
    """One thing the rules look at: in which part of a priced offer and how it is read, the tests
    on it, and how they came out by value.
    """

    part: int
    read: Callable[[Any], object]
    tests: tuple[Criterion, ...]
    outcomes: dict[object, Outcomes] = field(default_factory=dict)

    def learn(self, value: object) -> None:
        """Put a new value to the tests."""
        if value not in self.outcomes:
            found = [holds(test, lambda _subject: value) for test in self.tests]
            self.outcomes[value] = tuple(found)


@dataclass(frozen=True, slots=True)
class Period:
    """The rules between two of their changes, as far as the request decides them."""

    request: RequestFacts
    prospects: Sequence[Prospect]
    traits: Sequence[Trait]
    known: dict[tuple[object, ...], Course] = field(default_factory=dict)

    def course(self, item: Priced) -> Course:
        """What the rules come to for this offer; those of which nobody need read are left out."""
        key = self._key(item)
        found = self.known.get(key)
        if found is None:
            parts = _parts(item)
            for trait in self.traits:
                trait.learn(trait.read(parts[trait.part]))
            found = self.known[self._key(item)] = _course(self._judged(item))
        return found

    def _key(self, item: Priced) -> tuple[object, ...]:
        """How every test comes out; None stands for a value that was not seen before."""
        parts = _parts(item)
        seen = [trait.outcomes.get(trait.read(parts[trait.part])) for trait in self.traits]
        return (item.gross_cents == 0, *seen)

    def _judged(self, item: Priced) -> list[Step]:
        look = cache(lookup(self.request, item))
        steps: list[Step] = []
        for one in self.prospects:
            record = one.record
            if not item.gross_cents and not record.wage_side:  # a free offer needs no aid
                continue
            verdict = walk(one.conditions, look)
            refused = verdict.holds is False
            code = verdict.code if refused else record.amount.code
            if refused or record.amount.kind == "none":
                if code:
                    steps.append(refusal(code, record))
                continue
            sure = one.sure and verdict.holds is True
            certain = sure and all(holds(test, look) for test in one.certain_if)
            steps.append(Chance(record, certain, left_in_pool(self.request, record)))
        return steps


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of the rules for one request, each made when an offer first starts in it."""

    request: RequestFacts
    rules: Sequence[Record]
    turns: Sequence[int]
    known: dict[int, Period] = field(default_factory=dict)

    @classmethod
    def of(cls, request: RequestFacts, rules: Sequence[Record]) -> Periods:
        """None made yet."""
        return cls(request, rules, turns(rules))

    def on(self, day: date) -> Period:
        """The period in which this day lies."""
        number = bisect_right(self.turns, day.toordinal())
        found = self.known.get(number)
        if found is None:
            found = self.known[number] = _period(self.request, versions_on(self.rules, day))
        return found


def _period(request: RequestFacts, records: Sequence[Record]) -> Period:
    look = cache(criteria.lookup(request))
    prospects = [prospect(record, look, ABOUT_ITEM) for record in records]
    prospects = [one for one in prospects if not one.silent]
    return Period(request, prospects, _traits(prospects))


def _traits(prospects: Sequence[Prospect]) -> list[Trait]:
    tests: dict[str, list[Criterion]] = {}
    for one in prospects:
        in_conditions = [test for condition in one.conditions for test in condition.any_of]
        for test in (*in_conditions, *one.certain_if):
            found = tests.setdefault(test.subject, [])
            if test not in found:
                found.append(test)
    return [
        Trait(number, part[subject], tuple(found))
        for subject, found in tests.items()
        for number, part in enumerate(PARTS)
        if subject in part
    ]


def _course(steps: Sequence[Step]) -> Course:
    reasons = [step for step in steps if isinstance(step, Reason)]
    first = {reason.code: reason for reason in reversed(reasons)}
    told = tuple([reason for reason in reasons if first[reason.code] is reason])
    return Course(steps, told if len(reasons) == len(steps) else None)


def _parts(item: Priced) -> tuple[object, ...]:
    """In the order of ``PARTS``."""
    return item, item.need, item.offer


def refusal(code: str, record: Record, other: str = "") -> Reason:
    """Why a rule gives nothing; ``other`` is the title of the rule that has the cost already."""
    return Reason(code, {"rule": record.id, "title": record.title, "other": other})
