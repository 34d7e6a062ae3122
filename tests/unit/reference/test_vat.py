"""VAT on a price, by the treatment that a person reviewed."""

import pytest

from marketplace.kit.money import vat_cents


@pytest.mark.parametrize(
    ("net", "treatment", "vat"),
    [
        (100_00, "standard", 21_00),
        (100_00, "exempt", 0),
        (100_00, "outside", 0),
        (0, "standard", 0),
        (50, "standard", 11),  # 10.5 cents is rounded up
        (49, "standard", 10),
    ],
)
def test_the_treatment_decides_the_rate(net, treatment, vat):
    assert vat_cents(net, treatment) == vat


def test_what_nobody_reviewed_counts_as_the_ordinary_rate():
    assert vat_cents(100_00, None) == vat_cents(100_00, "standard")


def test_another_treatment_is_refused():
    with pytest.raises(KeyError):
        vat_cents(100_00, "reduced")
