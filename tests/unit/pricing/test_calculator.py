"""What an employer really pays: every cent is a row, and nothing uncertain is counted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.contract.answers import Aid
from marketplace.contract.values import Reason
from marketplace.pricing.calculator import ADDED, APART, SUMS, price_card

aids = st.lists(
    st.builds(
        Aid,
        rule=st.sampled_from(["a", "b", "c"]),
        cents=st.none() | st.integers(0, 300_000),
        certainty=st.sampled_from(["certain", "certain", "possible", "unknown"]),
        wage_side=st.booleans(),
        claimed=st.booleans(),
        apply_by=st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    ),
    max_size=5,
)
grosses = st.sampled_from([0, 1, 2, 3, 99, 240_000, 10_000_001])
treatments = st.sampled_from([None, "standard", "exempt", "outside"])
yes_no_unknown = st.sampled_from([True, False, None])
cases = (grosses, aids, treatments, yes_no_unknown)


def certain(cents, **more):
    return Aid("kmo", cents, "certain", **more)


def amounts(card):
    return {row.kind: row.cents for row in card.rows}


@given(*cases)
def test_every_sum_is_what_the_rows_above_it_come_to(gross, given_aids, vat, recoverable):
    card = price_card(gross, given_aids, (), vat, recoverable)
    running = 0
    for row in card.rows:
        if row.kind in ADDED:
            running += row.cents or 0
        elif row.kind in SUMS:
            assert row.cents == running
        else:
            assert row.kind in APART
    told = amounts(card)
    assert told["now"] == card.now_cents
    assert told["net"] == card.net_cents
    assert told.get("after_claims", card.now_cents) == card.after_claims_cents
    assert told.get("net_unrecovered") == card.net_unrecovered_cents


@given(*cases)
def test_net_is_never_below_zero_and_aid_never_above_the_price(gross, given_aids, vat, recoverable):
    card = price_card(gross, given_aids, (), vat, recoverable)
    assert 0 <= card.aid_cents <= gross
    assert 0 <= card.net_cents <= gross + (card.vat_cents or 0)


@given(*cases, st.integers(0, 300_000), st.booleans())
def test_more_aid_is_never_a_higher_price(gross, given_aids, vat, recoverable, cents, claimed):
    before = price_card(gross, given_aids, (), vat, recoverable)
    after = price_card(gross, [certain(cents, claimed=claimed), *given_aids], (), vat, recoverable)
    assert after.net_cents <= before.net_cents


@given(*cases, st.randoms())
def test_the_order_of_the_aids_changes_no_sum(gross, given_aids, vat, recoverable, random):
    shuffled = random.sample(given_aids, len(given_aids))
    one, two = (price_card(gross, few, (), vat, recoverable) for few in (given_aids, shuffled))
    assert [row.cents for row in one.rows if row.kind in SUMS] == [
        row.cents for row in two.rows if row.kind in SUMS
    ]


@given(*cases)
def test_every_aid_stands_in_the_card_exactly_once(gross, given_aids, vat, recoverable):
    card = price_card(gross, given_aids, (), vat, recoverable)
    shown = [row.aid for row in card.rows if row.aid]
    assert sorted(map(repr, shown)) == sorted(map(repr, given_aids))


def test_what_is_not_certain_and_what_is_on_wages_is_told_and_never_counted():
    card = price_card(
        240_000,
        [
            Aid("maybe", 50_000, "possible", most_cents=80_000),
            Aid("who-knows", None, "unknown"),
            certain(190_848, wage_side=True),
        ],
        vat="exempt",
    )
    assert card.net_cents == 240_000
    assert [(row.kind, row.cents, row.most_cents) for row in card.rows if row.kind in APART] == [
        ("possible", 50_000, 80_000),
        ("possible", None, None),
        ("wage", 190_848, None),
    ]


def test_a_claim_is_paid_first_and_comes_back():
    card = price_card(240_000, [certain(72_000, claimed=True)], (), "standard", True)
    assert amounts(card) == {
        "gross": 240_000,
        "vat": 50_400,
        "now": 290_400,
        "claim": -72_000,
        "after_claims": 218_400,
        "vat_back": -50_400,
        "net": 168_000,
    }


def test_when_nobody_knows_whether_vat_comes_back_both_prices_are_told():
    card = price_card(240_000, (), (), "standard", None)
    assert (card.net_cents, card.net_unrecovered_cents) == (240_000, 290_400)


def test_vat_that_nobody_reviewed_is_unknown_and_not_zero():
    card = price_card(240_000)
    assert card.vat_cents is None
    assert amounts(card)["vat"] is None
    assert amounts(price_card(240_000, vat="exempt"))["vat"] == 0


def test_deadlines_come_in_the_order_of_their_days_and_the_unknown_last():
    first, last = date(2027, 1, 5), date(2027, 2, 1)
    asked = [
        certain(1, apply="Bel."),
        certain(1, apply_by=last),
        Aid("maybe", None, "possible", apply_by=first),
        certain(1),
    ]
    assert [one.day for one in price_card(100, asked).deadlines] == [first, last, None]


def test_the_reasons_of_what_does_not_apply_are_in_the_card():
    reason = Reason("kmop-too-large", {"most": 249})
    assert price_card(100, (), [reason]).refused == (reason,)


@pytest.mark.parametrize(("gross", "aid"), [(-1, 0), (100, -1)])
def test_a_negative_amount_is_refused(gross, aid):
    with pytest.raises(ValueError, match="never negative"):
        price_card(gross, [certain(aid)])
