"""The worked checks of docs/subsidies.md, each with the figure its source gives."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.contract.answers import Priced
from marketplace.contract.values import (
    Budget,
    Employer,
    Group,
    Need,
    Offer,
    Place,
    Price,
    RequestFacts,
)
from plugins.subsidies import calculator, reader

AALST = Place("41002", "Aalst", "vlaanderen", "nl", "agii", 50.94, 4.04)
SCHAARBEEK = Place("21015", "Schaarbeek", "brussel", "bru", "huisnl", 50.87, 4.38)
VILVOORDE = Place("23088", "Vilvoorde", "vlaanderen", "nl", "agii", 50.93, 4.43)
SMALL_FIRM = Employer(legal_form="bv", headcount=20, turnover_eur=4_000_000)
MEDIUM_FIRM = Employer(legal_form="nv", headcount=120, turnover_eur=30_000_000)
CARE_HOME = Employer(legal_form="vzw", headcount=85, joint_committees=("330",), nace="87.101")
BUILDER = Employer(legal_form="bv", headcount=400, joint_committees=("124",))
SPRING = date(2027, 2, 1)


def ask(employer, *items, place=AALST, **answers):
    return calculator.aid_for(
        request=RequestFacts(
            place,
            Budget(0, 0),
            (),
            employer=employer,
            answers={f"subsidies.{key}": value for key, value in answers.items()},
        ),
        items=items,
        records=reader.bundled(),
    )


def item(
    gross_eur=10_000,
    hours=10,
    count=6,
    start=SPRING,
    nature="training",
    evidence=("kmo_registered", "non_commercial"),
    tags=("kmo-theme-confirmed",),
    topic="dutch-on-the-floor",
    group_max=None,
    **group,
):
    offer = Offer(
        "v1",
        "les",
        nature,
        (topic,),
        (),
        Price("fixed", gross_eur * 100),
        hours,
        evidence=evidence,
        group_max=group_max,
        tags=tags,
    )
    need = Need("n1", topic, Group(count, **group))
    return Priced(offer, need, gross_eur * 100, start)


def only(aids, rule, index=0):
    found = [aid for aid in aids.aids[index] if aid.rule == rule]
    assert len(found) == 1, f"{rule} not among {[aid.rule for aid in aids.aids[index]]}"
    return found[0]


def codes(aids, index=0):
    return {reason.code for reason in aids.refused[index]}


def rules(aids, index=0):
    return {aid.rule for aid in aids.aids[index]}


@pytest.mark.parametrize(
    ("count", "group_max", "euro"),
    [(3, None, 750), (5, None, 1250), (9, None, 1250), (10, 5, 2500), (12, 6, 2500), (6, 3, 1500)],
)
def test_febi_pays_25_euro_per_hour_and_participant_up_to_125_per_training_hour(
    count, group_max, euro
):
    aids = ask(CARE_HOME, item(count=count, hours=10, group_max=group_max), febi_agreed=True)
    assert only(aids, "febi-330-ouderenzorg").cents == euro * 100


def test_febi_never_pays_more_than_2500_euro_a_year():
    aids = ask(CARE_HOME, item(hours=60, count=5), febi_agreed=True)
    assert only(aids, "febi-330-ouderenzorg").cents == 250_000
    assert aids.pools == {"febi-330-ouderenzorg": 250_000}


def test_febi_counts_as_certain_only_with_the_agreement_of_the_fund():
    offered = item(count=5)
    assert only(ask(CARE_HOME, offered), "febi-330-ouderenzorg").certainty == "possible"
    assert (
        only(ask(CARE_HOME, offered, febi_agreed=True), "febi-330-ouderenzorg").certainty
        == "certain"
    )
    no_nace = Employer(legal_form="vzw", joint_committees=("330",))
    assert (
        only(ask(no_nace, offered, febi_agreed=True), "febi-330-ouderenzorg").certainty
        == "possible"
    )


def test_febi_is_not_for_hospitals_nor_for_commercial_providers():
    hospital = Employer(legal_form="vzw", joint_committees=("330",), nace="86.101")
    assert "febi-only-elderly-care" in codes(ask(hospital, item()))
    assert "febi-only-non-commercial" in codes(ask(CARE_HOME, item(evidence=("kmo_registered",))))


def test_a_sub_committee_counts_as_its_committee():
    home = Employer(legal_form="vzw", joint_committees=("330.01",), nace="87.301")
    assert only(ask(home, item(count=3)), "febi-330-ouderenzorg").cents == 75_000


@pytest.mark.parametrize(("gross", "aid"), [(10_000, 3_000), (30_000, 7_500), (2_400, 720)])
def test_a_small_firm_gets_30_percent_of_training_up_to_7500_euro(gross, aid):
    aids = ask(SMALL_FIRM, item(gross))
    assert only(aids, "kmop-training-small").cents == aid * 100
    assert "kmop-training-medium" not in rules(aids)
    assert aids.pools["kmo"] == 750_000


@pytest.mark.parametrize(
    ("employer", "used", "net"),
    [
        (SMALL_FIRM, {}, 1_680),
        (MEDIUM_FIRM, {}, 1_920),
        (SMALL_FIRM, {"kmo": 720_000}, 2_100),
        (SMALL_FIRM, {"kmo": 750_000}, 2_400),
        (Employer(legal_form="vzw", headcount=85), {}, 2_400),
    ],
)
def test_the_net_price_of_a_training_of_2400_euro(employer, used, net):
    firm = replace(employer, aid_used_this_year_cents=used)
    aids = ask(firm, item(2_400), kmop_conditions=True).aids[0]
    taken = sum(aid.cents for aid in aids if aid.certainty == "certain")
    assert 240_000 - taken == net * 100


def test_a_medium_firm_gets_20_percent():
    aids = ask(MEDIUM_FIRM, item(2_400))
    assert only(aids, "kmop-training-medium").cents == 48_000
    assert "kmop-training-small" not in rules(aids)


def test_aid_used_this_year_lowers_what_is_left():
    used = Employer(
        legal_form="bv", headcount=20, balance_eur=1, aid_used_this_year_cents={"kmo": 720_000}
    )
    aids = ask(used, item(2_400))
    assert only(aids, "kmop-training-small").cents == 30_000
    assert aids.pools["kmo"] == 30_000


def test_a_pool_that_is_used_up_is_said_and_not_counted():
    used = Employer(
        legal_form="bv", headcount=20, balance_eur=1, aid_used_this_year_cents={"kmo": 750_000}
    )
    aids = ask(used, item(2_400))
    assert "yearly-cap-used" in codes(aids)
    assert not aids.aids[0]


def test_kmo_training_is_only_possible_until_theme_and_conditions_are_confirmed():
    yes = {"kmop_conditions": True}
    assert only(ask(SMALL_FIRM, item(), **yes), "kmop-training-small").certainty == "certain"
    assert only(ask(SMALL_FIRM, item()), "kmop-training-small").certainty == "possible"
    no_theme = item(tags=())
    assert only(ask(SMALL_FIRM, no_theme, **yes), "kmop-training-small").certainty == "possible"


def test_kmo_portefeuille_is_not_for_a_vzw_and_says_so_once():
    aids = ask(CARE_HOME, item())
    assert [reason.code for reason in aids.refused[0]].count("kmop-not-for-vzw") == 1
    assert not any(rule.startswith("kmop") for rule in rules(aids))


def test_advice_gets_nothing_since_february_2026_and_30_percent_before():
    before = ask(SMALL_FIRM, item(nature="advice", start=date(2026, 1, 31)))
    after = ask(SMALL_FIRM, item(nature="advice", start=date(2026, 2, 1)))
    assert only(before, "kmop-advice-small").cents == 300_000
    assert not after.aids[0]
    assert codes(after) == {"kmop-advice-stopped"}


def test_training_leave_pays_14_91_euro_an_hour_before_september_2026_and_is_unknown_after():
    registered = ("vov_registered",)
    before = ask(SMALL_FIRM, item(hours=32, count=4, evidence=registered, start=date(2026, 8, 31)))
    after = ask(SMALL_FIRM, item(hours=32, count=4, evidence=registered, start=date(2026, 9, 1)))
    old = ask(SMALL_FIRM, item(hours=32, count=4, evidence=registered, start=date(2025, 8, 31)))
    assert only(before, "vov").cents == 190_848
    assert only(old, "vov").cents == 272_640
    assert (only(after, "vov").cents, only(after, "vov").certainty) == (None, "unknown")


def test_training_leave_is_on_the_wage_side_and_never_certain():
    aid = only(
        ask(SMALL_FIRM, item(hours=32, evidence=("vov_registered",), start=date(2026, 3, 1))), "vov"
    )
    assert aid.wage_side
    assert aid.certainty == "possible"
    assert aid.pool is None


def test_training_leave_needs_32_hours():
    aids = ask(SMALL_FIRM, item(hours=31, evidence=("vov_registered",)))
    assert "vov-too-short" in codes(aids)


def test_constructiv_pays_25_euro_per_hour_and_worker():
    aids = ask(BUILDER, item(hours=20, count=6, evidence=()))
    aid = only(aids, "constructiv-werkuren")
    assert (aid.cents, aid.certainty) == (300_000, "possible")
    assert "kmop-too-large" in codes(aids)


def test_constructiv_counts_140_hours_at_most():
    aids = ask(BUILDER, item(50_000, hours=200, count=1, evidence=()))
    assert only(aids, "constructiv-werkuren").cents == 350_000


def test_brussels_premium_counts_its_lowest_rate_and_its_cap_per_training():
    assert (
        only(ask(SMALL_FIRM, item(2_000), place=SCHAARBEEK), "brussels-opleidingspremie").cents
        == 80_000
    )
    assert (
        only(ask(SMALL_FIRM, item(30_000), place=SCHAARBEEK), "brussels-opleidingspremie").cents
        == 500_000
    )


def test_aid_without_a_known_amount_is_named_but_never_counted():
    brussels = ask(SMALL_FIRM, item(under_12_months=2), place=SCHAARBEEK)
    province = ask(CARE_HOME, item(), place=VILVOORDE)
    for aids, rule in ((brussels, "taalcheque-matching"), (province, "vl-brabant-taal")):
        assert (only(aids, rule).cents, only(aids, rule).certainty) == (None, "unknown")


def test_the_region_of_the_place_of_work_decides():
    aids = ask(SMALL_FIRM, item(), place=SCHAARBEEK)
    assert not any(rule.startswith("kmop") for rule in rules(aids))


def test_a_free_offer_needs_no_aid():
    aids = ask(CARE_HOME, item(0), febi_agreed=True)
    assert aids.aids == ((),)
    assert aids.pools == {}


def test_aid_never_passes_the_price():
    aids = ask(CARE_HOME, item(500, count=5, hours=20), febi_agreed=True)
    assert only(aids, "febi-330-ouderenzorg").cents == 50_000


def test_items_keep_their_order_and_every_aid_names_its_source():
    aids = ask(CARE_HOME, item(0), item(count=3))
    assert aids.aids[0] == ()
    aid = only(aids, "febi-330-ouderenzorg", index=1)
    assert aid.title
    assert aid.source.startswith("https://www.fe-bi.org/")
    assert aid.checked_on == date(2026, 11, 1)
