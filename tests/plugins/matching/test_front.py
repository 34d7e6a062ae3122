"""What the shortlist leaves out can never be needed, whatever aid there is within the ceiling."""

from dataclasses import dataclass, replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from marketplace.contract.answers import Aid, Aids, Ceiling
from marketplace.contract.values import Price
from plugins.matching.aid import least_net
from plugins.matching.bundles import problem_of
from plugins.matching.front import front
from plugins.matching.shortlist import everyone, shortlist
from plugins.matching.solver import solve
from tests.factories.matching import need, offer, request

from .world import World

few = st.integers(0, 3)


@dataclass(frozen=True)
class Row:
    """An offer as the front sees it; ``net`` is what aid within the ceiling makes of the price."""

    worth: int
    gross: int
    hours: int
    least: int
    net: int
    scarce: bool


@st.composite
def rows(draw):
    gross = draw(st.integers(0, 6))
    least = draw(st.integers(0, gross))
    net = draw(st.integers(least, gross))
    return Row(draw(few), gross, draw(few), least, net, draw(st.sampled_from([0, 0, 1])))


def kept_of(offers, least=None):
    """The front of these rows; ``lot`` is the reverse of their order."""
    return front(
        lambda place: f"{99 - place:02}",
        [one.worth for one in offers],
        [one.gross for one in offers],
        [one.hours for one in offers],
        [one.least for one in offers] if least is None else least,
        [int(one.scarce) for one in offers],
    )


def best(groups, money, hours):
    """The best value, net and hours of at most one row of each group; scarce rows are had once."""
    choices = product(*[[None, *group] for group in groups])
    found = []
    for choice in choices:
        picked = [one for one in choice if one is not None]
        net, time = sum(one.net for one in picked), sum(one.hours for one in picked)
        if net <= money and time <= hours:
            found.append((sum(one.worth for one in picked), -net, -time))
    return max(found)


groups_strategy = st.lists(st.lists(rows(), max_size=6), min_size=1, max_size=3)


@given(groups=groups_strategy, money=st.integers(0, 12), hours=st.integers(0, 6))
def test_nothing_that_a_best_choice_needs_is_left_out(groups, money, hours):
    short = [[group[at] for at in kept_of(group)[0]] for group in groups]
    assert best(short, money, hours) == best(groups, money, hours)


@given(group=st.lists(rows(), max_size=12))
def test_who_is_left_out_has_a_kept_rival_that_costs_no_more_even_without_its_aid(group):
    kept, beaten = kept_of(group)
    assert sorted([*kept, *beaten]) == list(range(len(group)))
    for place, by in beaten.items():
        mine, rival = group[place], group[by]
        assert rival.worth >= mine.worth
        assert rival.hours <= mine.hours
        assert rival.gross <= mine.least
        assert not rival.scarce
        same = (rival.worth, rival.gross, rival.hours) == (mine.worth, mine.gross, mine.hours)
        assert not same or by > place  # the lot of a later place is smaller


@given(group=st.lists(rows(), max_size=12))
def test_of_true_equals_the_first_by_lot_is_never_left_out_for_another(group):
    kept, _beaten = kept_of(group)
    for place in kept:
        equals = [at for at, one in enumerate(group) if one == group[place]]
        assert max(equals) in kept  # the lot of a later place is smaller


CHEAP = Row(2, 100, 1, 100, 100, False)
AIDED = Row(2, 120, 1, 60, 60, False)


def test_control_a_front_that_compares_gross_prices_loses_the_best():
    group = [CHEAP, AIDED]
    assert best([[group[at] for at in kept_of(group)[0]]], 80, 9) == (2, -60, -1)
    blind = kept_of(group, [one.gross for one in group])[0]
    assert best([[group[at] for at in blind]], 80, 9) == (0, 0, 0)


def test_control_a_scarce_offer_that_pushes_out_would_leave_the_second_group_nothing():
    scarce = Row(3, 10, 1, 10, 10, True)
    second = Row(2, 10, 1, 10, 10, False)
    assert kept_of([scarce, second])[0] == [0, 1]
    assert kept_of([replace(scarce, scarce=False), second])[0] == [0]


# The whole way: from offers with aid to the solved bundle, with the shortlist and without.

SEVERAL = request(
    need("a", count=2),
    need("b", count=3, weight=1),
    need("c", "onboarding", count=2, weight=2),
    hours=30,
)


@st.composite
def aided_worlds(draw):
    permille = draw(st.sampled_from([0, 300, 1000]))
    hourly = draw(st.sampled_from([0, 500]))
    offers, aid = [], {}
    for number in range(draw(st.integers(1, 9))):
        topics = draw(
            st.sampled_from(
                [("dutch-on-the-floor",), ("onboarding",), ("dutch-on-the-floor", "onboarding")]
            )
        )
        one = offer(
            f"o{number}",
            topics,
            price=Price("fixed", draw(st.sampled_from([0, 1_000, 2_000, 3_000, 4_000]))),
            hours=draw(st.integers(0, 3)),
            lead_days=draw(st.sampled_from([0, 30, 60])),
            places_left=draw(st.sampled_from([None, None, 2, 4, 9])),
        )
        offers.append(one)
        aid[one.version_id] = draw(st.integers(0, 4)), draw(st.booleans())
    return offers, aid, Ceiling(permille, hourly), draw(st.sampled_from([1_000, 2_500, 10**6]))


def source(aid, ceiling, cap):
    """Gives quarters of the most that the ceiling allows, some of it from a pool."""

    def ask(items):
        given = []
        for item in items:
            hours = item.offer.hours * item.need.group.count
            most = item.gross_cents - least_net([item.gross_cents], [hours], ceiling)[0]
            quarters, pooled = aid[item.offer.version_id]
            given.append((Aid("a", most * quarters // 4, "certain", "p" if pooled else None),))
        return [("fund", Aids({"p": cap}, tuple(given), ceiling=ceiling))], ()

    return ask


@given(made=aided_worlds(), money=st.sampled_from([0, 1_500, 3_000, 5_000, 9_000]))
def test_the_bundle_is_the_same_with_and_without_the_shortlist(made, money):
    offers, aid, ceiling, cap = made
    asked = request(*SEVERAL.needs, net_cents=money, hours=30)
    field = World(offers, ask_aid=source(aid, ceiling, cap)).decide(asked).field
    assert not field.aid.silent
    short = solve(problem_of(field, shortlist(field).candidates))
    whole = solve(problem_of(field, everyone(field)))
    assert (short.value, short.net_cents, short.hours) == (
        whole.value,
        whole.net_cents,
        whole.hours,
    )


def test_control_a_ceiling_of_nothing_leaves_out_what_aid_makes_the_best():
    aided = offer("aided", price=Price("fixed", 120_000))
    bare = offer("bare", price=Price("fixed", 100_000))
    asked = request(need(count=2), net_cents=80_000)
    aid = {aided.version_id: (4, False), bare.version_id: (0, False)}

    def shortlisted(ceiling):
        field = World([aided, bare], ask_aid=source(aid, ceiling, 0)).decide(asked).field
        return {field.snapshot.slugs[one.row] for one in shortlist(field).candidates}

    assert shortlisted(Ceiling(500)) == {"aided", "bare"}
    assert shortlisted(Ceiling(0)) == {"bare"}
