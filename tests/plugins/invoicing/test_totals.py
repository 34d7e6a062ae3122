"""Amounts, terms, communications and channels: the pure core of an invoice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import ogm_vcs

from marketplace.kit.errors import DomainError
from plugins.invoicing import channels, terms, treatments
from plugins.invoicing.values import InvoiceLine

from .papers import BUYER, DAY, SELLER, TAXED, invoice

LINES = st.lists(
    st.builds(
        InvoiceLine,
        st.just("Les"),
        st.integers(1, 50),
        st.integers(0, 10**7),
        st.sampled_from(["standard", "exempt"]),
    ),
    min_size=1,
    max_size=8,
).map(tuple)


def plain_half_up(cents, percent):
    """By counting cents, without the formula."""
    whole, rest = divmod(cents * percent, 100)
    return whole + (rest >= 50)


@given(LINES)
def test_vat_is_rounded_once_on_the_sum_of_a_treatment(lines):
    made = invoice(lines)
    taxed = sum(line.net_cents for line in lines if line.treatment == "standard")
    assert made.vat_cents == plain_half_up(taxed, 21)
    assert sum(row.net_cents for row in made.vat) == made.net_cents
    assert made.total_cents == made.net_cents + made.vat_cents


def test_rounding_per_line_would_give_another_amount():
    lines = (InvoiceLine("a", 1, 2, "standard"),) * 3  # 0.42 cent each, 1.26 together
    per_line = sum(treatments.vat_on(line.net_cents, "standard") for line in lines)
    assert (invoice(lines).vat_cents, per_line) == (1, 0)


@given(st.integers(1, 10**6), st.data())
def test_all_credits_together_take_back_exactly_the_vat(net, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, net), max_size=6)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, net], strict=True)]
    before, taken = 0, 0
    for part in parts:
        vat = treatments.credited_vat("standard", before, part)
        assert abs(vat - treatments.vat_on(part, "standard")) <= 1
        before, taken = before + part, taken + vat
    assert taken == treatments.vat_on(net, "standard")


def test_control_rounding_each_credit_apart_takes_back_too_much():
    parts = [50, 51]
    assert sum(treatments.vat_on(part, "standard") for part in parts) == 22
    assert treatments.vat_on(101, "standard") == 21


def test_what_nobody_reviewed_cannot_be_charged():
    for wrong in (None, "", "6"):
        with pytest.raises(DomainError) as refused:
            treatments.breakdown((InvoiceLine("a", 1, 100, wrong),))
        assert refused.value.code == "vat-not-reviewed"
        assert "keek na" in refused.value.message


def test_what_is_outside_the_scope_stands_alone():
    lines = (InvoiceLine("a", 1, 100, "outside"), InvoiceLine("b", 1, 100, "standard"))
    with pytest.raises(DomainError, match="apart"):
        treatments.breakdown(lines)


def test_who_has_no_vat_number_charges_no_vat():
    treatments.check_seller(SELLER, invoice().vat)
    with pytest.raises(DomainError, match="btw-nummer"):
        treatments.check_seller(replace(SELLER, vat_number=None), invoice().vat)


@pytest.mark.parametrize("days", [0, 30, 60])
def test_a_term_is_at_most_sixty_days(days):
    assert terms.due_on(DAY, days) == DAY + timedelta(days=days)


@pytest.mark.parametrize("days", [-1, 61, 90])
def test_a_longer_term_is_refused(days):
    with pytest.raises(DomainError, match="60 dagen"):
        terms.due_on(DAY, days)


def test_the_term_is_thirty_days_when_nobody_says_another():
    assert terms.due_on(date(2026, 11, 23)) == date(2026, 12, 23)


@given(st.integers(2020, 2089), st.integers(1, 999), st.integers(1, 99_999))
def test_a_communication_is_valid_and_found_again(year, seller, sequence):
    made = terms.communication_of(year, seller, sequence)
    assert ogm_vcs.is_valid(made)
    assert not made.startswith("9")
    for text in (made, terms.shown(made), f" {made[:3]} {made[3:7]} {made[7:]} "):
        assert terms.communication_in(text) == made


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_communication(text):
    found = terms.communication_in(text)
    assert found is None or ogm_vcs.is_valid(found)


def test_a_communication_is_written_as_on_a_transfer():
    assert terms.shown("260001000069") == "+++260/0010/00069+++"


def test_two_numbers_never_share_a_communication():
    made = {
        terms.communication_of(y, s, n)
        for y in (2026, 2027)
        for s in (1, 12)
        for n in range(1, 400)
    }
    assert len(made) == 2 * 2 * 399


@pytest.mark.parametrize("facts", [(2026, 1000, 1), (2026, 1, 100_000), (2026, 0, 1), (2090, 1, 1)])
def test_a_communication_without_room_is_refused(facts):
    with pytest.raises(DomainError, match="op"):
        terms.communication_of(*facts)


EXEMPT = (InvoiceLine("a", 1, 100, "exempt"),)
OUTSIDE = (InvoiceLine("a", 1, 100, "outside"),)
CHANNELS = [
    (TAXED, {}, "", "peppol"),
    (TAXED, {"vat_number": None}, "", "paper"),
    (EXEMPT, {}, "", "paper"),
    (OUTSIDE, {}, "", "paper"),
    (TAXED, {"public_body": True}, "PO 1", "peppol"),
    (EXEMPT, {"public_body": True, "vat_number": None}, "PO 1", "peppol"),
    (EXEMPT + TAXED, {}, "", "peppol"),
]


@pytest.mark.parametrize(("lines", "buyer", "order", "channel"), CHANNELS)
def test_the_way_an_invoice_goes(lines, buyer, order, channel):
    made = invoice(lines, buyer=replace(BUYER, **buyer), purchase_order=order)
    assert channels.channel_of(made).channel == channel


def test_a_public_body_without_order_number_is_refused():
    with pytest.raises(DomainError) as refused:
        channels.channel_of(invoice(buyer=replace(BUYER, public_body=True)))
    assert (refused.value.code, refused.value.field) == ("no-order-number", "purchase_order")
