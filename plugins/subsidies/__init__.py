"""Aid for employers: subsidies and premiums as dated rules that lower a price or may lower it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marketplace.contract.answers import Aids, Priced
from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, NavItem
from marketplace.contract.rules import Question
from marketplace.contract.values import RequestFacts
from marketplace.kit.clock import today
from marketplace.kit.criteria import lookup
from marketplace.kit.i18n import _

from . import calculator, reader
from .judge import judge_employer
from .views import blueprint


@impl
def subsidies(request: RequestFacts, items: Sequence[Priced]) -> Aids:
    """Aid per priced item from the bundled rules, with what is left of each yearly cap."""
    return calculator.aid_for(request, items, reader.bundled())


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
    """Whether every rule can be read, which sources wait for a check, what is not translated."""
    rules = reader.bundled()
    found = [Check("ok", _("%(count)s regels over steun gelezen.", count=len(rules)))]
    late = sorted({rule.title for rule in rules if rule.stale(today())})
    if late:
        warning = _("Langer dan 180 dagen niet nagekeken: %(titles)s.", titles=", ".join(late))
        found.append(Check("warning", warning))
    return (*found, *reader.sentences().checks())


@impl
def blueprints() -> Sequence[object]:
    """The page with every rule."""
    return (blueprint,)


@impl
def permissions() -> Mapping[str, str]:
    """Everybody may see how we reckon."""
    return dict.fromkeys(("subsidies.overview", "subsidies.sheet", "subsidies.schema"), "public")


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """In the menu of visitors and employers."""
    shown = role in {None, "employer"}
    return (NavItem(_("Steun en premies"), "subsidies.overview"),) if shown else ()
