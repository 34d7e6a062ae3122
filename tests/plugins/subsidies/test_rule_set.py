"""What one request decides is kept for others that are alike, and only for those."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.contract.rules import Criterion
from marketplace.contract.values import Budget, RequestFacts
from plugins.subsidies import calculator, facts, reader
from plugins.subsidies.records import Amount, Condition
from plugins.subsidies.rule_set import Standing, rule_set

from . import cases, plain
from .test_golden_figures import AALST, BUILDER, CARE_HOME, SCHAARBEEK, SMALL_FIRM, SPRING, item

RECORDS = reader.bundled()
NEEDS = (item().need,)


def request(employer, place=AALST, **values):
    return RequestFacts(place, Budget(0, 0), NEEDS, employer=employer, **values)


@st.composite
def several(draw):
    """Rules, and requests one after the other with their offers."""
    asked = draw(st.lists(cases.requests, min_size=2, max_size=4))
    return draw(cases.rules()), [(one, draw(cases.items(one))) for one in asked]


@given(several())
def test_a_request_comes_to_the_same_whatever_was_asked_before(case):
    rules, asked = case
    for one, items in asked:
        answer, expected = (part.aid_for(one, items, rules) for part in (calculator, plain))
        assert answer == expected


def test_a_firm_that_is_alike_to_the_rules_is_not_judged_again():
    rules = rule_set(tuple(RECORDS[:-1]))
    larger = replace(SMALL_FIRM, headcount=21, turnover_eur=4_100_000)
    first, second = (Standing.of(request(firm), rules).on(SPRING) for firm in (SMALL_FIRM, larger))
    assert first is second
    other = Standing.of(request(replace(SMALL_FIRM, headcount=50)), rules).on(SPRING)
    assert other is not first


def test_most_rules_are_out_before_they_are_judged():
    rules = rule_set(RECORDS)
    for firm, place in ((SMALL_FIRM, AALST), (SMALL_FIRM, SCHAARBEEK), (CARE_HOME, AALST)):
        left = Standing.of(request(firm, place), rules).left()
        assert len(left) < len(rules.records) * 2 / 3
    names = {record.id for record in Standing.of(request(BUILDER), rules).left()}
    assert "constructiv-werkuren" in names
    assert "volta-149-01" not in names


@pytest.mark.parametrize("answer", [True, 1, 2, "yes", [1], {"a": 1}, None])
def test_an_answer_of_any_kind_is_judged_as_it_is(answer):
    tests = (Criterion("answers.x.y", "is", True), Criterion("answers.x.y", "at_least", 1))
    rule = replace(
        cases.ONE,
        who=tuple(Condition((test,), code) for test, code in zip(tests, ("a", "b"), strict=True)),
        what=(),
        amount=Amount("fixed", cents=100),
    )
    rules = (rule,)
    for given_answer in (1, True, answer):  # equal ones come first, so that they could be mixed up
        one = request(SMALL_FIRM, answers={"x.y": given_answer})
        assert calculator.aid_for(one, [item()], rules) == plain.aid_for(one, [item()], rules)


def test_what_is_remembered_has_a_bound():
    kept = facts.Kept()
    for number in range(10):
        assert kept.keep(number, number, 4) == number
    assert len(kept) <= 4


def test_without_a_day_of_asking_no_period_is_left_out():
    known = request(SMALL_FIRM, answers={"subsidies.kmop_conditions": True})
    dated = replace(known, asked_on=date(2026, 12, 1))
    both = [calculator.aid_for(one, (), RECORDS).ceiling for one in (known, dated)]
    assert both[0].permille >= both[1].permille > 0
