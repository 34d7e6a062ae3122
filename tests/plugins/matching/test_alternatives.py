"""Other plans are exact: each is the best on the axis that it is named after."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.contract.values import Price
from plugins.matching.shortlist import everyone, unbeatable
from tests.factories.matching import need, offer, request

from .test_certificates import fund
from .world import World

NEEDS = (
    need("a", count=4, shifts=("early", "late")),
    need("b", "onboarding", count=3, weight=2),
)
TOPICS = (("dutch-on-the-floor",), ("onboarding",), ("onboarding", "dutch-on-the-floor"))
rows = st.lists(
    st.builds(
        dict,
        topics=st.sampled_from(TOPICS),
        price=st.sampled_from([0, 20_000, 40_000, 90_000]).map(lambda c: Price("fixed", c)),
        hours=st.sampled_from([0, 2, 5]),
        shifts=st.sampled_from([(), ("early",)]),
        lead_days=st.sampled_from([0, 14, 30, 60]),
        evidence=st.sampled_from([(), ("kmo_registered",)]),
        places_left=st.sampled_from([None, None, 3, 7]),
    ),
    max_size=7,
)
budgets = st.sampled_from([(0, 60), (40_000, 60), (90_000, 20), (400_000, 60)])


def world_of(made):
    """These offers; every second one is an agency's."""
    offers = [offer(f"o{at}", **row) for at, row in enumerate(made)]
    return World(offers, ask_aid=fund, owners={f"o{at}": "agency" for at in range(0, 9, 2)})


def asked_with(budget):
    return request(*NEEDS, net_cents=budget[0], hours=budget[1])


def figures(bundle):
    return bundle.value, bundle.net_cents, bundle.hours


def days(lines):
    return sum(line.start.toordinal() * len(line.needs) for line in lines)


def every_plan(field):
    """Every choice of candidates that covers no need twice and no place more than once."""
    candidates = everyone(field)
    per_need = [[None, *[c for c in candidates if number in c.needs]] for number in range(2)]
    for one, two in product(*per_need):
        chosen = {c.id: c for c in (one, two) if c is not None}.values()
        taken = [number for c in chosen for number in c.needs]
        crowded = len({c.row for c in chosen}) < len(chosen) and any(
            c.left is not None and sum(d.participants for d in chosen) > c.left for c in chosen
        )
        if len(taken) == len(set(taken)) and not crowded:
            yield list(chosen)


def net(field, chosen):
    """What a choice costs after aid, with the pool of the test."""
    pooled = sum(aid.cents for c in chosen for _pool, aid in c.aids)
    return sum(c.gross_cents for c in chosen) - min(pooled, 30_000)


def reachable(field, covered):
    """The choices within the budget that cover exactly these needs."""
    budget = field.request.budget
    return [
        chosen
        for chosen in every_plan(field)
        if net(field, chosen) <= budget.net_cents
        and sum(c.hours for c in chosen) <= budget.hours
        and {field.request.needs[n].id for c in chosen for n in c.needs} == covered
    ]


@given(made=rows, budget=budgets)
def test_no_plan_for_the_same_needs_is_cheaper_or_sooner_than_the_one_told(made, budget):
    world, asked = world_of(made), asked_with(budget)
    decision, answer = world.decide(asked), world.advise(asked)
    plans, field = dict(answer.alternatives), decision.field
    if not decision.covered:
        assert not plans.keys() & {"cheapest", "soonest"}
        return
    possible = reachable(field, decision.covered)
    cheapest = plans.get("cheapest", answer.bundle)
    assert cheapest.net_cents == min(net(field, chosen) for chosen in possible)
    soonest = min(sum(c.start.toordinal() * len(c.needs) for c in chosen) for chosen in possible)
    # A plan that another axis already shows is not shown twice.
    shown = [answer.bundle, *[plans[kind] for kind in ("cheapest", "soonest") if kind in plans]]
    assert min(days(bundle.lines) for bundle in shown) == soonest


@given(made=rows, budget=budgets)
def test_the_plan_of_one_kind_of_owner_is_the_best_of_its_offers_alone(made, budget):
    world, asked = world_of(made), asked_with(budget)
    plans = dict(world.advise(asked).alternatives)
    for kind, owner in (("agency-only", "agency"), ("partner-only", "partner")):
        alone = world.only(owner).advise(asked).bundle
        assert figures(plans[kind]) == figures(alone)
        assert {line.owner for line in plans[kind].lines} <= {owner}


@pytest.mark.parametrize(
    ("net_cents", "hours", "left"),
    [(100_000, 8, ["best", "equal"]), (99_999, 8, None), (100_000, 7, None)],
)
def test_where_the_best_for_each_need_fits_nothing_less_is_looked_at(net_cents, hours, left):
    """Of these, ``equal`` is as good as the best but takes more hours: aid could decide."""
    made = [
        offer("best", price=Price("fixed", 100_000), hours=2),
        offer("equal", price=Price("fixed", 110_000), hours=1),
        offer("less", price=Price("fixed", 10_000), hours=1, group_max=5),
        offer("theirs", price=Price("fixed", 10_000), hours=1),
    ]
    asked = request(need(count=4), net_cents=net_cents, hours=hours)
    field = World(made).decide(asked).field
    mine = bytes([one != "theirs" for one in field.snapshot.slugs])
    found = unbeatable(field, mine)
    slugs = found and sorted(field.snapshot.slugs[one.row] for one in found.candidates)
    assert slugs == left


@given(made=rows, budget=budgets)
def test_over_budget_is_the_best_when_money_and_hours_do_not_count(made, budget):
    world, asked = world_of(made), asked_with(budget)
    answer = world.advise(asked)
    rich = world.advise(request(*NEEDS, net_cents=10**9, hours=10**6)).bundle
    over = dict(answer.alternatives).get("over-budget")
    assert rich.value == (answer.bundle if over is None else over).value


@given(made=rows, budget=budgets)
def test_what_is_shown_wins_on_its_axis_and_is_shown_once(made, budget):
    answer = world_of(made).advise(asked_with(budget))
    best, shown = answer.bundle, []
    for kind, bundle in answer.alternatives:
        if kind.endswith("-only"):
            continue
        assert bundle.lines != best.lines
        assert bundle.lines not in shown
        shown.append(bundle.lines)
        if kind == "cheapest":
            assert bundle.net_cents < best.net_cents
        elif kind == "soonest":
            assert days(bundle.lines) < days(best.lines)
        else:
            assert (kind, bundle.value > best.value) == ("over-budget", True)


def test_an_offer_of_an_agency_that_a_partner_beats_is_in_the_plan_of_agencies():
    offers = [offer("mine", lead_days=60), offer("theirs")]
    plans = dict(World(offers, owners={"mine": "agency"}).advise(request(need())).alternatives)
    assert [line.offer for line in plans["agency-only"].lines] == ["mine"]
    assert [line.offer for line in plans["partner-only"].lines] == ["theirs"]


def test_control_the_soonest_among_those_that_can_be_the_best_is_not_the_soonest():
    """``soon`` is dearer and worse than the best: only an axis of its own keeps it."""
    offers = [
        offer("best", lead_days=21, shifts=("early", "late")),
        offer("soon", shifts=("early",), price=Price("fixed", 120_000)),
    ]
    world, asked = World(offers), request(need(shifts=("early", "late")))
    kept = {world.snapshot.slugs[one.row] for one in world.decide(asked).short.candidates}
    assert kept == {"best"}
    assert dict(world.advise(asked).alternatives)["soonest"].lines[0].offer == "soon"


def test_nothing_is_told_beside_an_only_plan():
    answer = World([offer("only")]).advise(request(need()))
    assert [kind for kind, _bundle in answer.alternatives] == ["agency-only", "partner-only"]
