"""Aid for employers: subsidies and premiums as dated rules that lower a price or may lower it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from marketplace.contract.answers import Aids, Line, OrderFacts, Priced
from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, Event, NavItem
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
from .pots import booking, ledger, reading
from .pots import cli as pots_cli
from .pots import views as pots_views
from .pots.example import example_pot
from .views import blueprint


@impl
def subsidies(request: RequestFacts, items: Sequence[Priced]) -> Aids:
    """Aid per priced item from the rules in force and the open pots, with what is left of each."""
    rules = reading.with_pots(request, items, rules_in_force())
    return calculator.aid_for(request, items, rules)


@impl
def before_order(request: RequestFacts, line: Line, order: OrderFacts) -> None:
    """What the line counts on from pots is held for the order, or the order is refused."""
    booking.reserve(request, line, order)


@impl
def tell(event: Event) -> None:
    """A pot follows its orders: delivered is used, cancelled is free again. The demonstration has
    an example of one.
    """
    if event.name == "demo.seeded":
        example_pot(event.subject)
    booking.settle(event)


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
    to be left out, what is not translated, and whether the pots agree with their movements.
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
    wrong = sorted({one.pot for one in ledger.differences()})
    if wrong:
        pots = ", ".join(wrong)
        found.append(Check("error", _("Deze potten kloppen niet: %(pots)s.", pots=pots)))
    return (*found, *reader.sentences().checks())


@impl
def blueprints() -> Sequence[object]:
    """The page with every rule, those on which consultants keep them, and those of the pots."""
    return (blueprint, desk_views.blueprint, pots_views.blueprint)


@impl
def commands() -> Sequence[click.Command]:
    """``flask aid`` and ``flask pots``."""
    return (desk_cli.aid, pots_cli.pots)


@impl
def permissions() -> Mapping[str, str]:
    """Everybody may see how we reckon; consultants keep the rules, federations their pots."""
    pages = ("subsidies.overview", "subsidies.sheet", "subsidies.schema")
    return {**dict.fromkeys(pages, "public"), **desk_views.POLICY, **pots_views.POLICY}


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """The rules for visitors and employers, the pots for federations, both for consultants."""
    if role in {None, "employer"}:
        return (NavItem(_("Steun en premies"), "subsidies.overview"),)
    return (
        NavItem(_("Steun"), "rules.every", roles=("consultant",)),
        NavItem(_("Potten"), "pots.own", roles=("federation",)),
        NavItem(_("Potten"), "pots.every", roles=("consultant",)),
    )
