"""VAT on a total: the percentage by treatment, rounded half up, and nothing inferred."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.reference import vat_cents, vat_treatment, vat_treatments


def test_every_treatment_has_its_category_source_and_day_of_checking():
    found = vat_treatments().values()
    assert [(one.code, one.percent, one.category) for one in found] == [
        ("standard", 21, "S"),
        ("exempt", 0, "E"),
        ("outside", 0, "O"),
    ]
    assert all(one.source and one.checked_on and one.confidence in "ABC" for one in found)


def test_without_vat_an_invoice_says_why():
    for one in vat_treatments().values():
        assert bool(one.exemption and one.reason) == (one.percent == 0)


@pytest.mark.parametrize(
    ("cents", "vat"), [(0, 0), (2, 0), (3, 1), (50, 11), (250, 53), (240_000, 50_400)]
)
def test_half_a_cent_goes_up(cents, vat):
    assert vat_cents(cents, "standard") == vat


@given(st.integers(0, 10**12))
def test_the_rounding_is_never_more_than_half_a_cent(cents):
    off = vat_cents(cents, "standard") - Fraction(cents * 21, 100)
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


@pytest.mark.parametrize("treatment", ["exempt", "outside"])
def test_exempt_and_outside_have_no_vat(treatment):
    assert vat_cents(240_000, treatment) == 0


def test_what_nobody_reviewed_counts_as_the_standard_rate():
    assert vat_cents(10_000, None) == vat_cents(10_000, "standard") == 2_100


def test_a_treatment_that_nobody_knows_is_no_guess():
    with pytest.raises(KeyError):
        vat_treatment("reduced")
