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
from .judge import judge_employer
from .pots import booking, ledger, reading
from .pots import cli as pots_cli
from .pots import views as pots_views
from .views import blueprint


@impl
def subsidies(request: RequestFacts, items: Sequence[Priced]) -> Aids:
    """Aid per priced item from the bundled rules and the open pots, with what is left of each."""
    rules = reading.with_pots(request, items, reader.bundled())
    return calculator.aid_for(request, items, rules)


@impl
def before_order(request: RequestFacts, line: Line, order: OrderFacts) -> None:
    """What the line counts on from pots is held for the order, or the order is refused."""
    booking.reserve(request, line, order)


@impl
def tell(event: Event) -> None:
    """A pot follows its orders: delivered is used, cancelled is free again."""
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
        for record in reader.bundled()
        if record.confirm and judge_employer(record, look).holds
    }
    return tuple(
        Question(key=one.key, title=one.title, kind="yes_no", why=one.why) for one in asked.values()
    )


@impl
def checks() -> Sequence[Check]:
    """Whether every rule can be read, which sources wait for a check, what is not translated, and
    whether the pots agree with their movements.
    """
    rules = reader.bundled()
    found = [Check("ok", _("%(count)s regels over steun gelezen.", count=len(rules)))]
    late = sorted({rule.title for rule in rules if rule.stale(today())})
    if late:
        warning = _("Langer dan 180 dagen niet nagekeken: %(titles)s.", titles=", ".join(late))
        found.append(Check("warning", warning))
    wrong = sorted({one.pot for one in ledger.differences()})
    if wrong:
        pots = ", ".join(wrong)
        found.append(Check("error", _("Deze potten kloppen niet: %(pots)s.", pots=pots)))
    return (*found, *reader.sentences().checks())


@impl
def blueprints() -> Sequence[object]:
    """The page with every rule, and the pages of the pots."""
    return (blueprint, pots_views.blueprint)


@impl
def commands() -> Sequence[click.Command]:
    """``flask pots``."""
    return (pots_cli.pots,)


@impl
def permissions() -> Mapping[str, str]:
    """Everybody may see how we reckon; pots are for their federation and for consultants."""
    public = ("subsidies.overview", "subsidies.sheet", "subsidies.schema")
    return {**dict.fromkeys(public, "public"), **pots_views.POLICY}


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """The rules for visitors and employers, the pots for federations and consultants."""
    if role in {None, "employer"}:
        return (NavItem(_("Steun en premies"), "subsidies.overview"),)
    return (
        NavItem(_("Potten"), "pots.own", roles=("federation",)),
        NavItem(_("Potten"), "pots.every", roles=("consultant",)),
    )
