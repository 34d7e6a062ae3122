"""Which rules there are for the list: those in force, the stale ones first, and every version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.kit.clock import today
from marketplace.kit.errors import NotFound

from .. import in_force
from ..overlay import Broken
from ..records import Record
from . import keeping
from .models import RuleVersion


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule that counts today: its records, and its newest version when a consultant made one."""

    records: Sequence[Record]
    newest: RuleVersion | None

    @property
    def rule_id(self) -> str:
        """The id of all its records."""
        return self.records[0].id

    @property
    def is_stale(self) -> bool:
        """Whether the source of a record was not looked at for more than 180 days."""
        return any(one.stale(today()) for one in self.records)


@dataclass(frozen=True, slots=True)
class Overview:
    """All there is: rules that count, the stale first; every version; and what is left out."""

    rules: Sequence[Standing]
    versions: Sequence[RuleVersion]
    broken: Sequence[Broken]

    @property
    def stale(self) -> list[Standing]:
        """The rules whose source waits for a look."""
        return [one for one in self.rules if one.is_stale]


def overview() -> Overview:
    """Everything for the list."""
    laid = in_force.standing()
    versions = keeping.every()
    newest: dict[str, RuleVersion] = {}
    for one in versions:
        newest.setdefault(one.rule_id, one)
    rules = [Standing(own, newest.get(rule_id)) for rule_id, own in by_id(laid.records).items()]
    rules.sort(key=lambda one: (not one.is_stale, one.records[-1].title))
    return Overview(rules, versions, laid.broken)


def of_rule(rule_id: str) -> tuple[Sequence[Record], Sequence[RuleVersion]]:
    """What counts of a rule today, and its versions. Raises NotFound when there is neither."""
    records = by_id(in_force.rules_in_force()).get(rule_id, [])
    versions = keeping.versions_of(rule_id)
    if not records and not versions:
        raise NotFound(rule_id)
    return records, versions


def by_id(records: Sequence[Record]) -> Mapping[str, Sequence[Record]]:
    """Records by the rule that they belong to."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.id, []).append(record)
    return found
