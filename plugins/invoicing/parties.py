"""Sellers and buyers: from their rows to the values that a paper holds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.kit import audit
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.models import session
from marketplace.kit.organisations import organisation

from .models import BuyerRow, SellerRow
from .values import Address, Buyer, Seller


def sellers() -> Sequence[SellerRow]:
    """Every seller by name."""
    return session.scalars(select(SellerRow).order_by(SellerRow.name, SellerRow.id)).all()


def seller_row(slug: str) -> SellerRow | None:
    """The seller of this provider; None as long as nobody filled it in."""
    return session.scalars(select(SellerRow).where(SellerRow.slug == slug)).one_or_none()


def seller_of(slug: str) -> tuple[SellerRow, Seller]:
    """The seller. Raises DomainError ``no-seller`` when nobody filled it in."""
    row = seller_row(slug)
    if row is None:
        raise DomainError(
            "no-seller",
            _("De gegevens van de verkoper “%(slug)s” ontbreken. Vul ze eerst in.", slug=slug),
        )
    address = Address(row.street, row.postcode, row.city)
    seller = Seller(row.name, row.enterprise_number, row.vat_number, address, row.iban, row.bic)
    return row, seller


def buyer_row(organisation_id: str) -> BuyerRow | None:
    """Where an employer's invoices go; None as long as nobody filled it in."""
    query = select(BuyerRow).where(BuyerRow.organisation == organisation_id)
    return session.scalars(query).one_or_none()


def buyer_of(organisation_id: str) -> Buyer:
    """The buyer. Raises NotFound, or DomainError ``no-buyer`` without an address."""
    party, row = organisation(organisation_id), buyer_row(organisation_id)
    if row is None:
        raise DomainError(
            "no-buyer",
            _("Het factuuradres van %(name)s ontbreekt. Vul het eerst in.", name=party.name),
        )
    number = party.enterprise_number
    vat_number = f"BE{number}" if row.vat_taxpayer and number else None
    address = Address(row.street, row.postcode, row.city)
    return Buyer(party.name, number, vat_number, address, row.public_body)


def save(row: SellerRow | BuyerRow, values: dict[str, object]) -> None:
    """Keep typed and checked values in the transaction in hand; the audit log keeps both."""
    old = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    kind = "seller" if isinstance(row, SellerRow) else "buyer"
    audit.record(f"invoicing.{kind}", f"{kind}:{row.id}", old=old, new=values)
