"""Eligibility rules as data: evaluated here, contributed by every plugin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date

from marketplace.contract.rules import Rule
from marketplace.contract.values import Reason
from marketplace.kit.criteria import OPERATORS, Lookup, holds, known_subject


def refusal(rule: Rule, lookup: Lookup) -> Reason | None:
    """Why this rule refuses the case, or None. Only known facts can refuse."""
    if not all(holds(test, lookup) for test in rule.when):
        return None
    for test in rule.require:
        if holds(test, lookup) is False:
            actual = lookup(test.subject)
            shown = list(actual) if isinstance(actual, tuple | frozenset) else actual
            return Reason(
                rule.code, {"rule": rule.id, "subject": test.subject, "actual": _plain(shown)}
            )
    return None


def assumes(rule: Rule, lookup: Lookup) -> Reason | None:
    """What must turn out true for this rule, when nobody said; None when it is known."""
    if not all(holds(test, lookup) for test in rule.when):
        return None
    unknown = any(holds(test, lookup) is None for test in rule.require)
    return Reason("assumes", {"condition": rule.code}) if unknown else None


def _plain(value: object) -> bool | int | str | list[str] | None:
    if isinstance(value, list):
        return [str(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def in_force(rules: Iterable[Rule], day: date) -> tuple[Rule, ...]:
    """The rules that apply to an action that starts on this day, in the order of their ids."""
    chosen = [
        rule
        for rule in rules
        if (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_to is None or day <= rule.valid_to)
    ]
    return tuple(sorted(chosen, key=lambda rule: rule.id))


def faults(rule: Rule) -> list[str]:
    """What is wrong with a rule: unknown subjects or operators, examples that do not hold."""
    tests = (*rule.when, *rule.require)
    found = [f"unknown subject {test.subject}" for test in tests if not known_subject(test.subject)]
    found += [f"unknown operator {test.op}" for test in tests if test.op not in OPERATORS]
    if found:
        return found
    try:
        if refusal(rule, rule.passes.get) is not None:
            found.append("its passing example is refused")
        if refusal(rule, rule.fails.get) is None:
            found.append("its failing example passes")
    except TypeError as error:
        found.append(str(error))
    return found


def version(rules: Sequence[Rule]) -> str:
    """A digest of the rules: equal rules give equal versions, in every process."""
    text = repr(sorted(repr(astuple(rule)) for rule in rules))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
