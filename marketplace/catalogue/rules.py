"""Rules as data, judged: what is wrong with one, and what it says about one case.

Pure. Plugins and consultants give the same ``Rule`` and both are judged here; matching compiles
many cases at once, and these functions say for one case what that must come to.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from marketplace.catalogue import shape
from marketplace.catalogue.criteria import Lookup, holds, known_subject
from marketplace.catalogue.faults import Fault, join
from marketplace.catalogue.rule_documents import as_json, content_of
from marketplace.contract.rules import Criterion, Rule
from marketplace.contract.values import Reason

STALE_AFTER = timedelta(days=180)
"""How long a source may go without being looked at."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
_NUMERIC = frozenset({"at_least", "at_most"})


def refusal(rule: Rule, lookup: Lookup) -> Reason | None:
    """Why this rule refuses the case, or None. Only known facts can refuse."""
    if rule.effect != "refuse" or not _concerns(rule, lookup):
        return None
    for test in rule.require:
        if holds(test, lookup) is False:
            facts = {
                "rule": rule.id,
                "subject": test.subject,
                "actual": _plain(lookup(test.subject)),
            }
            return Reason(rule.code, facts)
    return None


def assumes(rule: Rule, lookup: Lookup) -> Reason | None:
    """What must turn out true for this rule, when nobody said; None when it is known."""
    if rule.effect != "refuse" or not _concerns(rule, lookup):
        return None
    unknown = any(holds(test, lookup) is None for test in rule.require)
    return Reason("assumes", {"condition": rule.code}) if unknown else None


def satisfied(rule: Rule, lookup: Lookup) -> bool:
    """Whether every criterion is known to hold: then a preference gives its weight, a note is told.

    Nothing unknown gives weight, as nothing unknown refuses.
    """
    return _concerns(rule, lookup) and all(holds(test, lookup) for test in rule.require)


def in_force(rules: Iterable[Rule], day: date) -> tuple[Rule, ...]:
    """The rules that apply to an action that starts on this day, in the order of their ids."""
    chosen = [
        rule
        for rule in rules
        if (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_to is None or day <= rule.valid_to)
    ]
    return tuple(sorted(chosen, key=lambda rule: rule.id))


def version(rules: Sequence[Rule]) -> str:
    """A digest of rules without faults: equal rules give equal versions, in every process."""
    texts = sorted(json.dumps(as_json(rule), sort_keys=True) for rule in rules)
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:12]


def faults(rule: Rule) -> list[Fault]:
    """What is wrong with a rule, whatever it holds; a rule with a fault is left out.

    Its shape and size are held against the schema first; then its subjects, its weight, and
    whether its two examples do what its effect says.
    """
    try:
        content = content_of(rule)
    except (AttributeError, TypeError):
        return [Fault("$", "no-rule")]
    found = [
        Fault(name, "wrong-shape", {"pattern": _NAME.pattern})
        for name in ("id", "code")
        if not _is_name(getattr(rule, name))
    ]
    found += shape.faults(content, shape.definition("rule"))
    return found or list(_meaning(rule))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _meaning(rule: Rule) -> Iterator[Fault]:
    """The faults of a rule that has the right shape."""
    for part in ("when", "require"):
        for number, test in enumerate(getattr(rule, part)):
            yield from _criterion_faults(test, join(part, number))
    for part in ("passes", "fails"):
        for subject in getattr(rule, part):
            if not known_subject(subject):
                yield Fault(join(part, subject), "unknown-subject")
    if rule.effect == "prefer" and rule.weight == 0:
        yield Fault("weight", "weight-missing")
    if rule.effect != "prefer" and rule.weight != 0:
        yield Fault("weight", "weight-unwanted")
    if rule.effect != "note":
        yield from _budget_faults(rule)
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        yield Fault("valid_to", "dates-reversed")
    yield from _example_faults(rule)


def _budget_faults(rule: Rule) -> Iterator[Fault]:
    """Points and conditions never depend on the budget: more of it would then be worth less."""
    for part in ("when", "require"):
        for number, test in enumerate(getattr(rule, part)):
            if test.subject.startswith("budget."):
                yield Fault(join(join(part, number), "subject"), "budget-unwanted")


def _criterion_faults(test: Criterion, path: str) -> Iterator[Fault]:
    if not known_subject(test.subject):
        yield Fault(join(path, "subject"), "unknown-subject")
    if test.op in _NUMERIC and type(test.value) is not int:
        yield Fault(join(path, "value"), "number-wanted", {"op": test.op})
    if test.op == "is" and isinstance(test.value, list | tuple):
        yield Fault(join(path, "value"), "one-value-wanted")


def _example_faults(rule: Rule) -> Iterator[Fault]:
    """A refusal refuses ``fails`` only; the other effects are satisfied in ``passes`` only."""
    if rule.effect == "refuse":
        if refusal(rule, rule.passes.get):
            yield Fault("passes", "passes-refused")
        if not refusal(rule, rule.fails.get):
            yield Fault("fails", "fails-passes")
        return
    if not satisfied(rule, rule.passes.get):
        yield Fault("passes", "passes-not-satisfied")
    broken = any(holds(test, rule.fails.get) is False for test in rule.require)
    if not (_concerns(rule, rule.fails.get) and broken):
        yield Fault("fails", "fails-satisfied")


def _concerns(rule: Rule, lookup: Lookup) -> bool:
    return all(holds(test, lookup) for test in rule.when)


def _plain(value: object) -> bool | int | str | list[str] | None:
    if isinstance(value, list | tuple | frozenset):
        return [str(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
