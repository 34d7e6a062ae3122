"""Which way an invoice goes, as a table: the first row that fits holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _

from .values import Document

PEPPOL, PAPER = "peppol", "paper"


@dataclass(frozen=True, slots=True)
class Row:
    """``asks_order``: the buyer's own order number must be on it."""

    holds: Callable[[Document], bool]
    channel: str
    why: str
    asks_order: bool = False


def _is_taxed(document: Document) -> bool:
    return any(row.treatment == "standard" for row in document.vat)


TABLE: tuple[Row, ...] = (
    Row(lambda d: d.buyer.public_body, PEPPOL, "public-body", asks_order=True),
    Row(lambda d: not _is_taxed(d), PAPER, "exempt"),
    Row(lambda d: d.buyer.vat_number is None, PAPER, "no-taxpayer"),
    Row(lambda d: True, PEPPOL, "taxed"),
)
"""Royal decree of 8 July 2025; efactuur.belgium.be; Mercurius asks for the order number."""


def channel_of(document: Document) -> Row:
    """The row that holds. Raises DomainError ``no-order-number`` when it asks for one."""
    row = next(row for row in TABLE if row.holds(document))
    if row.asks_order and not document.purchase_order:
        raise DomainError(
            "no-order-number",
            _("Een overheid betaalt alleen met haar bestelnummer erop. Vul het eerst in."),
            "purchase_order",
        )
    return row
