"""What rules of aid read, put to their tests once per value and remembered.

A rule set reads few things of a request and of a priced offer. How the tests on one of them come
out depends on its value alone, so that two requests, or two offers, for which all of them come out
the same are alike to the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from marketplace.contract.rules import Criterion
from marketplace.kit.criteria import holds

from .judge import any_of
from .records import Condition, Record

K = TypeVar("K")
V = TypeVar("V")
Outcomes = tuple[bool | None, ...]
VALUES = 1000
"""So many values of one thing are remembered."""


class Kept(dict[K, V]):
    """What was worked out before; it starts over when it is full."""

    def keep(self, key: K, value: V, most: int) -> V:
        """Remember and give back ``value``."""
        if len(self) >= most:
            self.clear()
        self[key] = value
        return value


@dataclass(frozen=True, slots=True)
class Finding:
    """How the tests on one value come out, and the rules that it rules out, a bit for each."""

    outcomes: Outcomes
    ruled_out: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that rules read, the tests on it, and the conditions that rule out by it alone,
    each with a bit for every rule that begins with it.
    """

    read: Callable[[Any], object]
    tests: tuple[Criterion, ...]
    gates: tuple[tuple[Condition, int], ...] = ()
    found: Kept[object, Finding] = field(default_factory=Kept)

    def of(self, about: object) -> Finding:
        """What is found for a request, a need, an offer or a priced offer."""
        value = self.read(about)
        key = (value.__class__, value)  # True and 1 are equal, and do not test alike
        try:
            return self.found.get(key) or self.found.keep(key, self._put(value), VALUES)
        except TypeError:  # an answer to a plugin may be a list, which cannot be a key
            return self._put(value)

    def _put(self, value: object) -> Finding:
        def look(_subject: str) -> object:
            return value

        outcomes = tuple([holds(test, look) for test in self.tests])
        ruled_out = 0
        for condition, rules in self.gates:
            if any_of(condition, look) is False:
                ruled_out |= rules
        return Finding(outcomes, ruled_out)


def tests_by_subject(tests: Iterable[Criterion]) -> Mapping[str, Sequence[Criterion]]:
    """Each test once, under what it looks at."""
    found: dict[str, list[Criterion]] = {}
    for test in tests:
        known = found.setdefault(test.subject, [])
        if test not in known:
            known.append(test)
    return found


def tests_of(record: Record) -> list[Criterion]:
    """Every test of a rule."""
    conditions = (*record.who, *record.what)
    in_conditions = [test for one in conditions for test in one.any_of]
    return [*in_conditions, *record.certain_if, *record.amount.tests]


def gates(records: Sequence[Record], subject: str) -> tuple[tuple[Condition, int], ...]:
    """The conditions on this subject alone that rule a rule out before anything is said or asked
    of it: those at its beginning, without a reason to read.
    """
    found: list[tuple[Condition, int]] = []
    for number, record in enumerate(records):
        for condition in (*record.who, *record.what):
            subjects = {test.subject for test in condition.any_of}
            if condition.code is not None:
                break
            if subjects == {subject}:
                found.append((condition, 1 << number))
    return tuple(found)
