"""The audit holds for the engine, and for every property there is an engine that it catches."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.config import ROOT
from marketplace.contract.answers import Aid
from plugins.matching.audit import Engine, Outcome, decide, generated, run
from plugins.matching.audit.properties import PROPERTIES, TWINS
from plugins.matching.audit.run import band
from plugins.matching.audit.trial import audited
from plugins.matching.house_rules import RULES

from . import biased
from .trials import market, trial, with_twin

SEEDS = range(1, 5)


def failing(engine: Engine, offers=market) -> set[str]:
    return set(run(engine, [trial(seed, offers()) for seed in SEEDS]).failed)


@pytest.mark.parametrize("name", PROPERTIES)
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_property_holds_on_any_generated_catalogue(name, seed):
    faults = list(PROPERTIES[name](audited(decide, generated(seed, 150, RULES))))
    assert not any(faults)


@pytest.mark.parametrize("offers", [market, with_twin])
def test_everything_is_asked_and_holds_on_a_market_by_hand(offers):
    report = run(decide, [trial(seed, offers()) for seed in SEEDS])
    assert report.holds
    assert all(report.asked[name] for name in PROPERTIES)
    assert report.asked[TWINS] >= 12


def test_an_empty_catalogue_is_an_answer_too():
    assert run(decide, [trial(offers=[])]).holds


CONTROLS: dict[str, tuple[Engine, set[str]]] = {
    "agencies first": (biased.sifting(biased.for_agencies), {"owner-swap", TWINS}),
    "ties to agencies": (biased.sifting(biased.ties_for_agencies), {TWINS}),
    "ties to the newest": (
        biased.sifting(biased.best_of_equals(lambda one: one.version_id)),
        {TWINS},
    ),
    "nothing cheap": (
        biased.sifting(lambda offers, _l: [o for o in offers if o.price.cents not in CHEAP]),
        {"cheaper"},
    ),
    "nothing at once": (
        biased.sifting(lambda offers, _l: [o for o in offers if o.lead_days or o.hours == 0]),
        {"earlier"},
    ),
    "only round sums": (
        biased.within(lambda b: replace(b, net_cents=0) if b.net_cents % 100 else b),
        {"more-budget"},
    ),
    "thrift of time": (
        biased.within(lambda b: replace(b, hours=0) if b.hours > 200 else b),
        {"more-hours"},
    ),
    "distracted": (biased.sifting(biased.distracted), {"ineligible-offer"}),
    "decoy": (
        biased.sifting(biased.best_of_equals(lambda one: -one.price.cents, price=False)),
        {"dominated-offer"},
    ),
    "the crowd": (biased.sifting(biased.the_crowd), {"copy-of-a-loser"}),
    "no ceiling": (
        biased.within(lambda b: replace(b, net_cents=b.net_cents + 10_000_000)),
        {"limits"},
    ),
    "no reasons": (biased.telling(biased.silent), {"reasons"}),
    "asks more": (biased.telling(biased.asks_more), {"what-if"}),
    "asks less": (biased.telling(biased.asks_less), {"what-if"}),
    "promises": (biased.telling(biased.promises), {"what-if"}),
    "forgetful": (biased.forgetful(), {"repeat"}),
}
CHEAP = range(1, 5_000)


@pytest.mark.parametrize("name", CONTROLS)
def test_control_a_biased_engine_fails_exactly_its_property(name):
    engine, expected = CONTROLS[name]
    assert failing(engine) == expected


TIES: dict[str, Engine] = {
    "renaming": biased.sifting(biased.best_of_equals(lambda one: one.slug)),
    "reordering": biased.sifting(biased.ties_by_input),
    "owner-swap": biased.sifting(biased.ties_for_agencies),
}


@pytest.mark.parametrize("name", TIES)
def test_control_a_tie_that_is_no_lot_is_found(name):
    assert failing(TIES[name], with_twin) - {TWINS} == {name}


def test_every_property_has_a_control():
    caught = {name for _engine, names in CONTROLS.values() for name in names}
    assert {*caught, *TIES, "certificates"} == {*PROPERTIES, TWINS}


LIES = {
    "more money": lambda b: replace(b, net_cents=400_001),
    "another price": lambda b: replace(b, net_cents=b.net_cents - 1),
    "more hours": lambda b: replace(b, hours=201),
    "other hours": lambda b: replace(b, hours=b.hours - 1),
    "another value": lambda b: replace(b, value=b.value + 1),
    "covered twice": lambda b: replace(b, lines=(*b.lines, b.lines[0])),
    "cannot serve": lambda b: replace(b, lines=(replace(b.lines[0], needs=("veilig",)),)),
    "more places": lambda b: replace(
        b, lines=(replace(b.lines[0], version_id="v-mentor", participants=3),)
    ),
}


FUND = Aid("fund", 200_000, "certain", "audit:made-up")
LIES |= {
    "does not add up": lambda b: replace(b, lines=(replace(b.lines[0], aid=(FUND,)),)),
    "more aid than its pool": lambda b: replace(
        b, lines=(replace(b.lines[0], aid=(FUND,), net_cents=b.lines[0].gross_cents - 200_000),)
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_control_an_answer_that_breaks_a_limit_is_told_by_name(lie):
    engine = biased.telling(lambda outcome: replace(outcome, bundle=LIES[lie](outcome.bundle)))
    assert any(lie in fault for fault in PROPERTIES["limits"](audited(engine, trial())))


def test_control_an_answer_that_names_another_owner_is_found():
    def renamed(outcome: Outcome) -> Outcome:
        lines = tuple(replace(line, owner="agency") for line in outcome.bundle.lines)
        return replace(outcome, bundle=replace(outcome.bundle, lines=lines))

    assert failing(biased.telling(renamed)) == {"owner-swap", "renaming", "reordering"}


def test_control_a_need_that_is_passed_over_in_silence_is_found():
    engine = biased.telling(lambda outcome: replace(outcome, misses=()))
    assert failing(engine) == {"reasons"}


def test_the_smallest_failure_is_shown():
    report = run(biased.telling(biased.silent), [generated(3, 400, RULES)])
    found = report.failures["reasons"]
    assert len(found.trial.request.needs) == 1
    assert len(found.trial.offers) < 400
    assert found.trial.offers == generated(3, len(found.trial.offers), RULES).offers


def test_a_published_catalogue_is_not_cut_short():
    live = replace(trial(), published=True)
    found = run(biased.telling(biased.silent), [live]).failures["reasons"]
    assert len(found.trial.request.needs) == 1
    assert found.trial.offers == live.offers


def test_shares_count_who_could_serve_and_who_was_chosen():
    report = run(decide, [trial()])
    assert report.shares.eligible == {"agency": 4, "partner": 2}
    assert report.shares.chosen.total() == 2
    assert sum(report.shares.expected.values()) == 2


@pytest.mark.parametrize("draws", [0, 1, 7, 8, 40, 1_000])
def test_a_fair_coin_leaves_the_band_in_one_series_of_two_hundred(draws):
    low, high = band(draws)
    outside = 2 * sum(comb(draws, wins) for wins in range(low))
    assert high == draws - low
    assert 200 * outside <= 2**draws < 200 * (outside + 2 * comb(draws, low))


def test_two_runs_have_one_digest_and_another_engine_has_another():
    def digest(engine: Engine) -> str:
        return run(engine, [trial()]).digest

    assert digest(decide) == digest(decide)
    assert digest(decide) != digest(biased.telling(biased.silent))


def test_another_process_with_another_hash_seed_gives_the_same_digest():
    code = (
        "from plugins.matching.audit import decide, generated, run;"
        "print(run(decide, [generated(5, 100, ())]).digest)"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == run(decide, [generated(5, 100, ())]).digest
