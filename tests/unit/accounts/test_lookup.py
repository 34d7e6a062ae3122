"""Names that people type find the municipality or committee, or say what they may have meant."""

import pytest

from marketplace.accounts.forms import lookup


@pytest.fixture(autouse=True)
def _in_dutch(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("330", ["330"]),
        (" PC 330 ", ["330"]),
        ("318.02", ["318.02"]),
        ("330 – PC voor de gezondheidsinrichtingen en -diensten", ["330"]),
        ("groefbedrijf", ["102"]),
        ("gezondheid", None),
        ("999", []),
        ("", []),
        ("–", []),
        ("x" * 5000, []),
    ],
)
def test_a_committee_is_found_by_number_or_words(typed, codes):
    found = [one.code for one in lookup.committees(typed)]
    assert found == codes if codes is not None else len(found) > 1


def test_every_suggested_committee_is_accepted():
    for label in lookup.committee_names():
        (found,) = lookup.committees(label)
        assert lookup.committee_label(found) == label


def test_many_choices_are_cut_off():
    message = lookup.no_committee(lookup.committees("PC"))
    assert message.count("–") == 6
    assert "…" in message


def test_a_slip_of_the_pen_gets_a_suggestion():
    assert lookup.no_municipality("Antwepren") == (
        "Wij kennen deze gemeente niet. Bedoelt u Antwerpen?"
    )


def test_a_code_that_no_longer_exists_is_shown_as_it_is():
    assert lookup.municipality_name("99999") == "99999"
    assert lookup.committee_name("999") == "999"
