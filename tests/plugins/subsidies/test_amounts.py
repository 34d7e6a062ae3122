"""Each kind of amount, ranges, deadlines, the size of the group: what a rule can say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from marketplace.contract.values import Budget, Employer, Related, RequestFacts
from plugins.subsidies import calculator, reader
from plugins.subsidies.records import Amount, Apply, Band, Condition, Stacking, completed

from . import cases
from .test_golden_figures import (
    AALST,
    BUILDER,
    MEDIUM_FIRM,
    SCHAARBEEK,
    SMALL_FIRM,
    SPRING,
    ask,
    codes,
    item,
    only,
    rules,
)

RECORDS = reader.bundled()
PLAIN = replace(cases.ONE, who=(), what=(), certain_if=(), apply=Apply("Vraag het."))
SIZES = (Band(49, percent=50), Band(249, percent=20), Band(None, cents=10_000))


def aid_of(amount, employer=SMALL_FIRM, asked_on=None, offered=None, **values):
    rule = replace(PLAIN, amount=amount, **values)
    request = RequestFacts(AALST, Budget(0, 0), (), employer=employer, asked_on=asked_on)
    answer = calculator.aid_for(request, [offered or item(1_000, hours=10, count=6)], (rule,))
    return next(iter(answer.aids[0]), None), answer


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (Amount("per_participant", cents=5_000), 30_000),
        (Amount("per_participant", cents=5_000, cap_cents=20_000), 20_000),
        (Amount("fixed", cents=25_000), 25_000),
        (Amount("fixed", cents=250_000), 100_000),  # never more than the price
        (Amount("percentage", percent=30), 30_000),
        (Amount("hourly", cents=500), 30_000),
        (Amount("unknown"), None),
    ],
)
def test_every_kind_of_amount(amount, cents):
    assert aid_of(amount)[0].cents == cents


@pytest.mark.parametrize(("base", "later"), [("rest", 35_000), ("gross", 50_000)])
def test_a_percentage_is_of_the_rest_or_of_the_gross_price(base, later):
    first = replace(PLAIN, id="a", amount=Amount("percentage", percent=30), stacking=Stacking(1))
    half = Amount("percentage", percent=50)
    second = replace(PLAIN, id="b", amount=half, stacking=Stacking(2, base=base))
    third = replace(PLAIN, id="c", amount=half, stacking=Stacking(3, base="gross"))
    request = RequestFacts(AALST, Budget(0, 0), (), employer=SMALL_FIRM)
    (aids,) = calculator.aid_for(request, [item(1_000)], (first, second, third)).aids
    assert [aid.cents for aid in aids[:2]] == [30_000, later]
    assert sum(aid.cents for aid in aids) == 100_000, "never more than the price"


def test_an_amount_that_nobody_knows_says_whom_to_ask():
    asked = {"contact": "Sectorfonds Voorbeeld"}
    assert aid_of(Amount("unknown"), **asked)[0].contact == "Sectorfonds Voorbeeld"
    assert aid_of(Amount("fixed", cents=1), **asked)[0].contact is None


@pytest.mark.parametrize(
    ("headcount", "cents"), [(49, 50_000), (50, 20_000), (249, 20_000), (250, 10_000)]
)
def test_a_table_gives_the_first_band_that_is_not_passed(headcount, cents):
    table = Amount("table", subject="employer.headcount", bands=SIZES)
    assert aid_of(table, Employer(headcount=headcount))[0].cents == cents


def test_a_table_by_hours_has_an_end_and_an_unknown_value_gives_an_unknown_amount():
    by_hours = Amount("table", subject="offer.hours", bands=(Band(10, cents=700),))
    assert aid_of(by_hours)[0].cents == 700
    assert aid_of(by_hours, offered=item(hours=11))[0] is None
    by_size = Amount("table", subject="employer.headcount", bands=SIZES)
    aid = aid_of(by_size, Employer())[0]
    assert (aid.cents, aid.certainty) == (None, "unknown")


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        (Amount("percentage", percent=40, most_percent=60), 40_000, 60_000),
        (Amount("percentage", percent=40, most_percent=60, cap_cents=50_000), 40_000, 50_000),
        (Amount("fixed", cents=0, most_cents=30_000), 0, 30_000),
        (Amount("hourly", cents=500, most_cents=9_900), 30_000, 100_000),
    ],
)
def test_a_range_has_two_ends_and_is_never_certain(amount, low, high):
    aid, _answer = aid_of(amount, certainty="certain")
    assert (aid.cents, aid.most_cents, aid.certainty) == (low, high, "possible")


def test_the_brussels_premium_is_a_range_up_to_its_cap_per_training():
    small, large = (
        only(ask(SMALL_FIRM, item(price), place=SCHAARBEEK), "brussels-opleidingspremie")
        for price in (2_000, 30_000)
    )
    assert (small.cents, small.most_cents) == (80_000, 120_000)
    assert (large.cents, large.most_cents) == (500_000, 500_000)
    assert small.claimed


def test_an_aid_tells_how_until_when_and_where_to_read_more():
    aid = only(ask(SMALL_FIRM, item()), "kmop-training-small")
    assert aid.apply_by == SPRING + timedelta(days=14)
    assert aid.apply.startswith("U vraagt de steun online aan bij VLAIO")
    assert aid.more == "/x/subsidies/steun/kmop-training-small"
    assert not aid.claimed
    aid = only(ask(SMALL_FIRM, item(), place=SCHAARBEEK), "brussels-opleidingspremie")
    assert aid.apply_by == SPRING - timedelta(days=31)


@pytest.mark.parametrize(("late", "given"), [(0, True), (1, False)])
def test_an_aid_whose_last_day_has_passed_is_refused_with_the_reason(late, given):
    apply = Apply("Vraag het.", days_before_start=31)
    day = SPRING - timedelta(days=31 - late)
    aid, answer = aid_of(Amount("fixed", cents=100), asked_on=day, apply=apply)
    assert (aid is not None) == given
    assert [reason.code for reason in answer.refused[0]] == ([] if given else ["too-late-to-apply"])


@pytest.mark.parametrize(("days", "said"), [(180, []), (181, ["long-not-checked"])])
def test_a_rule_that_was_not_checked_for_180_days_says_so_beside_its_aid(days, said):
    day = date(2026, 12, 1)
    checked = day - timedelta(days=days)
    aid, answer = aid_of(Amount("fixed", cents=100), asked_on=day, checked_on=checked)
    assert aid.checked_on == checked
    assert [reason.code for reason in answer.refused[0]] == said


def test_the_last_day_of_one_school_year_does_not_bind_the_next():
    after = [one for one in completed(RECORDS) if one.id == "bev-brussel"][-1]
    assert after.amount.kind == "unknown"
    assert after.apply.until is None


@pytest.mark.parametrize(
    ("related", "rule", "percent"),
    [
        (None, "kmop-training-small", 30),
        ((), "kmop-training-small", 30),
        ((Related(24, 900, 0, 0),), "kmop-training-small", 30),
        ((Related(30, 99, 0, 0),), "kmop-training-small", 30),  # 20 + 29.7
        ((Related(30, 100, 0, 0),), "kmop-training-medium", 20),  # 20 + 30
        ((Related(60, 30, 0, 0),), "kmop-training-medium", 20),
        ((Related(60, 5, 7_000_000, 11_000_000),), "kmop-training-medium", 20),
    ],
)
def test_the_kmo_portefeuille_counts_the_whole_group(related, rule, percent):
    firm = replace(SMALL_FIRM, balance_eur=11_000_000, related=related)
    aids = ask(firm, item(2_400), kmop_conditions=True)
    aid = only(aids, rule)
    assert (aid.cents, aid.certainty) == (2_400 * percent, "certain")


def test_a_small_firm_of_a_large_group_gets_nothing():
    firm = replace(SMALL_FIRM, related=(Related(51, 300, 0, 0),))
    aids = ask(firm, item(2_400), kmop_conditions=True)
    assert not any(one.startswith("kmop") for one in rules(aids))
    assert "kmop-too-large" in codes(aids)


def test_a_figure_of_the_group_that_is_unknown_leaves_the_aid_possible():
    firm = replace(SMALL_FIRM, related=(Related(60),))
    aids = ask(firm, item(2_400), kmop_conditions=True)
    assert only(aids, "kmop-training-small").certainty == "possible"


def test_a_firm_in_public_hands_gets_nothing_from_the_kmo_portefeuille():
    for share, reasons in ((24, set()), (25, {"kmop-public-share"})):
        firm = replace(SMALL_FIRM, public_share_percent=share)
        aids = ask(firm, item(2_400), kmop_conditions=True)
        assert codes(aids) == reasons
        assert ("kmop-training-small" in rules(aids)) == (not reasons)


def test_an_assumption_is_only_for_what_is_unknown():
    public = Condition(PUBLIC, assumed=True)
    for share, given in ((None, True), (0, True), (80, False)):
        employer = Employer(public_share_percent=share)
        aid, _answer = aid_of(Amount("fixed", cents=1), employer, who=(public,))
        assert (aid is not None) == given
    unknown = replace(public, assumed=False)
    aid, _answer = aid_of(Amount("fixed", cents=1), who=(unknown,), certainty="certain")
    assert aid.certainty == "possible"


PUBLIC = next(
    condition.any_of
    for record in RECORDS
    for condition in record.who
    if condition.code == "kmop-public-share"
)


def test_cybersecurity_is_the_only_advice_that_is_still_paid_for():
    safe = item(2_400, nature="advice", tags=("cybersecurity",))
    aids = ask(SMALL_FIRM, safe, kmop_conditions=True)
    assert only(aids, "kmop-raised-small").cents == 108_000
    assert "kmop-advice-stopped" not in codes(aids)
    assert "kmop-advice-stopped" in codes(ask(SMALL_FIRM, item(2_400, nature="advice")))
    green = ask(SMALL_FIRM, item(2_400, nature="advice", tags=("energy-efficiency",)))
    assert "kmop-raised-small" not in rules(green)


@pytest.mark.parametrize(
    ("shifts", "start", "rule", "cents"),
    [
        (("day",), date(2027, 2, 1), "constructiv-werkuren", 300_000),
        (("weekend",), date(2027, 2, 1), "constructiv-zaterdag", 120_000),
        ((), date(2027, 6, 1), "constructiv-werkuren", 300_000),
    ],
)
def test_constructiv_pays_once_for_an_hour(shifts, start, rule, cents):
    offered = item(hours=20, count=6, evidence=(), start=start)
    offered = replace(offered, offer=replace(offered.offer, shifts=shifts))
    aids = ask(replace(BUILDER, headcount=20), offered)
    paid = {one for one in rules(aids) if one.startswith("constructiv")}
    assert paid == {rule}
    assert only(aids, rule).cents == cents


def test_medium_firms_of_a_sector_without_a_known_amount_are_told_whom_to_ask():
    aids = ask(replace(MEDIUM_FIRM, joint_committees=("200",)), item())
    aid = only(aids, "cevora-200")
    assert (aid.cents, aid.certainty) == (None, "unknown")
    assert "Cevora" in aid.apply
