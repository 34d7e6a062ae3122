"""Sellers, buyers and documents for the tests, and many of them from a seed."""

import random
from dataclasses import replace
from datetime import date, timedelta

from plugins.invoicing.terms import communication_of
from plugins.invoicing.treatments import breakdown, credited_vat
from plugins.invoicing.values import (
    Address,
    Buyer,
    CreditNote,
    Invoice,
    InvoiceLine,
    Seller,
    VatRow,
)

ADDRESS = Address("Kerkstraat 1", "9300", "Aalst")
SELLER = Seller("AgII", "0403019261", "BE0403019261", ADDRESS, "BE68539007547034", "GKCCBEBB")
BUYER = Buyer("Woonzorgcentrum Den Boomgaard", "0403019261", "BE0403019261", ADDRESS)
DAY = date(2026, 11, 23)
TAXED = (InvoiceLine("Taalcoaching op de werkvloer", 1, 240_000, "standard"),)
HOSTILE = ["<b>x</b>", "a & b", "]]>", "é ü 漢 🙂", "' \" `", "x" * 120, "𝕏", "a\tb", "\u200bx"]


def invoice(lines=TAXED, number=1, **changes):
    facts = {
        "number": f"2026-{number:05d}",
        "issued": DAY,
        "seller": SELLER,
        "buyer": BUYER,
        "lines": lines,
        "vat": breakdown(lines),
        "order": "order-1",
        "due": DAY + timedelta(days=30),
        "communication": communication_of(2026, 1, number),
    }
    return Invoice(**(facts | changes))


def credit(lines=TAXED, number=2, **changes):
    facts = {
        "number": f"2026-{number:05d}",
        "issued": DAY,
        "seller": SELLER,
        "buyer": BUYER,
        "lines": lines,
        "vat": breakdown(lines),
        "order": "order-1",
        "original": "2026-00001",
        "original_day": DAY,
        "reason": "De opleiding ging niet door.",
    }
    return CreditNote(**(facts | changes))


def many(count, seed=1):
    """Invoices and credit notes of every treatment, with odd amounts and odd names."""
    draw = random.Random(seed)  # noqa: S311 - a seed makes the same documents again
    return [_one(draw, number) for number in range(1, count + 1)]


def _one(draw, number):
    treatments = draw.choice([["outside"], ["exempt"], ["standard"], ["standard", "exempt"]])
    lines = tuple(_line(draw, vat) for vat in treatments for _ in range(draw.randint(1, 4)))
    seller, buyer = _parties(draw, treatments)
    facts = {"number": number, "seller": seller, "buyer": buyer}
    facts["purchase_order"] = draw.choice(["", "PO 2026/114", *HOSTILE])
    if draw.random() < 0.4:
        return _credit_of_a_part(draw, lines, **facts)
    made = invoice(lines, due=DAY + timedelta(days=draw.randint(0, 60)), **facts)
    prepaid = draw.choice([0, 0, 1, made.total_cents])
    return replace(made, prepaid_cents=min(prepaid, made.total_cents))


def _line(draw, vat):
    title = draw.choice(["Opleiding", *HOSTILE])
    price = draw.choice([1, 5, 49, 333, 10_001, 240_000, 99_999_999])
    return InvoiceLine(title, draw.choice([1, 1, 3, 12]), price, vat)


def _parties(draw, treatments):
    """Who charges no VAT may lack a number; who buys may lack it always."""
    name = draw.choice(["AgII", *HOSTILE])
    number = None if "standard" not in treatments and draw.random() < 0.5 else SELLER.vat_number
    seller = replace(SELLER, name=name, vat_number=number, bic=draw.choice(["", "GKCCBEBB"]))
    buyer = replace(BUYER, name=draw.choice(["Firma", *HOSTILE]), public_body=draw.random() < 0.3)
    return seller, replace(buyer, vat_number=draw.choice([None, BUYER.vat_number]))


def _credit_of_a_part(draw, lines, **facts):
    """The credited VAT is the difference of two rounded sums, so it may differ by a cent."""
    vat, price = lines[0].treatment, draw.randint(1, lines[0].price_cents)
    line = InvoiceLine(lines[0].title, 1, price, vat)
    before = draw.randint(0, 10_000)
    rows = (VatRow(vat, price, credited_vat(vat, before, price)),)
    return credit((line,), vat=rows, **facts)
