"""Each condition refuses with its own code and facts, and passes when it does not apply."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.contract.values import Employer
from plugins.matching.conditions import CONDITIONS
from plugins.matching.situation import situations
from plugins.matching.traits import READ, TRAITS
from tests.factories.matching import AALST, need, offer, request

from . import plain
from .world import World, refusals

CASES = [
    ("other-audience", {}, {"roles": ("supervisors",)}, {"roles": ("workers", "teams")}),
    ("not-in-your-area", {}, {"reach": ("brussel", "44021")}, {"reach": ("41002",)}),
    ("other-sector", {}, {"joint_committees": ("124",)}, {"joint_committees": ("330",)}),
    ("activity-unknown", {}, {"nace_prefixes": ("41",)}, {"nace_prefixes": ()}),
    (
        "level-does-not-fit",
        {"level_from": "A0"},
        {"level_from": "A1", "level_to": "B1"},
        {"level_from": "A0", "level_to": "A2"},
    ),
    ("shifts-do-not-fit", {"shifts": ("night",)}, {"shifts": ("day",)}, {"shifts": ("night",)}),
    ("mode-does-not-fit", {"modes": ("on_site",)}, {"modes": ("online",)}, {"modes": ("on_site",)}),
    ("group-too-small", {"count": 3}, {"group_min": 4}, {"group_min": 3}),
    (
        "too-many-hours-a-week",
        {"hours_off_floor_per_week": 1},
        {"hours_per_week": 2},
        {"hours_per_week": 1},
    ),
    (
        "ends-too-late",
        {"latest_end": date(2026, 12, 31)},
        {"weeks": 10},
        {"weeks": 5},
    ),
    ("no-places-left", {"count": 12}, {"places_left": 11}, {"places_left": 12}),
]


def codes(asked, given, rules=()):
    return [one.code for one in refusals(asked, given, rules)]


@pytest.mark.parametrize(("code", "asked", "fails", "passes"), CASES, ids=[c[0] for c in CASES])
def test_a_condition_refuses_only_when_it_must(code, asked, fails, passes):
    wanted = request(need(**asked))
    assert codes(wanted, offer(**fails)) == [code]
    assert codes(wanted, offer(**passes)) == []


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: one.name)
def test_the_examples_beside_a_condition_do_as_they_say(condition):
    asked, given = condition.passes
    assert codes(request(need(**asked)), offer(**given)) == []
    asked, given = condition.fails
    wanted, failing = request(need(**asked)), offer(**given)
    (case,) = situations(wanted)
    value = READ[condition.trait](failing)
    assert codes(wanted, failing) == [condition.refuse(value, case)]
    (reason,) = refusals(wanted, failing)
    assert reason.facts == condition.facts(value, case)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: one.name)
def test_a_condition_looks_at_nothing_but_its_trait(condition):
    """A failing offer and its passing twin differ in the fields of the trait alone."""
    asked, given = condition.fails
    assert set(given) <= set(TRAITS[condition.trait])
    (case,) = situations(request(need(**asked)))
    assert condition.refuse(READ[condition.trait](offer()), case) is None


def test_the_plain_judge_has_every_condition():
    assert len(plain.CONDITIONS) == len(CONDITIONS)


def test_what_the_employer_did_not_say_does_not_refuse():
    demanding = offer(shifts=("day",), modes=("online",), level_from="B1", hours_per_week=3)
    assert codes(request(need()), demanding) == []


def test_an_offer_for_one_sector_asks_for_the_sector_first():
    assert codes(request(employer=Employer()), offer(joint_committees=("330",))) == [
        "sector-unknown"
    ]


def test_an_offer_for_another_activity_says_which():
    asked = request(employer=Employer(nace="87.101"))
    assert codes(asked, offer(nace_prefixes=("41",))) == ["other-activity"]
    assert refusals(asked, offer(nace_prefixes=("41",)))[0].facts == {"nace": ["41"]}


def test_a_sub_committee_and_a_nace_code_count_as_their_parents():
    committee = request(employer=Employer(joint_committees=("330.01",)))
    activity = request(employer=Employer(nace="87.101"))
    tailored = offer(joint_committees=("330",), nace_prefixes=("87",))
    assert codes(committee, tailored) == []
    assert codes(activity, tailored) == []


def test_lead_time_moves_the_end():
    wanted = request(need(latest_end=date(2026, 12, 31)))
    assert codes(wanted, offer(weeks=1, lead_days=60)) == ["ends-too-late"]


def test_a_working_area_of_the_competent_agency_reaches_the_place():
    wanted, mine = request(), offer(reach=("area:agii",))
    elsewhere = replace(wanted, place=replace(AALST, agency="atlas", refnis="11002"))
    assert codes(wanted, mine) == []
    assert codes(elsewhere, mine)


def test_a_track_starts_on_a_working_day():
    (on_christmas,) = situations(request(start=date(2026, 12, 25)))
    assert on_christmas.first_day(0) == date(2026, 12, 28)
    (today,) = situations(request())
    assert today.first_day(5) == date(2026, 11, 30)
    assert today.first_day(0) == date(2026, 11, 23)


def test_all_that_refuses_is_told_at_once():
    asked = request(need(count=3, shifts=("night",)))
    given = offer(group_min=4, shifts=("day",), roles=("teams",))
    assert codes(asked, given) == ["group-too-small", "shifts-do-not-fit", "other-audience"]


def test_a_topic_that_nobody_offers_anything_for_has_no_offers():
    (verdict,) = World([offer()]).screen(request(need("b", "mentoring")))
    assert (len(verdict.posting.rows), verdict.eligible) == (0, 0)
    assert World([offer()]).advise(request(need("b", "mentoring"))).bundle.lines == ()
