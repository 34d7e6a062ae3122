"""Invoices: from a delivered order to a legal invoice, its credit, its payment and the books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, Event, NavItem, Panel
from marketplace.contract.values import Json
from marketplace.kit.i18n import _

from . import finding, parties, reminding, sending
from .command import group
from .forms import Settings
from .hearing import hear
from .states import WORDS
from .views import bank, desk, employer
from .views import parties as party_pages

__all__ = ["reminding", "sending"]
"""They carry out jobs."""

PAGES = (employer.blueprint, desk.blueprint, party_pages.blueprint, bank.blueprint)
POLICIES: Mapping[str, Sequence[str]] = {
    "employer": ("index", "show", "printed", "xml", "pdf", "details"),
    "desk": (
        *("index", "show", "printed", "xml", "pdf", "as_csv", "as_xlsx"),
        *("complete", "issue", "drop", "sent", "remind", "credit"),
    ),
    "parties": ("sellers", "seller", "buyer"),
    "bank": ("statements", "entry", "assign", "give_back", "given_back", "ignore"),
}
"""Employers see their own papers; everything else is for the desk."""
DESK = ("consultant", "administrator")


@impl
def tell(event: Event) -> None:
    """Draft what was delivered, book what was paid elsewhere."""
    hear(event)


@impl
def blueprints() -> Sequence[object]:
    """The employer's pages, and those of the desk."""
    return PAGES


@impl
def permissions() -> Mapping[str, str]:
    """Who may reach each page."""
    return {
        f"{room}.{view}": "employer" if room == "employer" else "desk"
        for room, views in POLICIES.items()
        for view in views
    }


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """The lists in the main menu."""
    return [
        NavItem(_("Facturen"), "employer.index", ("employer",)),
        NavItem(_("Facturen"), "desk.index", DESK),
        NavItem(_("Uittreksels"), "bank.statements", DESK),
    ]


@impl
def panels(slot: str, subject: Mapping[str, Json]) -> Sequence[Panel]:
    """On the page of an order: its invoice, once it was issued."""
    if slot != "order":
        return []
    paper = finding.invoice_of_order(str(subject.get("order")))
    if paper is None or paper.issued is None:
        return []
    word, tone = WORDS[paper.state]
    facts = {"public_id": paper.public_id, "number": paper.number}
    return [Panel("@invoicing/panel.html", {**facts, "word": str(word), "tone": tone})]


@impl
def settings_form() -> type:
    """How invoices go out, and when people are reminded."""
    return Settings


@impl
def commands() -> Sequence[click.Command]:
    """``flask invoicing``."""
    return [group]


@impl
def checks() -> Sequence[Check]:
    """Sellers that cannot invoice yet."""
    missing = sorted(finding.slugs() - {row.slug for row in parties.sellers()})
    return [
        Check("warning", _("De gegevens van verkoper %(slug)s ontbreken.", slug=slug))
        for slug in missing
    ]
