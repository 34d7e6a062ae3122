"""What the house rules do to real offers and needs."""

import json

import pytest

from marketplace.catalogue.services.demo import demo_document
from marketplace.config import ROOT
from marketplace.kit.criteria import lookup
from plugins.matching.house_rules import RULES
from plugins.matching.rules import refusal, satisfied
from tests.factories.matching import need, offer, request

CARE = json.loads((ROOT / "plugins/care/data/offers.json").read_text("utf-8"))
OFFERS = [*demo_document()["offers"], *CARE["offers"]]


def codes(asked, given, judge, **more):
    look = lookup(request(asked, **more), asked, given)
    return {rule.code for rule in RULES if judge(rule, look)}


def refused(asked, given):
    return codes(asked, given, refusal)


def told(asked, given, **more):
    def wished(rule, look):
        return rule.effect != "refuse" and satisfied(rule, look)

    return codes(asked, given, wished, **more)


CLASS = offer("les", nature="training", tags=("class",))


def test_a_class_is_refused_where_levels_are_mixed_and_coaching_is_preferred():
    mixed = need(mixed_levels=True, hours_off_floor_per_week=2)
    assert refused(mixed, CLASS) == {"needs-one-level"}
    assert refused(mixed, offer()) == set()
    assert told(mixed, offer()) == {"coaching-for-mixed-levels"}


def test_a_class_is_preferred_for_five_of_one_level_with_two_hours():
    same = need(count=5, mixed_levels=False, hours_off_floor_per_week=2)
    assert told(same, CLASS) == {"class-for-one-level"}
    assert told(need(count=4, mixed_levels=False, hours_off_floor_per_week=2), CLASS) == set()
    assert told(need(count=5, hours_off_floor_per_week=2), CLASS) == set()


def test_what_is_for_newcomers_is_for_them_alone_and_goes_first_for_them():
    only = offer(tags=("first-year-workers",))
    assert refused(need(count=4, under_12_months=3), only) == {"only-first-year"}
    assert told(need(count=4, under_12_months=4), only) == {"made-for-first-year"}


def test_shifts_and_no_time_off_the_floor_ask_for_coaching():
    busy = need(shifts=("early", "late"), hours_off_floor_per_week=0)
    assert told(busy, offer()) == {"coaching-beside-shifts", "coaching-on-the-job"}


def test_the_language_regime_is_told_and_refuses_nothing():
    texts = need(topic="onboarding")
    folder = offer(nature="translation", topics=("onboarding",), languages=("tr",))
    assert told(texts, folder) == {"dutch-text-is-legal"}
    assert refused(texts, folder) == set()


@pytest.mark.parametrize("given", OFFERS, ids=lambda given: given["slug"])
def test_a_class_is_a_group_lesson_off_the_floor_and_is_tagged_so(given):
    is_class = given["nature"] == "training" and "group-course" in given["activities"]
    assert ("class" in given.get("tags", ())) == (is_class and given["hours"] > 0)


def test_every_tag_that_a_rule_names_is_worn_by_an_offer():
    named = {
        tag
        for rule in RULES
        for test in (*rule.when, *rule.require)
        if test.subject == "offer.tags"
        for tag in test.value
    }
    assert named <= {tag for given in OFFERS for tag in given.get("tags", ())}
