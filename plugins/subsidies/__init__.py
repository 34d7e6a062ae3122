"""Aid for employers: subsidies and premiums as dated rules that lower a price or may lower it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from marketplace.contract.answers import Aids, Priced
from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, NavItem
from marketplace.contract.rules import Question
from marketplace.contract.values import RequestFacts
from marketplace.kit.clock import today
from marketplace.kit.criteria import lookup
from marketplace.kit.i18n import _

from . import calculator, reader
from .desk import cli as desk_cli
from .desk import views as desk_views
from .in_force import rules_in_force, standing
from .judge import judge_employer
from .views import blueprint


@impl
def subsidies(request: RequestFacts, items: Sequence[Priced]) -> Aids:
    """Aid per priced item from the rules in force, with what is left of each yearly cap."""
    return calculator.aid_for(request, items, rules_in_force())


@impl
def reason_texts(language: str) -> Mapping[str, str]:
    """Why an aid does not apply."""
    return reader.sentences().texts(language)


@impl
def questions(request: RequestFacts) -> Sequence[Question]:
    """Only what makes a possible aid certain, and only when the rule can concern the employer."""
    look = lookup(request)
    asked = {
        record.confirm.key: record.confirm
        for record in rules_in_force()
        if record.confirm and judge_employer(record, look).holds
    }
    return tuple(
        Question(key=one.key, title=one.title, kind="yes_no", why=one.why) for one in asked.values()
    )


@impl
def checks() -> Sequence[Check]:
    """Whether every rule can be read, which sources wait for a check, which published versions had
    to be left out, what is not translated.
    """
    laid = standing()
    rules = laid.records
    found = [Check("ok", _("%(count)s regels over steun gelezen.", count=len(rules)))]
    late = sorted({rule.title for rule in rules if rule.stale(today())})
    if late:
        warning = _("Langer dan 180 dagen niet nagekeken: %(titles)s.", titles=", ".join(late))
        found.append(Check("warning", warning))
    for one in laid.broken:
        told = {"rule": one.version.rule_id, "number": one.version.number, "why": one.why}
        found.append(
            Check("error", _("%(rule)s, versie %(number)s telt niet mee: %(why)s", **told))
        )
    return (*found, *reader.sentences().checks())


@impl
def blueprints() -> Sequence[object]:
    """The page with every rule, and those on which consultants keep them."""
    return (blueprint, desk_views.blueprint)


@impl
def commands() -> Sequence[click.Command]:
    """``flask aid``."""
    return (desk_cli.aid,)


@impl
def permissions() -> Mapping[str, str]:
    """Everybody may see how we reckon; consultants keep the rules."""
    pages = ("subsidies.overview", "subsidies.sheet", "subsidies.schema")
    return {**dict.fromkeys(pages, "public"), **desk_views.POLICY}


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """The rules for visitors and employers; for consultants the pages on which they keep them."""
    if role in {None, "employer"}:
        return (NavItem(_("Steun en premies"), "subsidies.overview"),)
    return (NavItem(_("Steun"), "rules.every", roles=("consultant",)),)
