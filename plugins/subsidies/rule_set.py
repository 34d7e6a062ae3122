"""The rules as they are put to requests: what they read is found once, and what a request decides
is kept for the next one that is alike to them.

Each thing that rules read of a request rules some of them out by itself: the region, the joint
committee, the legal form. Only the rules that are left are judged, and only for the first request
of its kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from marketplace.contract.answers import Ceiling
from marketplace.contract.values import RequestFacts
from marketplace.kit import criteria

from .facts import Fact, Kept, Outcomes, gates, tests_by_subject, tests_of
from .judge import ABOUT_ITEM, about_request
from .periods import Period
from .prospects import prospect
from .records import Record, completed, turns

SETS = 10
KINDS = 1000
"""So many rule sets, and kinds of requests to each, are remembered."""

Key = tuple[Outcomes, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in stacking order; the days (ordinals) on which other versions count; what they read
    of a request; each pool with its yearly cap in cents; and what was worked out before.
    """

    records: tuple[Record, ...]
    turns: Sequence[int]
    facts: Sequence[Fact]
    caps: Sequence[tuple[str, int]]
    periods: Kept[tuple[int, Key], Period] = field(default_factory=Kept)
    ceilings: Kept[tuple[object, ...], Ceiling] = field(default_factory=Kept)

    @classmethod
    def of(cls, rules: Iterable[Record]) -> RuleSet:
        """Nothing worked out yet."""
        records = completed(rules)
        tests = tests_by_subject(test for record in records for test in tests_of(record))
        facts = [
            Fact(about_request(subject), tuple(found), gates(records, subject))
            for subject, found in tests.items()
            if subject not in ABOUT_ITEM
        ]
        stackings = [record.stacking for record in records]
        caps = {(one.pool, cap) for one in stackings if one.pool and (cap := one.year_cap_cents)}
        return cls(records, turns(records), facts, sorted(caps))

    def number(self, day: date) -> int:
        """Which of the periods between two turns this day lies in."""
        return bisect_right(self.turns, day.toordinal())


@dataclass(frozen=True, slots=True)
class Standing:
    """How one request stands to a rule set: ``key`` is how every test on it comes out, and
    ``ruled_out`` has a bit for each rule that is out already.
    """

    request: RequestFacts
    rules: RuleSet
    key: Key
    ruled_out: int

    @classmethod
    def of(cls, request: RequestFacts, rules: RuleSet) -> Standing:
        """Reads each fact once."""
        found = [fact.of(request) for fact in rules.facts]
        ruled_out = 0
        for one in found:
            ruled_out |= one.ruled_out
        return cls(request, rules, tuple([one.outcomes for one in found]), ruled_out)

    def left(self) -> list[Record]:
        """The rules that are not ruled out at once."""
        records = enumerate(self.rules.records)
        return [record for number, record in records if not self.ruled_out >> number & 1]

    def on(self, day: date) -> Period:
        """What the rules come to for a start on this day."""
        key = self.rules.number(day), self.key
        known = self.rules.periods
        return known.get(key) or known.keep(key, self._period(day), KINDS)

    def _period(self, day: date) -> Period:
        look = cache(criteria.lookup(self.request))
        found = [prospect(one, look, ABOUT_ITEM) for one in self.left() if one.in_force(day)]
        return Period.of([one for one in found if not one.silent])


_SETS: Kept[int, tuple[tuple[Record, ...], RuleSet]] = Kept()


def rule_set(records: Iterable[Record]) -> RuleSet:
    """The rules of this tuple, made once for as long as it is the same tuple."""
    rules = tuple(records)
    found = _SETS.get(id(rules))  # the tuple is kept with its set, so that no other has its id
    if found is None:
        found = _SETS.keep(id(rules), (rules, RuleSet.of(rules)), SETS)
    return found[1]
