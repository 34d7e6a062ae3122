"""An invoice and a credit note as frozen values. Money is whole euro cents, days are in Brussels.

What is here is what is kept: the page, the PDF and the Peppol file are all made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Address:
    """Where a party is reached; ``country`` is ISO 3166."""

    street: str
    postcode: str
    city: str
    country: str = "BE"


@dataclass(frozen=True, slots=True)
class Seller:
    """Who invoices; ten digits in ``enterprise_number``, ``vat_number`` None: no VAT is charged."""

    name: str
    enterprise_number: str
    vat_number: str | None
    address: Address
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who is invoiced. Without ``vat_number`` the buyer is no VAT taxpayer."""

    name: str
    enterprise_number: str | None
    vat_number: str | None
    address: Address
    public_body: bool = False


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """So many times one price without VAT. ``treatment``: standard | exempt | outside."""

    title: str
    quantity: int
    price_cents: int
    treatment: str

    @property
    def net_cents(self) -> int:
        """The line without VAT; VAT is never rounded per line."""
        return self.quantity * self.price_cents


@dataclass(frozen=True, slots=True)
class VatRow:
    """The VAT of all lines with one treatment."""

    treatment: str
    net_cents: int
    vat_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an invoice and a credit note share. ``order`` is the public id of the order.

    ``purchase_order`` is the buyer's own number, '' when there is none.
    """

    number: str
    issued: date
    seller: Seller
    buyer: Buyer
    lines: tuple[InvoiceLine, ...]
    vat: tuple[VatRow, ...]
    order: str
    purchase_order: str = ""

    @property
    def net_cents(self) -> int:
        """All lines together, without VAT."""
        return sum(line.net_cents for line in self.lines)

    @property
    def vat_cents(self) -> int:
        """All VAT together."""
        return sum(row.vat_cents for row in self.vat)

    @property
    def total_cents(self) -> int:
        """With VAT."""
        return self.net_cents + self.vat_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(Document):
    """What is to be paid, when and how. ``communication`` has the twelve digits of the OGM."""

    due: date
    communication: str
    prepaid_cents: int = 0

    @property
    def payable_cents(self) -> int:
        """What is still to be paid on the day of issue."""
        return self.total_cents - self.prepaid_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote(Document):
    """What is taken back of an invoice; amounts are positive, the kind says the direction."""

    original: str
    original_day: date
    reason: str
