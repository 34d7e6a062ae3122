"""Rules are data: each carries an example that passes and one that fails, and both are run."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.contract.rules import Criterion, Rule
from marketplace.kit.criteria import OPERATORS, SUBJECTS
from plugins.matching.facts import Case
from plugins.matching.house_rules import RULES
from plugins.matching.rules import faults, in_force, refusal, version
from plugins.matching.texts import reason_texts
from tests.factories.matching import need, offer, request


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_house_rule_passes_and_fails_as_its_examples_say(rule):
    assert faults(rule) == []
    assert refusal(rule, rule.passes.get) is None
    assert refusal(rule, rule.fails.get).code == rule.code
    assert rule.source


def test_every_house_rule_has_a_sentence(app, session):
    with app.test_request_context():
        assert {rule.code for rule in RULES} <= set(reason_texts())


def a_rule(**more):
    facts = {
        "id": "r",
        "code": "c",
        "when": (Criterion("need.topic", "is", "onboarding"),),
        "require": (Criterion("need.count", "at_least", 3),),
        "source": "test",
        "checked_on": date(2026, 1, 1),
        "passes": {"need.topic": "onboarding", "need.count": 3},
        "fails": {"need.topic": "onboarding", "need.count": 2},
    }
    return Rule(**(facts | more))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"when": (Criterion("need.colour", "is", 1),)}, "unknown subject need.colour"),
        ({"when": (Criterion("need.topic", "like", 1),)}, "unknown operator like"),
        ({"fails": {"need.topic": "onboarding", "need.count": 9}}, "its failing example passes"),
        (
            {"passes": {"need.topic": "onboarding", "need.count": 1}},
            "its passing example is refused",
        ),
        (
            {"require": (Criterion("need.topic", "at_least", 1),)},
            "'onboarding' is not a whole number",
        ),
    ],
)
def test_a_faulty_rule_is_found(change, fault):
    assert fault in faults(replace(a_rule(), **change))


def test_an_unknown_fact_never_refuses():
    rule = a_rule()
    assert refusal(rule, {"need.topic": "onboarding"}.get) is None
    assert refusal(rule, {"need.count": 1}.get) is None


@pytest.mark.parametrize(
    ("op", "actual", "wanted", "holds"),
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
def test_operators(op, actual, wanted, holds):
    assert OPERATORS[op](actual, wanted) is holds


def test_a_rule_is_in_force_between_its_dates_inclusive():
    rule = a_rule(valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    assert in_force([rule], date(2026, 12, 31)) == (rule,)
    assert in_force([rule], date(2027, 1, 1)) == ()
    assert in_force([rule], date(2025, 12, 31)) == ()


def test_the_version_moves_with_any_rule_and_not_with_their_order():
    one, two = a_rule(), a_rule(id="s")
    assert version([one, two]) == version([two, one])
    assert version([one, two]) != version([one])


def test_every_subject_can_be_looked_up():
    case = Case(request(), need(), offer())
    for subject in SUBJECTS:
        case.look(subject)
    assert case.look("need.colour") is None
