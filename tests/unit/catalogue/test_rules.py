"""Rules are judged before they count: shape and size first, then meaning, then their two cases."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalogue import shape
from marketplace.catalogue.criteria import NEED, OFFER, OPERATORS, REQUEST, SUBJECTS, holds, lookup
from marketplace.catalogue.rule_documents import as_json, from_json
from marketplace.catalogue.rules import assumes, faults, in_force, refusal, satisfied, version
from marketplace.config import ROOT
from marketplace.contract.rules import Criterion, Rule
from marketplace.contract.values import Offer, Price
from tests.factories.catalogue import rule
from tests.factories.matching import need, offer, request

PREFER = {"effect": "prefer", "weight": 50}
HUGE = 10**5000
DEEP = [[[[[[1]]]]]]


def found(**change):
    return [(fault.path, fault.code) for fault in faults(replace(rule(), **change))]


@pytest.mark.parametrize("effect", ["refuse", "prefer", "note"])
def test_a_sound_rule_has_no_fault(effect):
    assert found(effect=effect, weight=50 if effect == "prefer" else 0) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"when": (Criterion("need.colour", "is", 1),)}, ("when[0].subject", "unknown-subject")),
        ({"when": (Criterion("need.topic", "like", 1),)}, ("when[0].op", "unknown-value")),
        ({"when": (Criterion("need.topic", "is", ["a"]),)}, ("when[0].value", "one-value-wanted")),
        (
            {"require": (Criterion("need.count", "at_least", "3"),)},
            ("require[0].value", "number-wanted"),
        ),
        (
            {"require": (Criterion("need.count", "at_least", True),)},
            ("require[0].value", "number-wanted"),
        ),
        ({"require": ()}, ("require", "too-few")),
        ({"passes": {"need.colour": 1}}, ("passes.need.colour", "unknown-subject")),
        ({"passes": {"need.topic": "onboarding", "need.count": 1}}, ("passes", "passes-refused")),
        ({"fails": {"need.topic": "onboarding", "need.count": 9}}, ("fails", "fails-passes")),
        ({"fails": {}}, ("fails", "fails-passes")),
        (PREFER | {"passes": {"need.count": 3}}, ("passes", "passes-not-satisfied")),
        (PREFER | {"passes": {"need.topic": "onboarding"}}, ("passes", "passes-not-satisfied")),
        (PREFER | {"fails": {"need.count": 1}}, ("fails", "fails-satisfied")),
        (PREFER | {"fails": {"need.topic": "onboarding"}}, ("fails", "fails-satisfied")),
        ({"effect": "boost"}, ("effect", "unknown-value")),
        ({"effect": "prefer"}, ("weight", "weight-missing")),
        ({"effect": "prefer", "weight": 101}, ("weight", "too-large")),
        ({"effect": "prefer", "weight": -1}, ("weight", "too-small")),
        ({"weight": 5}, ("weight", "weight-unwanted")),
        ({"code": 7}, ("code", "wrong-shape")),
        ({"code": "Een zin {x}"}, ("code", "wrong-shape")),
        ({"id": ""}, ("id", "wrong-shape")),
        ({"source": ""}, ("source", "empty")),
        ({"checked_on": "gisteren"}, ("checked_on", "wrong-shape")),
        (
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            ("valid_to", "dates-reversed"),
        ),
    ],
)
def test_a_faulty_rule_is_found(change, fault):
    assert fault in found(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"when": None},
        {"when": 3},
        {"when": ("need.topic",)},
        {"when": (None,)},
        {"when": ({"subject": "need.topic", "op": "is", "value": 1},)},
        {"require": (Criterion(None, None, None),)},
        {"require": (Criterion(["need.topic"], {}, HUGE),)},
        {"require": (Criterion("need.count", "in", DEEP),)},
        {"require": (Criterion("need.count", "at_least", HUGE),)},
        {"require": (Criterion("need.count", "at_least", 0.5),)},
        {"require": (Criterion("need.count", "at_least", 3),) * 10_000},
        {"require": (Criterion("need.topic", "in", ["x"] * 10_000),)},
        {"passes": None},
        {"passes": [("need.topic", 1)]},
        {"passes": {"need.topic": {"a": 1}}},
        {"passes": {("need", "topic"): 1}},
        {"passes": {f"answers.a.{number}": 1 for number in range(1_000)}},
        {"fails": {"need.topic": ["onboarding"], "need.count": [2]}},
        {"source": "x" * 10_000},
        {"source": None},
        {"effect": ["refuse"]},
        {"effect": None},
        {"weight": HUGE},
        {"weight": 1.5},
        {"checked_on": None},
        {"checked_on": datetime(2026, 1, 1)},  # noqa: DTZ001 - a wrong value
        {"valid_to": 7},
        {"code": None},
        {"id": HUGE},
    ],
    ids=lambda change: next(iter(change)),
)
def test_hostile_data_gives_faults_and_no_exception(change):
    assert found(**change)


@pytest.mark.parametrize("thing", [None, 7, "rule", {}, [], SimpleNamespace(when=1)])
def test_what_is_no_rule_at_all_is_said(thing):
    assert [fault.code for fault in faults(thing)] == ["no-rule"]


def test_a_fault_reads_as_one_dutch_line(app):
    with app.test_request_context():
        (fault,) = faults(replace(rule(), effect="prefer"))
        assert str(fault) == "weight: een voorkeur heeft een gewicht van 1 tot 100"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
CRITERION = st.builds(
    Criterion,
    st.sampled_from(sorted(SUBJECTS)) | ANYTHING,
    st.sampled_from(sorted(OPERATORS)) | ANYTHING,
    ANYTHING,
)
EXAMPLE = st.dictionaries(st.sampled_from(sorted(SUBJECTS)), ANYTHING, max_size=3) | ANYTHING


@given(
    st.builds(
        replace,
        st.just(rule()),
        when=st.lists(CRITERION, max_size=2).map(tuple) | ANYTHING,
        require=st.lists(CRITERION, max_size=2).map(tuple) | ANYTHING,
        effect=st.sampled_from(["refuse", "prefer", "note"]) | ANYTHING,
        weight=st.integers(0, 100) | ANYTHING,
        passes=EXAMPLE,
        fails=EXAMPLE,
    ),
    EXAMPLE,
)
def test_any_rule_is_judged_and_a_sound_one_never_fails_on_any_case(one, case):
    if not faults(one):
        look = case.get if isinstance(case, dict) else {}.get
        refusal(one, look)
        assumes(one, look)
        satisfied(one, look)
        assert faults(from_json(as_json(one))) == []


def test_only_a_refusal_refuses_and_assumes():
    low = {"need.topic": "onboarding", "need.count": 2}
    quiet = {"need.topic": "onboarding"}
    assert refusal(rule(), low.get).code == "c"
    assert assumes(rule(), quiet.get).facts == {"condition": "c"}
    wish = replace(rule(), **PREFER)
    assert refusal(wish, low.get) is None
    assert assumes(wish, quiet.get) is None
    assert not satisfied(wish, quiet.get)
    assert satisfied(wish, wish.passes.get)


def test_an_unknown_fact_never_refuses():
    assert refusal(rule(), {"need.topic": "onboarding"}.get) is None
    assert refusal(rule(), {"need.count": 1}.get) is None


@pytest.mark.parametrize("answer", ["veel", ["2"], True])
def test_an_answer_that_cannot_be_compared_counts_as_unknown(answer):
    beds = Criterion("answers.care.beds", "at_least", 3)
    assert holds(beds, {"answers.care.beds": answer}.get) is None
    assert holds(beds, {"answers.care.beds": 2}.get) is False


@pytest.mark.parametrize(
    ("op", "actual", "wanted", "expected"),
    [
        ("is", "a", "a", True),
        ("in", "a", ["a", "b"], True),
        ("not_in", "a", ["a"], False),
        ("not_in", ("a", "b"), ["c"], True),
        ("overlaps", ("a", "b"), ["b"], True),
        ("overlaps", ("a",), ["b"], False),
        ("at_least", 3, 3, True),
        ("at_most", 4, 3, False),
    ],
)
def test_operators(op, actual, wanted, expected):
    assert OPERATORS[op](actual, wanted) is expected


def test_a_rule_is_in_force_between_its_dates_inclusive():
    one = replace(rule(), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    assert in_force([one], date(2026, 12, 31)) == (one,)
    assert in_force([one], date(2027, 1, 1)) == ()
    assert in_force([one], date(2025, 12, 31)) == ()


def test_the_version_moves_with_any_rule_and_not_with_their_order():
    one, two = rule(), replace(rule(), id="s")
    assert version([one, two]) == version([two, one])
    assert version([one, two]) != version([one])
    assert version([replace(one, source="elders")]) != version([one])
    assert version([from_json(as_json(one))]) == version([one])


def test_the_schema_and_the_code_name_the_same_operators():
    assert set(shape.definition("criterion")["properties"]["op"]["enum"]) == set(OPERATORS)


def test_the_documentation_names_every_subject():
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert [subject for subject in sorted(SUBJECTS) if f"`{subject}`" not in text] == []


def test_every_subject_can_be_looked_up():
    look = lookup(request(), need(), offer())
    for subject in SUBJECTS:
        look(subject)
    assert look("need.colour") is None
    assert {*REQUEST, *NEED, *OFFER} == SUBJECTS


def test_what_an_offer_does_not_say_is_unknown():
    empty = Offer("v", "s", "tool", (), (), Price("free"), 0)
    silent = {name for name, value in OFFER.items() if value(empty) is None}
    assert {"offer.roles", "offer.modes", "offer.languages", "offer.reach"} <= silent


def test_the_subjects_of_a_need():
    mixed = need(mixed_levels=True, shifts=("early", "late"), temps=6)
    look = lookup(request(mixed), mixed)
    assert look("need.mixed_levels") is True
    assert look("need.shift_count") == 2
    assert look("need.temps_percent") == 50
    assert look("place.agency") == "agii"


def test_a_rule_is_a_value_that_survives_json():
    dated = replace(rule(), valid_to=date(2027, 1, 1), **PREFER)
    assert isinstance(dated, Rule)
    assert from_json(as_json(dated)) == dated
