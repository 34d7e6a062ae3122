"""A document as UBL 2.1 for Peppol BIS Billing 3.0: an Invoice (380) or a CreditNote (381).

Elements stand in the order of the schema. What a field means: docs.peppol.eu/poacc/billing/3.0.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from .terms import shown
from .treatments import TREATMENTS
from .values import Address, Buyer, CreditNote, Document, Invoice, InvoiceLine, Seller, VatRow

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CBC, CAC = f"{_UBL}CommonBasicComponents-2", f"{_UBL}CommonAggregateComponents-2"
CUSTOMISATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
KBO = "0208"
"""The scheme of Belgian enterprise numbers in the list of Peppol."""
PIECE = "C62"
CREDIT_TRANSFER = "30"

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold."""

Element: TypeAlias = "etree._Element"


def write(document: Document) -> bytes:
    """The document as XML in UTF-8."""
    kind = "Invoice" if isinstance(document, Invoice) else "CreditNote"
    space = f"{_UBL}{kind}-2"
    root = etree.Element(f"{{{space}}}{kind}", nsmap={None: space, "cac": CAC, "cbc": CBC})
    _head(root, document, kind)
    _seller(root, document)
    _buyer(root, document.buyer, _is_outside(document))
    if isinstance(document, Invoice):
        _payment(root, document)
    _totals(root, document)
    for number, line in enumerate(document.lines, 1):
        _line(root, number, line, kind)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def euro(cents: int) -> str:
    """An amount as XML writes it: a point and two decimals."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _is_outside(document: Document) -> bool:
    """Outside the scope no VAT number may be named (BR-O-02)."""
    return any(row.treatment == "outside" for row in document.vat)


def _head(root: Element, document: Document, kind: str) -> None:
    _text(root, "CustomizationID", CUSTOMISATION)
    _text(root, "ProfileID", PROFILE)
    _text(root, "ID", document.number)
    _text(root, "IssueDate", document.issued.isoformat())
    if isinstance(document, Invoice):
        _text(root, "DueDate", document.due.isoformat())
    _text(root, f"{kind}TypeCode", "380" if kind == "Invoice" else "381")
    if isinstance(document, CreditNote):
        _text(root, "Note", document.reason)
    _text(root, "DocumentCurrencyCode", "EUR")
    _text(root, "BuyerReference", document.purchase_order or document.order)
    if document.purchase_order:
        _text(_part(root, "OrderReference"), "ID", document.purchase_order)
    if isinstance(document, CreditNote):
        original = _part(_part(root, "BillingReference"), "InvoiceDocumentReference")
        _text(original, "ID", document.original)
        _text(original, "IssueDate", document.original_day.isoformat())


def _seller(root: Element, document: Document) -> None:
    seller, is_outside = document.seller, _is_outside(document)
    party = _party(root, "AccountingSupplierParty", seller, is_outside)
    if not is_outside and seller.vat_number is None:
        _scheme(party, seller.enterprise_number, "TAX")  # BR-E-02: else nothing names the seller
    _legal(party, seller.name, seller.enterprise_number)


def _buyer(root: Element, buyer: Buyer, is_outside: bool) -> None:
    party = _party(root, "AccountingCustomerParty", buyer, is_outside)
    _legal(party, buyer.name, buyer.enterprise_number)


def _party(root: Element, role: str, who: Seller | Buyer, is_outside: bool) -> Element:
    party = _part(_part(root, role), "Party")
    if who.enterprise_number:
        _text(party, "EndpointID", who.enterprise_number, schemeID=KBO)
        _text(_part(party, "PartyIdentification"), "ID", who.enterprise_number, schemeID=KBO)
    _text(_part(party, "PartyName"), "Name", who.name)
    _address(party, who.address)
    if who.vat_number and not is_outside:
        _scheme(party, who.vat_number, "VAT")
    return party


def _address(party: Element, address: Address) -> None:
    part = _part(party, "PostalAddress")
    _text(part, "StreetName", address.street)
    _text(part, "CityName", address.city)
    _text(part, "PostalZone", address.postcode)
    _text(_part(part, "Country"), "IdentificationCode", address.country)


def _scheme(party: Element, number: str, scheme: str) -> None:
    part = _part(party, "PartyTaxScheme")
    _text(part, "CompanyID", number)
    _text(_part(part, "TaxScheme"), "ID", scheme)


def _legal(party: Element, name: str, number: str | None) -> None:
    part = _part(party, "PartyLegalEntity")
    _text(part, "RegistrationName", name)
    if number:
        _text(part, "CompanyID", number, schemeID=KBO)


def _payment(root: Element, invoice: Invoice) -> None:
    means = _part(root, "PaymentMeans")
    _text(means, "PaymentMeansCode", CREDIT_TRANSFER)
    _text(means, "PaymentID", shown(invoice.communication))
    account = _part(means, "PayeeFinancialAccount")
    _text(account, "ID", invoice.seller.iban)
    _text(account, "Name", invoice.seller.name)
    if invoice.seller.bic:
        _text(_part(account, "FinancialInstitutionBranch"), "ID", invoice.seller.bic)
    days = (invoice.due - invoice.issued).days
    _text(_part(root, "PaymentTerms"), "Note", f"Te betalen binnen {days} kalenderdagen")


def _totals(root: Element, document: Document) -> None:
    total = _part(root, "TaxTotal")
    _amount(total, "TaxAmount", document.vat_cents)
    for row in document.vat:
        _vat_row(total, row)
    sums = _part(root, "LegalMonetaryTotal")
    _amount(sums, "LineExtensionAmount", document.net_cents)
    _amount(sums, "TaxExclusiveAmount", document.net_cents)
    _amount(sums, "TaxInclusiveAmount", document.total_cents)
    prepaid = document.prepaid_cents if isinstance(document, Invoice) else 0
    if prepaid:
        _amount(sums, "PrepaidAmount", prepaid)
    _amount(sums, "PayableAmount", document.total_cents - prepaid)


def _vat_row(total: Element, row: VatRow) -> None:
    part, treatment = _part(total, "TaxSubtotal"), TREATMENTS[row.treatment]
    _amount(part, "TaxableAmount", row.net_cents)
    _amount(part, "TaxAmount", row.vat_cents)
    category = _category(part, "TaxCategory", row.treatment)
    if treatment.code:
        scheme = category[-1]
        _text(category, "TaxExemptionReasonCode", treatment.code)
        _text(category, "TaxExemptionReason", treatment.reason)
        category.append(scheme)


def _line(root: Element, number: int, line: InvoiceLine, kind: str) -> None:
    part = _part(root, f"{kind}Line")
    _text(part, "ID", str(number))
    name = "InvoicedQuantity" if kind == "Invoice" else "CreditedQuantity"
    _text(part, name, str(line.quantity), unitCode=PIECE)
    _amount(part, "LineExtensionAmount", line.net_cents)
    item = _part(part, "Item")
    _text(item, "Name", line.title)
    _category(item, "ClassifiedTaxCategory", line.treatment)
    _amount(_part(part, "Price"), "PriceAmount", line.price_cents)


def _category(parent: Element, name: str, vat: str) -> Element:
    part, treatment = _part(parent, name), TREATMENTS[vat]
    _text(part, "ID", treatment.category)
    if treatment.percent is not None:
        _text(part, "Percent", str(treatment.percent))
    _text(_part(part, "TaxScheme"), "ID", "VAT")
    return part


def _part(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, f"{{{CAC}}}{name}")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = NOT_XML.sub("\ufffd", text)


def _amount(parent: Element, name: str, cents: int) -> None:
    _text(parent, name, euro(cents), currencyID="EUR")
