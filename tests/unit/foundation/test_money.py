"""Euro cents as people read and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.money import MOST_CENTS, euro, parse_euro, plain


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0 euro"),
        (5, "0,05 euro"),
        (1250, "12,50 euro"),
        (100_000, "1.000 euro"),
        (115_000, "1.150 euro"),
        (123_456_789, "1.234.567,89 euro"),
        (-1250, "−12,50 euro"),
    ],
)
def test_an_amount_reads_as_dutch(cents, text):
    assert euro(cents) == text


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("4000", 400_000),
        ("4.000", 400_000),
        ("4 000", 400_000),
        ("4\u00a0000", 400_000),
        ("4.000,50", 400_050),
        ("4 000,5", 400_050),
        ("12.50", 1250),
        ("12.5", 1250),
        ("€ 12,5", 1250),
        ("€12,50", 1250),
        ("12,50 euro", 1250),
        ("12 EUR", 1200),
        ("  7 ", 700),
        ("-3", -300),
        ("−3", -300),
        ("1.234.567,89", 123_456_789),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed, cents):
    assert parse_euro(typed) == cents


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "euro", "€", "veel", "1,234", "1.23.456", "1.2345", "12,345", "1e3", "0x10",
        "٣", "１２", "12\x00", "12\n13", "1,2,3", "--3", "4euro000", "€€4", "½", "∞", "nan",
        "9" * 10_000, "1" + ".000" * 3000, "10000000001",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError):
        parse_euro(typed)


@given(st.integers(-MOST_CENTS, MOST_CENTS))
def test_what_is_shown_can_be_typed_back(cents):
    assert parse_euro(euro(cents)) == cents
    assert parse_euro(plain(cents)) == cents


@given(st.text())
def test_no_text_gives_anything_but_cents_or_a_refusal(text):
    try:
        cents = parse_euro(text)
    except ValueError:
        return
    assert abs(cents) <= MOST_CENTS
