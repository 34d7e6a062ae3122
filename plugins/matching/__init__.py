"""Matching: from needs and budget to a reasoned advice. docs/matching.md explains the solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, NavItem, Panel
from marketplace.contract.rules import Rule
from marketplace.contract.values import Json, Line, Recommendation, RequestFacts

from . import pages, texts
from .command import match
from .eligibility import still_serves
from .house_rules import RULES
from .recommend import recommend as make_recommendation
from .snapshot import current, rule_book


@impl
def recommend(request: RequestFacts, salt: str) -> Recommendation:
    """The exact best bundle, with reasons."""
    return make_recommendation(request, salt)


@impl
def rules() -> Sequence[Rule]:
    """The rules of the game that hold in every sector."""
    return RULES


@impl
def reason_texts(language: str) -> Mapping[str, str]:
    """A sentence for every reason this plugin gives."""
    return texts.reason_texts(language)


@impl
def before_order(request: RequestFacts, line: Line) -> None:
    """An advice is no reservation: what held when it was given must hold when it is ordered."""
    still_serves(request, line, current(), rule_book())


@impl
def blueprints() -> Sequence[object]:
    """The page that explains the ranking."""
    return [pages.blueprint]


@impl
def permissions() -> Mapping[str, str]:
    """Anybody may know how we rank."""
    return {"matching.ranking": "public"}


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """Everybody finds the ranking at the foot of every page, a visitor also in the menu."""
    foot = NavItem(pages.title(), "matching.ranking", place="footer")
    return [foot] if role else [NavItem(pages.title(), "matching.ranking"), foot]


@impl
def panels(slot: str, subject: Mapping[str, Json]) -> Sequence[Panel]:
    """Below every advice: how it was ranked."""
    return [Panel("@matching/link.html")] if slot == "advice.foot" else []


@impl
def commands() -> Sequence[click.Command]:
    """``flask match``."""
    return [match]


@impl
def checks() -> Sequence[Check]:
    """Rules left out, an empty catalogue and sentences without translation are worth a look."""
    silent = rule_book().silent
    found = [Check("warning", f"rules left out of: {', '.join(silent)}")] if silent else []
    if not current().offers:
        found.append(Check("warning", "the published catalogue is empty"))
    found = found or [Check("ok", f"{len(current().offers)} offers in the snapshot")]
    return [*found, *texts.SENTENCES.checks()]
