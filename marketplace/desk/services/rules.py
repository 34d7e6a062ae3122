"""The rules of the game from every source, as the desk shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from marketplace import clock
from marketplace.advice import reasons
from marketplace.catalogue import consultant_rules as files
from marketplace.catalogue import rules
from marketplace.catalogue.faults import Fault
from marketplace.catalogue.services.rules import Kept, every, find
from marketplace.contract.rules import Rule
from marketplace.desk.services.plugins import title
from marketplace.host import ask


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule that can be read, with its sentence. ``giver`` is the title of its plugin; a rule of a
    consultant is ``kept`` instead, and may have faults while it is a draft.
    """

    rule: Rule
    sentence: str
    giver: str = ""
    faults: Sequence[Fault] = ()
    kept: Kept | None = None

    @property
    def state(self) -> str:
        """Of a kept rule: draft, published, changed (published with a draft) or withdrawn."""
        if self.kept is None:
            return "published"
        changed = self.kept.status == "published" and self.kept.has_draft
        return "changed" if changed else self.kept.status

    @property
    def is_stale(self) -> bool:
        """Whether its source has not been looked at for more than 180 days."""
        return clock.today() - self.rule.checked_on > rules.STALE_AFTER


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A plugin's rule that does not count, and why."""

    giver: str
    name: str
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Trial:
    """One of the two cases of a rule: what the rule came to, and whether that is what it must."""

    name: str
    case: Sequence[tuple[str, object]]
    outcome: bool
    is_right: bool


def of_consultants() -> list[Shown]:
    """The rules of consultants, drafts and withdrawn ones too, by slug."""
    return [shown(kept) for kept in every()]


def of_plugins() -> tuple[list[Shown], list[LeftOut]]:
    """The rules of the plugins that are on, as they come; those with a fault apart."""
    texts = reasons.texts()
    sound, broken = [], []
    for plugin, given in ask.ask("rules").values:
        for rule in cast("Sequence[Rule]", given):
            if found := rules.faults(rule):
                name = rule.id if isinstance(rule.id, str) else "?"
                broken.append(LeftOut(title(plugin), name, found))
            else:
                sound.append(Shown(rule, texts.get(rule.code, rule.code), title(plugin)))
    return sound, broken


def one(slug: str) -> Shown:
    """A consultant's rule. Raises NotFound."""
    return shown(find(slug))


def shown(kept: Kept) -> Shown:
    """A kept rule as the desk shows it."""
    return Shown(
        rule=files.rule(kept.document),
        sentence=files.sentence_of(kept.document, "nl") or "",
        faults=files.faults(kept.document, clock.today()),
        kept=kept,
    )


def trials(rule: Rule) -> list[Trial]:
    """Both cases of a rule, tried. The outcome of a refusal is whether it lets the case through."""
    found = []
    for name, case, wanted in (("passes", rule.passes, True), ("fails", rule.fails, False)):
        if rule.effect == "refuse":
            outcome = rules.refusal(rule, case.get) is None
        else:
            outcome = rules.satisfied(rule, case.get)
        found.append(Trial(name, sorted(case.items()), outcome, outcome is wanted))
    return found
