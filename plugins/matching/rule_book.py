"""The rules in use, parted by what they do, with their version and the sources that gave none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.contract.rules import Rule

from .predicates import CompiledRule, compiled
from .rules import version


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by effect, each in the order of their ids. ``silent`` names the sources of which a rule
    is left out or that did not answer.
    """

    refusing: tuple[CompiledRule, ...]
    preferring: tuple[CompiledRule, ...]
    noting: tuple[CompiledRule, ...]
    version: str
    silent: tuple[str, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in use."""
        return tuple(one.rule for one in (*self.refusing, *self.preferring, *self.noting))


def book_of(rules: Sequence[Rule], silent: Iterable[str] = ()) -> RuleBook:
    """The book of some rules without faults."""
    ordered = [compiled(rule) for rule in sorted(rules, key=lambda rule: rule.id)]

    def doing(effect: str) -> tuple[CompiledRule, ...]:
        return tuple([one for one in ordered if one.rule.effect == effect])

    return RuleBook(
        doing("refuse"), doing("prefer"), doing("note"), version(rules), tuple(sorted(set(silent)))
    )
