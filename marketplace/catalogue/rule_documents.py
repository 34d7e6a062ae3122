"""A rule as JSON and back: the shape is ``rule`` in ``schema.json``, read in this one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from marketplace.contract.rules import Criterion, Rule
from marketplace.contract.values import Json

Document = Mapping[str, object]
"""A JSON object of the right shape."""


def content_of(rule: Rule) -> dict[str, object]:
    """All of a rule but its id and code, as JSON.

    Raises AttributeError or TypeError for what is no rule at all; a wrong value inside one comes
    out as it is, for the schema to find.
    """
    return {
        "effect": rule.effect,
        "weight": rule.weight,
        "when": _criteria(rule.when),
        "require": _criteria(rule.require),
        "source": rule.source,
        "checked_on": _day(rule.checked_on),
        "valid_from": _day(rule.valid_from),
        "valid_to": _day(rule.valid_to),
        "passes": _example(rule.passes),
        "fails": _example(rule.fails),
    }


def as_json(rule: Rule) -> dict[str, object]:
    """A rule as JSON; ``from_json`` makes an equal rule of it, with lists for its tuples."""
    return {"id": rule.id, "code": rule.code, **content_of(rule)}


def from_json(document: Document) -> Rule:
    """The rule of what ``as_json`` gave. Raises ValueError for a day that does not exist."""
    return rule_of(str(document["id"]), str(document["code"]), document)


def rule_of(rule_id: str, code: str, content: Document) -> Rule:
    """A rule from its content, which has the right shape. Raises ValueError for an unreal day."""
    return Rule(
        id=rule_id,
        code=code,
        effect=str(content["effect"]),
        weight=cast(int, content.get("weight", 0)),
        when=_tests(content["when"]),
        require=_tests(content["require"]),
        source=str(content["source"]),
        checked_on=date.fromisoformat(str(content["checked_on"])),
        valid_from=_read_day(content.get("valid_from")),
        valid_to=_read_day(content.get("valid_to")),
        passes=cast("Mapping[str, Json]", content["passes"]),
        fails=cast("Mapping[str, Json]", content["fails"]),
    )


def _criteria(tests: Sequence[Criterion]) -> list[object]:
    return [
        {"subject": test.subject, "op": test.op, "value": _listed(test.value)} for test in tests
    ]


def _tests(rows: object) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(str(row["subject"]), str(row["op"]), cast(Json, row["value"]))
        for row in cast("Sequence[Document]", rows)
    )


def _example(case: object) -> object:
    if not isinstance(case, Mapping) or not all(isinstance(subject, str) for subject in case):
        return None
    return {subject: _listed(value) for subject, value in case.items()}


def _listed(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) else value


def _day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read_day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
