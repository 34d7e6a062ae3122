"""The advice as a whole, on values: neutral, stable, complete, and honest about what is missing."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.contract.values import Aid, Aids, Label, Price, Reason
from plugins.matching.alternatives import covered_by, other_plans, what_ifs
from plugins.matching.bundles import bundle_of, problem_of
from plugins.matching.candidates import survey
from plugins.matching.eligibility import refusals
from plugins.matching.facts import Case
from plugins.matching.fit import PARTS, WEIGHTS, fit
from plugins.matching.misses import near_misses, uncovered
from plugins.matching.snapshot import build
from plugins.matching.solver import solve
from plugins.matching.texts import reason_texts
from tests.factories.matching import need, offer, request


def no_aid(items):
    return [], ()


def advise(asked, offers, salt="s", owners=None, aid_for=no_aid):
    """The four steps on values, as the plugin takes them on the catalogue."""
    left = {one.version_id: one.places_left for one in offers if one.places_left is not None}
    field = survey(asked, build(1, offers), (), salt, left, aid_for)
    problem = problem_of(asked, field)
    best = solve(problem)
    labels = {
        one.version_id: Label(
            one.version_id, one.slug, "p", "P", (owners or {}).get(one.slug, "partner")
        )
        for one in offers
    }
    bundle = bundle_of(best.chosen, field, asked.needs, labels)
    return field, problem, best, bundle, labels


def test_weights_add_up_and_every_part_has_one():
    assert sum(WEIGHTS.values()) == 1000
    assert set(WEIGHTS) == set(PARTS)


def test_the_better_fit_wins_and_says_why():
    both = need(shifts=("early", "late"))
    day, shifts = offer("day", shifts=("day", "early")), offer("shift", shifts=("early", "late"))
    _field, _problem, _best, bundle, _labels = advise(request(both), [day, shifts])
    assert [line.offer for line in bundle.lines] == ["shift"]
    assert Reason("fits-shifts", {"shifts": ["early", "late"]}) in bundle.lines[0].reasons


def test_money_and_hours_bind():
    asked = request(need(count=10), net_cents=99_999)
    assert advise(asked, [offer()])[3].lines == ()
    asked = request(need(count=10), hours=49)
    assert advise(asked, [offer(hours=5)])[3].lines == ()
    assert advise(request(need(count=10), net_cents=100_000, hours=50), [offer()])[3].lines


def test_one_offer_for_two_needs_is_bought_once():
    needs = (
        need("a", "diversity-training", role="teams", count=8),
        need("b", "intercultural-team", role="teams", count=8),
    )
    both = offer("both", topics=("diversity-training", "intercultural-team"), roles=("teams",))
    bundle = advise(request(*needs, hours=500), [both])[3]
    assert [line.needs for line in bundle.lines] == [("a", "b")]
    assert bundle.net_cents == 100_000


def test_scarce_places_are_not_promised_twice():
    needs = (need("a", count=6), need("b", count=6))
    scarce = offer(places_left=8, price=Price("free"))
    bundle = advise(request(*needs, hours=500), [scarce])[3]
    assert sum(line.participants for line in bundle.lines) <= 8
    assert len(bundle.lines) == 1


def test_certain_aid_lowers_the_price_to_its_cap_and_possible_aid_does_not():
    def aid_for(items):
        certain = tuple(
            (Aid("fund", 80_000, "certain", "fund"), Aid("kmo", 30_000, "possible", "kmo"))
            for _ in items
        )
        return [("subsidies", Aids({"fund": 100_000, "kmo": 750_000}, certain))], ()

    needs = (need("a"), need("b", "onboarding", count=2))
    offers = [offer("x"), offer("y", topics=("onboarding",))]
    bundle = advise(request(*needs), offers, aid_for=aid_for)[3]
    assert [line.net_cents for line in bundle.lines] == [20_000, 80_000]
    assert bundle.net_cents == 100_000


def test_aid_makes_room_for_what_the_budget_alone_cannot_pay():
    def aid_for(items):
        return [
            ("s", Aids({"f": 60_000}, tuple((Aid("f", 60_000, "certain", "f"),) for _ in items)))
        ], ()

    asked = request(net_cents=40_000)
    assert advise(asked, [offer()])[3].lines == ()
    assert advise(asked, [offer()], aid_for=aid_for)[3].net_cents == 40_000


def test_what_if_is_true_to_the_cent_and_to_the_hour():
    asked = request(
        need("a"), need("b", "onboarding", count=2, weight=1), net_cents=150_000, hours=62
    )
    offers = [offer("x"), offer("y", topics=("onboarding",), price=Price("fixed", 80_000), hours=3)]
    _field, problem, best, _bundle, _labels = advise(asked, offers)
    covered = covered_by(best.chosen, problem)
    steps = {step.resource: step.more for step in what_ifs(problem, covered)}
    assert covered == {"a"}
    assert steps == {}  # neither money nor hours alone is enough
    roomy = replace(problem, budget=replace(problem.budget, hours=66))
    steps = {step.resource: step.more for step in what_ifs(roomy, covered)}
    assert steps == {"net_cents": 30_000}
    for extra, reached in ((30_000, True), (29_999, False)):
        tried = replace(roomy, budget=replace(roomy.budget, net_cents=150_000 + extra))
        assert (covered_by(solve(tried).chosen, tried) == {"a", "b"}) is reached


def test_other_plans_win_on_the_axis_they_are_named_after():
    late_good = offer("late", lead_days=90, shifts=("early", "late"))
    soon = offer("soon", lead_days=0, price=Price("fixed", 90_000))
    cheap = offer("cheap", lead_days=30, price=Price("fixed", 10_000))
    asked = request(need(shifts=("early", "late")))
    field, problem, best, _bundle, labels = advise(asked, [late_good, soon, cheap])
    starts = {one.id: one.start for one in field.candidates}
    plans = {
        kind: bundle_of(chosen, field, asked.needs, labels)
        for kind, chosen in other_plans(problem, starts, covered_by(best.chosen, problem))
    }
    assert plans["cheapest"].lines[0].offer == "cheap"
    assert plans["soonest"].lines[0].offer == "soon"


def test_every_miss_and_every_line_has_a_reason_with_a_sentence(app, session):
    offers = [
        offer("good"),
        offer("dear", price=Price("fixed", 900_000)),
        offer("night", shifts=("night",)),
        offer("other", roles=("teams",)),
        offer("long", hours=100),
    ]
    asked = request(need(shifts=("early",)), need("b", "mentoring", count=1))
    field, problem, best, bundle, labels = advise(asked, offers)
    misses = [*near_misses(asked, field, bundle, labels)]
    misses += uncovered(asked.needs, field, covered_by(best.chosen, problem), ())
    with app.test_request_context():
        known = set(reason_texts())
    told = [one.reasons for one in (*bundle.lines, *misses)]
    assert all(told)
    assert {reason.code for reasons in told for reason in reasons} <= known
    assert {miss.offer for miss in misses if miss.offer} == {"dear", "night", "other", "long"}
    codes = {miss.offer: miss.reasons[0].code for miss in misses}
    assert codes["dear"] == "over-budget"
    assert codes["long"] == "over-hours"
    assert codes[None] == "no-offer-fits"


offers_strategy = st.lists(
    st.tuples(
        st.sampled_from(["dutch-on-the-floor", "onboarding", "clear-language"]),
        st.integers(0, 300_000),
        st.integers(0, 20),
        st.sampled_from([(), ("early",), ("early", "late"), ("night",)]),
        st.integers(0, 100),
    ),
    max_size=12,
)


def some_offers(rows):
    return [
        offer(
            f"o{i}",
            (topic,),
            price=Price("fixed", cents),
            hours=hours,
            shifts=shifts,
            lead_days=lead,
        )
        for i, (topic, cents, hours, shifts, lead) in enumerate(rows)
    ]


ASKED = request(
    need("a", shifts=("early", "late")),
    need("b", "onboarding", count=4, weight=2),
    need("c", "clear-language", count=3, weight=1),
)


@settings(max_examples=60, deadline=None)
@given(rows=offers_strategy, order=st.randoms(use_true_random=False))
def test_order_and_owner_of_the_offers_change_nothing(rows, order):
    offers = some_offers(rows)
    shuffled = offers[:]
    order.shuffle(shuffled)
    swapped = {one.slug: "agency" for one in offers}
    mine = advise(ASKED, offers)[3]
    theirs = advise(ASKED, shuffled, owners=swapped)[3]

    def without_owner(bundle):
        return [{**asdict(line), "owner": ""} for line in bundle.lines]

    assert without_owner(mine) == without_owner(theirs)
    assert (mine.value, mine.net_cents, mine.hours) == (
        theirs.value,
        theirs.net_cents,
        theirs.hours,
    )


@settings(max_examples=60, deadline=None)
@given(rows=offers_strategy, more=st.integers(0, 400_000))
def test_no_ceiling_is_broken_and_more_budget_never_gives_less(rows, more):
    offers = some_offers(rows)
    bundle = advise(ASKED, offers)[3]
    richer = replace(ASKED, budget=replace(ASKED.budget, net_cents=ASKED.budget.net_cents + more))
    assert bundle.net_cents <= ASKED.budget.net_cents
    assert bundle.hours <= ASKED.budget.hours
    assert advise(richer, offers)[3].value >= bundle.value


@settings(max_examples=60, deadline=None)
@given(rows=offers_strategy)
def test_an_offer_nobody_can_use_changes_nothing_of_value(rows):
    offers = some_offers(rows)
    useless = offer("useless", roles=("teams",), price=Price("free"))
    assert refusals(Case(ASKED, ASKED.needs[0], useless), ())
    assert advise(ASKED, offers)[3].value == advise(ASKED, [*offers, useless])[3].value


def test_exact_twins_win_by_lot():
    twins = [offer("one"), offer("two")]
    winners = [advise(request(), twins, salt=str(n))[3].lines[0].offer for n in range(200)]
    assert 70 <= winners.count("one") <= 130  # binomial, far outside 99.9 %


@pytest.mark.parametrize("share", ["level", "shift", "distance", "start", "group"])
def test_a_better_value_of_a_part_never_gives_fewer_points(share):
    pairs = {
        "level": ({"level_to": "A2"}, {"level_to": "B1"}),
        "shift": ({"shifts": ("early",)}, {"shifts": ("early", "late")}),
        "distance": (
            {"modes": ("at_provider",), "location": (51.2, 3.2)},
            {"modes": ("at_provider",), "location": (50.94, 4.04)},
        ),
        "start": ({"lead_days": 60}, {"lead_days": 7}),
        "group": ({"group_max": 100}, {"group_max": 6}),
    }
    worse, better = pairs[share]
    asked = need(level_from="A1", level_to="B1", shifts=("early", "late"))
    points = [fit(Case(request(asked), asked, offer(**facts))).points for facts in (worse, better)]
    assert points[0] < points[1]
