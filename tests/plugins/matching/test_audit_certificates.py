"""Certificates are held against the problem: right ones pass, and a figure that is off does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marketplace.contract.answers import Certificate
from marketplace.contract.values import Price
from plugins.matching.audit import Outcome, Trial, decide
from plugins.matching.audit.properties import PROPERTIES
from plugins.matching.audit.trial import audited
from tests.factories.matching import need, offer, request

from . import biased, trials

BEST = offer("best", price=Price("fixed", 100_000), hours=4, shifts=("early", "late"))
WORSE = offer("worse", price=Price("fixed", 120_000), hours=4, shifts=("early",))
SHORT = offer("short", price=Price("fixed", 50_000), hours=1, shifts=("early",))
DEAR = offer("dear", price=Price("fixed", 450_000), hours=4, shifts=("early", "late"))
LONG = offer("long", price=Price("free"), hours=20, shifts=("early", "late"))
TOUR = offer("tour", ("onboarding",), price=Price("free"), hours=0, places_left=13)
TOURS = offer("tours", ("onboarding",), price=Price("fixed", 10_000), hours=0)


def market() -> Trial:
    """Two needs; the tour has places for one of the two groups that could take it."""
    asked = request(
        need("taal", shifts=("early", "late")), need("onthaal", "onboarding"), hours=120
    )
    found = trials.trial(1, [BEST, WORSE, SHORT, DEAR, LONG, TOUR, TOURS])
    return replace(found, request=asked)


def certificate(name: str, kind: str, **facts: object) -> Certificate:
    needs = ("onthaal",) if name == "tours" else ("taal",)
    return Certificate(needs, name, f"v-{name}", kind, facts)  # type: ignore[arg-type]


def answer(*given: Certificate):
    """The engine with these certificates; what was chosen is asserted first."""

    def told(outcome: Outcome) -> Outcome:
        assert {line.offer for line in outcome.bundle.lines} == {"best", "tour"}
        return replace(outcome, certificates=given)

    return list(PROPERTIES["certificates"](audited(biased.telling(told), market())))


def figures() -> dict[str, int]:
    """Value, price and hours with the short course in place of the best."""
    alone = replace(market(), offers=(SHORT, TOUR))
    bundle = alone.ask(decide).bundle
    return {"value": bundle.value, "net_cents": bundle.net_cents, "hours": bundle.hours}


def right() -> tuple[Certificate, ...]:
    return (
        certificate("worse", "dominated", by="best"),
        certificate("short", "not-in-optimum", **figures()),
        certificate("dear", "not-in-optimum", more_cents=50_000),
        certificate("long", "not-in-optimum", more_hours=120),
        certificate("tours", "dominated", by="tour"),
    )


def test_right_certificates_hold():
    assert not any(answer(*right()))


WRONG = {
    "are not the least": certificate(
        "dear", "blocked", relation="over-both-budgets", more_cents=50_000, more_hours=1
    ),
    "the rival is worse": certificate("worse", "dominated", by="dear"),
    "is told": certificate("short", "not-in-optimum", value=1, net_cents=2, hours=3),
    "is not enough": certificate("dear", "not-in-optimum", more_cents=49_999),
    "less net_cents is enough": certificate("dear", "not-in-optimum", more_cents=50_001),
    "less hours is enough": certificate("long", "not-in-optimum", more_hours=121),
    "nothing that was chosen excludes it": certificate(
        "tours", "blocked", relation="excludes", by="tour"
    ),
    "unknown kind": certificate("tours", "unloved"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_control_a_wrong_certificate_is_found(fault):
    wrong = WRONG[fault]
    given = [wrong if one.version_id == wrong.version_id else one for one in right()]
    faults = [one for one in answer(*given) if one]
    assert len(faults) == 1
    assert fault in faults[0]


@pytest.mark.parametrize("given", [right()[1:], (*right(), right()[0])])
def test_control_each_candidate_has_exactly_one(given):
    assert "certificates" in answer(*given)[0]


def test_a_line_that_takes_the_places_blocks_another_of_the_same_offer():
    needs = (need("een", "onboarding", weight=2), need("twee", "onboarding", weight=1))
    asked = replace(market(), request=request(*needs), offers=(TOUR,))
    blocked = Certificate(
        ("twee",), "tour", "v-tour", "blocked", {"relation": "excludes", "by": "tour"}
    )
    engine = biased.telling(lambda outcome: replace(outcome, certificates=(blocked,)))
    assert not any(PROPERTIES["certificates"](audited(engine, asked)))
