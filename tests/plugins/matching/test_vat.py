"""VAT is part of the price of whoever is known not to get it back, and of nobody else's."""

from dataclasses import replace

import pytest

from marketplace.contract.answers import Aid, Aids
from marketplace.contract.values import Employer, Price
from plugins.matching.audit import decide, generated
from plugins.matching.audit.properties import PROPERTIES
from plugins.matching.audit.trial import audited
from plugins.matching.house_rules import RULES
from tests.factories.matching import need, offer, request

from .world import World

FIXED = Price("fixed", 100_000)


def asked(recoverable, **limits):
    facts = request(need("taal"), **{"net_cents": 500_000, **limits})
    return replace(facts, employer=Employer(vat_recoverable=recoverable))


def tenth(items):
    """A tenth of the gross price, certain."""
    given = tuple((Aid("fund", one.gross_cents // 10, "certain"),) for one in items)
    return [("fund", Aids({}, given))], ()


def line(recoverable, treatment, **limits):
    world = World([offer("course", price=FIXED, vat=treatment)], ask_aid=tenth)
    lines = world.advise(asked(recoverable, **limits)).bundle.lines
    return lines[0] if lines else None


@pytest.mark.parametrize(
    ("recoverable", "treatment", "vat"),
    [
        (False, "standard", 21_000),
        (False, "exempt", 0),
        (False, "outside", 0),
        (False, None, 21_000),
        (True, "standard", 0),
        (None, "standard", 0),
        (None, None, 0),
    ],
)
def test_the_net_price_has_the_vat_that_cannot_be_got_back(recoverable, treatment, vat):
    found = line(recoverable, treatment)
    assert (found.gross_cents, found.vat_cents, found.vat) == (100_000, vat, treatment)
    assert found.net_cents == 100_000 + vat - 10_000  # aid is a share of the price without VAT


@pytest.mark.parametrize(("budget", "fits"), [(111_000, True), (110_999, False)])
def test_the_budget_pays_the_vat(budget, fits):
    assert (line(False, "standard", net_cents=budget) is not None) is fits
    assert line(True, "standard", net_cents=budget) is not None


@pytest.mark.parametrize(
    ("recoverable", "treatment", "told"),
    [(False, None, True), (False, "standard", False), (None, None, False)],
)
def test_only_a_price_on_a_treatment_that_nobody_reviewed_says_so(recoverable, treatment, told):
    codes = [reason.code for reason in line(recoverable, treatment).reasons]
    assert ("vat-not-reviewed" in codes) is told


@pytest.mark.parametrize(("recoverable", "chosen"), [(False, "exempt"), (True, "taxed")])
def test_what_is_cheaper_with_vat_wins_and_beats_the_other(recoverable, chosen):
    offers = [
        offer("exempt", price=Price("fixed", 110_000), vat="exempt"),
        offer("taxed", price=FIXED, vat="standard"),
    ]
    answer = World(offers).advise(asked(recoverable))
    [certificate] = answer.certificates
    assert [one.offer for one in answer.bundle.lines] == [chosen]
    assert certificate.facts["by"] == chosen
    assert certificate.facts["by_net"] == answer.bundle.net_cents


@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.parametrize("name", PROPERTIES)
def test_what_the_audit_asks_holds_with_vat_too(name, seed):
    trial = generated(seed, 150, RULES)
    treatments = ("standard", "exempt", "outside", None)
    offers = [replace(one, vat=treatments[at % 4]) for at, one in enumerate(trial.offers)]
    employer = replace(trial.request.employer, vat_recoverable=False)
    taxed = replace(trial, offers=tuple(offers), request=replace(trial.request, employer=employer))
    assert not any(PROPERTIES[name](audited(decide, taxed)))
