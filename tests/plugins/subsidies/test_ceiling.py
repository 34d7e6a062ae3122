"""The ceiling: no item of a request ever gets more certain aid, and matching may rely on it."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from marketplace.contract.answers import Ceiling
from marketplace.contract.values import Employer
from plugins.matching.generated import offers, requests
from plugins.matching.recommend import bare_bundle
from plugins.matching.rule_book import book_of
from plugins.matching.snapshot import build
from plugins.subsidies import calculator, reader
from plugins.subsidies.records import Amount, Stacking, turns, versions_on

from . import cases, plain
from .test_golden_figures import AALST, CARE_HOME, MEDIUM_FIRM, SMALL_FIRM, ask, item

RECORDS = reader.bundled()
ANSWERED = {"febi_agreed": True, "kmop_conditions": True}
UNSHRUNK = settings(max_examples=5_000, phases=[Phase.generate], database=None)


@st.composite
def worlds(draw, rules):
    """A request, priced offers for it, and rules of aid."""
    request = draw(cases.requests)
    return request, draw(cases.items(request)), draw(rules)


def ceiling(request, rules):
    return calculator.aid_for(request, (), rules).ceiling


def within(most_of, item, aids):
    """Whether the certain aid on the invoice of one item stays under the ceiling."""
    certain = [aid for aid in aids if aid.certainty == "certain"]
    given_cents = sum(aid.cents for aid in certain if not aid.wage_side)
    hours = item.offer.hours * item.need.group.count
    most = item.gross_cents * most_of.permille // 1000 + most_of.hourly_cents * hours
    return given_cents <= most


def holds(world, most_of):
    request, items, rules = world
    answer = plain.aid_for(request, items, rules)
    return all(within(most_of, *one) for one in zip(items, answer.aids, strict=True))


@given(world=worlds(st.just(RECORDS)))
def test_no_offer_gets_more_from_the_bundled_rules(world):
    request, _items, rules = world
    assert holds(world, ceiling(request, rules))


@given(world=worlds(cases.rules()))
def test_no_offer_gets_more_from_whatever_rules(world):
    request, _items, rules = world
    assert holds(world, ceiling(request, rules))


@pytest.mark.parametrize("kind", ["hourly", "percentage"])
def test_a_ceiling_that_forgets_a_kind_of_rule_is_caught(kind):
    def caught(world):
        request, _items, rules = world
        known = tuple(rule for rule in rules if rule.amount.kind != kind)
        return not holds(world, ceiling(request, known))

    assert find(worlds(cases.rules()), caught, settings=UNSHRUNK)


@given(world=worlds(st.just(RECORDS)))
def test_the_bundled_rules_come_to_the_same_as_judged_one_by_one(world):
    same_as_plain(*world)


@given(world=worlds(cases.rules()))
def test_whatever_rules_come_to_the_same_as_judged_one_by_one(world):
    same_as_plain(*world)


def same_as_plain(request, items, rules):
    one_by_one, answer = (part.aid_for(request, items, rules) for part in (plain, calculator))
    assert answer.aids == one_by_one.aids
    assert answer.refused == one_by_one.refused
    assert answer.pools == one_by_one.pools


@given(rules=cases.rules())
def test_an_offer_that_differs_in_one_fact_is_judged_anew(rules):
    """The control of judging alike offers once: each fact the rules look at tells offers apart."""
    request = replace(_request(SMALL_FIRM), asked_on=cases.ASKED)
    one = item(gross_eur=2_400, tags=("cybersecurity",), under_12_months=1, start=cases.DAYS[0])
    others = [
        replace(one, gross_cents=2),
        replace(one, start=cases.DAYS[-1]),
        replace(one, offer=replace(one.offer, nature="advice")),
        replace(one, offer=replace(one.offer, hours=3)),
        replace(one, offer=replace(one.offer, tags=())),
        replace(one, need=replace(one.need, topic="onboarding")),
        replace(one, need=replace(one.need, group=replace(one.need.group, under_12_months=None))),
    ]
    same_as_plain(request, [one, *others, one], rules)


def _request(employer, **values):
    return replace(
        next(iter(requests(1, 1))),
        place=AALST,
        employer=employer,
        needs=(item().need,),
        answers={f"subsidies.{key}": value for key, value in ANSWERED.items()},
        **values,
    )


@pytest.mark.parametrize(
    ("employer", "most"),
    [
        (SMALL_FIRM, Ceiling(450)),
        (MEDIUM_FIRM, Ceiling(350)),
        (CARE_HOME, Ceiling(0, 2_500)),
        (Employer(), Ceiling(0)),
        (replace(SMALL_FIRM, aid_used_this_year_cents={"kmo": 750_000}), Ceiling(0)),
    ],
)
def test_the_ceiling_is_that_of_the_one_rule_that_can_be_certain(employer, most):
    assert ceiling(_request(employer), RECORDS) == most
    assert ceiling(replace(_request(employer), answers={}), RECORDS) == Ceiling(0)


def test_a_fund_for_dutch_lowers_nothing_when_nobody_asks_for_dutch():
    request = _request(CARE_HOME)
    onboarding = (replace(item().need, topic="onboarding"),)
    assert ceiling(replace(request, needs=onboarding), RECORDS) == Ceiling(0)


def rule(id_, percent, *excludes, **values):
    return replace(
        cases.ONE,
        id=id_,
        who=(),
        what=(),
        certainty="certain",
        amount=Amount("percentage", percent=percent),
        stacking=Stacking(percent, excludes=excludes),
        **values,
    )


def test_a_percentage_is_of_what_the_others_leave_and_rivals_never_add_up():
    request = _request(SMALL_FIRM)
    assert ceiling(request, [rule("a", 30), rule("b", 45)]) == Ceiling(615)
    assert ceiling(request, [rule("a", 30), rule("b", 45, "a")]) == Ceiling(450)
    # a rule that only excludes what comes later excludes nothing
    assert ceiling(request, [rule("a", 30, "b"), rule("b", 45)]) == Ceiling(615)


def of_gross(id_, percent):
    made = rule(id_, percent)
    return replace(made, stacking=replace(made.stacking, base="gross"))


def test_percentages_of_the_gross_price_add_up_and_never_pass_it():
    request = _request(SMALL_FIRM)
    assert ceiling(request, [of_gross("a", 30), of_gross("b", 45)]) == Ceiling(750)
    assert ceiling(request, [of_gross("a", 30), rule("b", 45)]) == Ceiling(750)
    assert ceiling(request, [of_gross("a", 70), of_gross("b", 45)]) == Ceiling(1000)


def test_control_a_ceiling_that_takes_every_percentage_of_the_rest_is_passed():
    request = replace(_request(SMALL_FIRM), asked_on=None)  # in time for whatever rule
    world = (request, [item(1_000)], (rule("a", 30), of_gross("b", 45)))
    assert holds(world, ceiling(request, world[2]))
    assert not holds(world, ceiling(request, [rule("a", 30), rule("b", 45)]))


def test_a_version_that_ended_before_the_day_of_asking_lowers_nothing():
    day = cases.ASKED
    past, now = rule("a", 45, valid_to=day), rule("a", 30, valid_from=day.replace(day=16))
    request = _request(SMALL_FIRM)
    assert ceiling(replace(request, asked_on=day), [past, now]) == Ceiling(450)
    assert ceiling(replace(request, asked_on=day.replace(day=16)), [past, now]) == Ceiling(300)
    assert ceiling(replace(request, asked_on=None), [past, now]) == Ceiling(450)


def test_the_ceiling_is_told_when_asked_without_items():
    assert ask(CARE_HOME).ceiling == Ceiling(0)
    assert ask(CARE_HOME, item()).ceiling is None  # once is enough


def test_matching_finds_the_same_bundle_with_and_without_the_ceiling_and_asks_about_less():
    asked = {True: 0, False: 0}

    def best(snapshot, facts, told):
        def aid_for(items):
            asked[told] += len(items)
            answer = calculator.aid_for(facts, items, RECORDS)
            return [("subsidies", answer if told else replace(answer, ceiling=None))], ()

        book = book_of((), ())
        return bare_bundle(facts, snapshot, book, "salt", lambda _ids: {}, aid_for)[2].best

    for seed, employer in enumerate([SMALL_FIRM, CARE_HOME, MEDIUM_FIRM]):
        snapshot = build(1, list(offers(seed, 300)))
        for request in requests(seed, 4):
            facts = replace(_request(employer), needs=request.needs, budget=request.budget)
            assert best(snapshot, facts, True) == best(snapshot, facts, False)
    assert asked[True] < asked[False]


def test_between_two_turns_the_same_versions_count():
    days = turns(RECORDS)
    assert days
    for first, after in pairwise(days):
        one, two = (date.fromordinal(day) for day in (first, after - 1))
        assert versions_on(RECORDS, one) == versions_on(RECORDS, two)
        assert versions_on(RECORDS, two) != versions_on(RECORDS, date.fromordinal(after))
