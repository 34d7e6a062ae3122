"""Why not: one certificate for every offer that could serve and was not chosen, and near misses
with one reason each, all of them sentences that people can read.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.advice import certificates
from marketplace.contract.answers import Aid, Aids
from marketplace.contract.values import Price, Reason
from plugins import matching
from plugins.matching.aid import EVERYTHING
from plugins.matching.conditions import CONDITIONS
from plugins.matching.house_rules import RULES
from plugins.matching.plain import plain
from plugins.matching.texts import reason_texts
from tests.factories.matching import need, offer, request

from .world import World

ASKED = request(
    need("a", count=4, shifts=("early", "late")),
    need("b", "onboarding", count=3, weight=2),
    need("c", "onboarding", count=2, weight=1),
)
TOPICS = (("dutch-on-the-floor",), ("onboarding",), ("onboarding", "dutch-on-the-floor"))

catalogues = st.lists(
    st.builds(
        dict,
        topics=st.sampled_from(TOPICS),
        price=st.sampled_from([0, 20_000, 40_000, 90_000, 500_000]).map(
            lambda cents: Price("fixed", cents)
        ),
        hours=st.sampled_from([0, 2, 5, 40]),
        shifts=st.sampled_from([(), ("early",), ("early", "late"), ("night",)]),
        lead_days=st.sampled_from([0, 30, 60]),
        group_min=st.sampled_from([1, 1, 4]),
        places_left=st.sampled_from([None, None, None, 1, 3, 5, 9]),
        evidence=st.sampled_from([(), ("kmo_registered",)]),
    ),
    max_size=10,
)


def fund(items):
    """Half of what is registered, from a pool that is soon empty."""
    given = tuple(
        (Aid("half", item.gross_cents // 2, "certain", "pot"),)
        if "kmo_registered" in item.offer.evidence
        else ()
        for item in items
    )
    return [("fund", Aids({"pot": 30_000}, given))], ()


def world_of(rows):
    return World([offer(f"o{at}", **row) for at, row in enumerate(rows)], ask_aid=fund)


def asked_with(money, hours):
    return request(*ASKED.needs, net_cents=money, hours=hours)


def wrong_certificates(decision, answer):
    """By needs and offer: how many certificates there are, where that is not as it must be."""
    field = decision.field
    chosen = {(field.need_ids(one.needs), one.row) for one in decision.chosen}
    able = {
        (field.need_ids(one.needs), field.snapshot.version_ids[row])
        for one in field.eligible
        for row in one.rows
        if (field.need_ids(one.needs), row) not in chosen
    }
    told = Counter((one.needs, one.version_id) for one in answer.certificates)
    return {key: told[key] for key in able | set(told) if told[key] != int(key in able)}


@given(
    rows=catalogues,
    money=st.sampled_from([0, 40_000, 90_000, 400_000]),
    hours=st.sampled_from([0, 20, 60, 300]),
)
def test_each_that_could_serve_and_was_not_chosen_has_exactly_one(rows, money, hours):
    world, asked = world_of(rows), asked_with(money, hours)
    decision, answer = world.decide(asked), world.advise(asked)
    assert wrong_certificates(decision, answer) == {}
    for one in answer.certificates:
        assert one.kind in {"dominated", "not-in-optimum", "blocked"}
        if one.kind == "dominated":
            assert one.facts["value"] <= one.facts["by_value"]
            assert one.facts["net"] >= one.facts["by_net"]
            assert one.facts["hours"] >= one.facts["by_hours"]


@given(
    rows=catalogues,
    money=st.sampled_from([0, 40_000, 90_000, 400_000]),
    hours=st.sampled_from([0, 20, 60, 300]),
)
def test_a_near_miss_has_one_reason_and_it_has_a_sentence(rows, money, hours):
    answer = world_of(rows).advise(asked_with(money, hours))
    sentences = reason_texts("nl")
    chosen = {(need, line.version_id) for line in answer.bundle.lines for need in line.needs}
    for miss in answer.near_misses:
        (reason,) = miss.reasons
        assert filled(sentences, reason)
        assert (miss.need, miss.version_id) not in chosen
    for miss in answer.uncovered:
        assert miss.reasons
        assert all(filled(sentences, reason) for reason in miss.reasons)
    for line in answer.bundle.lines:
        assert line.reasons
        assert all(filled(sentences, reason) for reason in line.reasons)


def filled(sentences, reason):
    """The sentence of a reason with its facts; KeyError when a fact is missing."""
    return sentences[reason.code].format_map(reason.facts)


def test_control_a_certificate_that_is_missing_or_told_twice_is_noticed():
    world = World([offer("one"), offer("two"), offer("three")])
    decision, answer = world.decide(ASKED), world.advise(ASKED)
    assert wrong_certificates(decision, answer) == {}
    assert len(answer.certificates) == 2
    for told in (answer.certificates[1:], (*answer.certificates, answer.certificates[0])):
        assert len(wrong_certificates(decision, Told(told))) == 1


def test_certificates_read_late_say_what_was_so_when_the_answer_was_made():
    world = World([offer("one"), offer("two", price=Price("fixed", 70_000))])
    decision, early = world.decide(ASKED), world.advise(ASKED).certificates
    decision.field.aid.ceiling = EVERYTHING  # a source of aid turned out to give too much
    assert early
    assert decision.certificates == early


def test_certificates_are_a_sequence_like_any_other():
    told = World([offer("one"), offer("two"), offer("three")]).advise(ASKED).certificates
    first, second = told
    assert (len(told), told[-1], told[:1]) == (2, second, (first,))
    assert told == [first, second] != [second, first]
    assert told != "certificates"
    assert plain(told) == plain((first, second))
    assert repr(told) == repr((first, second))


class Told:
    """An answer of which only the certificates count."""

    def __init__(self, certificates):
        self.certificates = certificates


CASES = {
    "beaten-by": (
        [offer("best"), offer("late", lead_days=60)],
        {"late": "beaten-by"},
    ),
    "loses-the-draw": (
        [offer("twin-a"), offer("twin-b")],
        {"twin": "loses-the-draw"},
    ),
    "over-budget": (
        [offer("best", lead_days=60), offer("dear", price=Price("fixed", 900_000))],
        {"dear": "over-budget"},
    ),
    "over-hours": (
        [offer("best", lead_days=60), offer("long", hours=100)],
        {"long": "over-hours"},
    ),
    "over-both": (
        [
            offer("best", lead_days=60),
            offer("huge", hours=100, price=Price("fixed", 900_000)),
        ],
        {"huge": "over-both"},
    ),
    "costs-points": (
        [offer("best"), offer("cheap", lead_days=60, price=Price("free"))],
        {"cheap": "costs-points"},
    ),
}


@pytest.mark.parametrize(("offers", "expected"), CASES.values(), ids=CASES)
def test_the_reason_says_what_stood_in_the_way(offers, expected):
    answer = World(offers).advise(request(need(count=4)))
    told = {miss.offer.split("-")[0]: miss.reasons[0] for miss in answer.near_misses}
    assert {slug: told[slug].code for slug in expected} == expected


def test_the_gap_to_the_budget_is_exact():
    offers = [offer("best", lead_days=60), offer("dear", price=Price("fixed", 900_000))]
    answer = World(offers).advise(request(need(count=4), net_cents=400_000))
    assert answer.near_misses[0].reasons == (Reason("over-budget", {"gap_cents": 500_000}),)
    richer = World(offers).advise(request(need(count=4), net_cents=900_000))
    poorer = World(offers).advise(request(need(count=4), net_cents=899_999))
    assert richer.bundle.lines[0].offer == "dear"
    assert poorer.bundle.lines[0].offer == "best"


def test_the_places_of_a_scarce_offer_go_to_one_need():
    scarce = offer("scarce", ("onboarding",), price=Price("free"), places_left=4)
    answer = World([scarce]).advise(request(*ASKED.needs[1:]))
    assert [line.needs for line in answer.bundle.lines] == [("b",)]
    (miss,) = answer.near_misses
    assert (miss.need, miss.reasons) == ("c", (Reason("places-taken"),))


MODULES = ("bundles", "certificates", "conditions", "fit", "misses", "rules", "screening")
NO_CODES = {condition.name for condition in CONDITIONS} - {"group-size"}
NO_CODES |= {"not-in-optimum", "offer-changed"}
CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def given_codes(source):
    """Every text in a module that looks like a reason code and is not the name of something."""
    found = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    return {one for one in found if isinstance(one, str) and CODE.fullmatch(one)} - NO_CODES


def without_sentence(sources):
    """The codes of the engine and its rules that nobody could read."""
    codes = {rule.code for rule in RULES}.union(*map(given_codes, sources))
    return codes - set(reason_texts("nl"))


def test_every_code_that_the_engine_can_give_has_a_dutch_sentence():
    folder = Path(matching.__file__).parent
    sources = [(folder / f"{name}.py").read_text("utf-8") for name in MODULES]
    assert without_sentence(sources) == set()
    codes = set().union(*map(given_codes, sources))
    assert {"fits-topic", "needs-more-money", "ends-too-late"} <= codes


def test_every_code_of_a_certificate_has_a_sentence():
    path = Path(certificates.__file__)
    codes = given_codes(path.read_text("utf-8"))
    assert {"beaten-by", "over-both", "over-either", "loses-the-draw"} <= codes
    assert codes - {"over-both-budgets"} <= set(certificates.TEXTS)  # that one is a relation


def test_control_a_code_without_a_sentence_is_found():
    assert without_sentence(['Reason("not-on-a-monday", {})']) == {"not-on-a-monday"}
