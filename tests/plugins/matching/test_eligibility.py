"""Each condition refuses with its own code and facts, and passes when it does not apply."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.contract.values import Employer
from plugins.matching.eligibility import first_day, refusals
from plugins.matching.facts import Case
from tests.factories.matching import AALST, need, offer, request

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


@pytest.mark.parametrize(("code", "asked", "fails", "passes"), CASES, ids=[c[0] for c in CASES])
def test_a_condition_refuses_only_when_it_must(code, asked, fails, passes):
    wanted = need(**asked)
    codes = [one.code for one in refusals(Case(request(wanted), wanted, offer(**fails)), ())]
    assert codes == [code]
    assert refusals(Case(request(wanted), wanted, offer(**passes)), ()) == ()


def test_what_the_employer_did_not_say_does_not_refuse():
    bare = need()
    demanding = offer(shifts=("day",), modes=("online",), level_from="B1", hours_per_week=3)
    assert refusals(Case(request(bare), bare, demanding), ()) == ()


def test_an_offer_for_one_sector_asks_for_the_sector_first():
    asked = request(employer=Employer())
    found = refusals(Case(asked, need(), offer(joint_committees=("330",))), ())
    assert [one.code for one in found] == ["sector-unknown"]


def test_an_offer_for_another_activity_says_which():
    asked = request(employer=Employer(nace="87.101"))
    found = refusals(Case(asked, need(), offer(nace_prefixes=("41",))), ())
    assert [one.code for one in found] == ["other-activity"]


def test_a_sub_committee_and_a_nace_code_count_as_their_parents():
    committee = request(employer=Employer(joint_committees=("330.01",)))
    activity = request(employer=Employer(nace="87.101"))
    tailored = offer(joint_committees=("330",), nace_prefixes=("87",))
    assert refusals(Case(committee, need(), tailored), ()) == ()
    assert refusals(Case(activity, need(), tailored), ()) == ()


def test_lead_time_moves_the_end():
    wanted = need(latest_end=date(2026, 12, 31))
    slow = offer(weeks=1, lead_days=60)
    assert [one.code for one in refusals(Case(request(wanted), wanted, slow), ())] == [
        "ends-too-late"
    ]


def test_a_working_area_of_the_competent_agency_reaches_the_place():
    wanted = need()
    mine = offer(reach=("area:agii",))
    elsewhere = replace(request(wanted), place=replace(AALST, agency="atlas", refnis="11002"))
    assert refusals(Case(request(wanted), wanted, mine), ()) == ()
    assert refusals(Case(elsewhere, wanted, mine), ())


def test_a_track_starts_on_a_working_day():
    on_christmas = request(start=date(2026, 12, 25))
    assert first_day(Case(on_christmas, need(), offer())) == date(2026, 12, 28)
    assert first_day(Case(request(), need(), offer(lead_days=5))) == date(2026, 11, 30)
    assert first_day(Case(request(), need(), offer())) == date(2026, 11, 23)
