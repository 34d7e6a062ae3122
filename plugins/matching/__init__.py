"""Matching: from needs and budget to a reasoned advice. docs/matching.md explains how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from marketplace.contract.answers import Line, Recommendation
from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, NavItem, Panel
from marketplace.contract.rules import Rule
from marketplace.contract.values import Json, RequestFacts
from marketplace.kit import catalogue
from marketplace.kit.i18n import _

from . import advising, pages, texts
from .command import match
from .hold import STALE, current, holder
from .house_rules import RULES


@impl
def recommend(request: RequestFacts, salt: str) -> Recommendation:
    """The exact best bundle, with reasons."""
    return advising.recommend(request, salt)


@impl
def replay(request: RequestFacts, salt: str, sources: Mapping[str, str]) -> Recommendation:
    """The same answer again, from what was stored with it."""
    return advising.replay(request, salt, sources)


@impl
def rules() -> Sequence[Rule]:
    """The rules of the game that hold in every sector."""
    return RULES


@impl
def reason_texts(language: str) -> Mapping[str, str]:
    """A sentence for every reason this plugin gives, and for every rule of a consultant."""
    return {**texts.reason_texts(language), **catalogue.consultant_sentences(language)}


@impl
def before_order(request: RequestFacts, line: Line) -> None:
    """An advice is no reservation: what held when it was given must hold when it is ordered."""
    advising.still_serves(request, line)


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
    """A catalogue that was not compiled, rules left out, and sentences without a translation."""
    compiled, failed = current(), holder().failed
    count = len(compiled.snapshot.version_ids)
    found = []
    if failed and STALE in compiled.book.silent:
        found.append(Check("error", _("De catalogus is niet bijgewerkt: %(why)s", why=failed[2])))
    if compiled.book.silent:
        names = ", ".join(compiled.book.silent)
        found.append(Check("warning", _("Deze bronnen tellen nu niet mee: %(names)s", names=names)))
    if not count:
        found.append(Check("warning", _("Er is nog geen aanbod gepubliceerd.")))
    told = _("%(count)s keer aanbod om uit te kiezen.", count=count)
    return [*(found or [Check("ok", told)]), *texts.SENTENCES.checks()]
