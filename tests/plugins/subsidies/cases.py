"""Requests, priced offers and made-up rules full of coincidences, for hypothesis."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from marketplace.contract.answers import Priced
from marketplace.contract.rules import Criterion
from marketplace.contract.values import (
    Budget,
    Employer,
    Group,
    Need,
    Offer,
    Price,
    Related,
    RequestFacts,
)
from plugins.subsidies import reader
from plugins.subsidies.records import Amount, Apply, Band, Condition, Stacking

from .test_golden_figures import AALST, SCHAARBEEK, VILVOORDE

ASKED = date(2026, 1, 15)
DAYS = [ASKED + timedelta(days=later) for later in (0, 16, 17, 30, 228, 229, 400)]
"""Among them the last day of a version and the first of the next."""

TOPICS = ["dutch-on-the-floor", "language-practice", "onboarding"]
NATURES = ["training", "coaching", "advice"]
ONE = reader.bundled()[0]


def some(values):
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


def maybe(strategy):
    return st.none() | strategy


needs = st.builds(
    Need,
    st.just("n"),
    st.sampled_from(TOPICS),
    st.builds(
        Group,
        st.integers(1, 14),
        role=st.sampled_from(["workers", "supervisors"]),
        under_12_months=maybe(st.integers(0, 2)),
    ),
)
related = st.builds(
    Related,
    st.sampled_from([10, 30, 60]),
    maybe(st.sampled_from([0, 30])),
    maybe(st.sampled_from([0, 7_000_000])),
)
employers = st.builds(
    Employer,
    legal_form=maybe(st.sampled_from(["bv", "vzw", "publiekrechtelijk"])),
    headcount=maybe(st.sampled_from([20, 49, 50, 120, 400])),
    turnover_eur=maybe(st.sampled_from([4_000_000, 30_000_000])),
    joint_committees=some(["330", "330.01", "124", "149.01"]),
    nace=maybe(st.sampled_from(["87.101", "86.101"])),
    related=maybe(st.lists(related, max_size=2).map(tuple)),
    public_share_percent=st.sampled_from([None, None, 0, 25]),
    aid_used_this_year_cents=st.dictionaries(
        st.sampled_from(["kmo", "febi-330-ouderenzorg", "pool"]),
        st.sampled_from([0, 20, 240_000, 750_000]),
    ),
)
ANSWERS = ["subsidies.febi_agreed", "subsidies.kmop_conditions"]
answers = st.dictionaries(st.sampled_from(ANSWERS), st.sampled_from([True, True, False]))
requests = st.builds(
    RequestFacts,
    st.sampled_from([AALST, SCHAARBEEK, VILVOORDE]),
    st.just(Budget(0, 0)),
    st.lists(needs, min_size=1, max_size=2).map(tuple),
    employer=employers,
    asked_on=st.just(ASKED),
    answers=answers,
)
offers = st.builds(
    Offer,
    st.just("v"),
    st.just("les"),
    st.sampled_from(NATURES),
    st.just(()),
    st.just(()),
    st.just(Price("fixed")),
    st.sampled_from([0, 1, 3, 4, 20, 31, 32, 150]),
    group_max=maybe(st.integers(1, 6)),
    evidence=some(["kmo_registered", "non_commercial", "vov_registered"]),
    tags=some(["kmo-theme-confirmed", "cybersecurity"]),
)
prices = st.sampled_from([0, 1, 2, 3, 7, 99, 9_999, 10_000, 10_001, 240_000, 5_000_000])


@st.composite
def items(draw, request):
    """Priced offers for the needs of a request; some for several needs, so for a larger group."""
    found = []
    for offer in draw(st.lists(offers, min_size=1, max_size=8)):
        need = draw(st.sampled_from(request.needs))
        count = need.group.count + draw(st.sampled_from([0, 0, 5]))
        group = replace(need.group, count=count)
        day = draw(st.sampled_from(DAYS))
        found.append(Priced(offer, replace(need, group=group), draw(prices), day))
    return found


tests = st.sampled_from(
    [
        Criterion("offer.nature", "is", "training"),
        Criterion("offer.tags", "overlaps", ["cybersecurity"]),
        Criterion("offer.hours", "at_least", 4),
        Criterion("item.gross_cents", "at_least", 3),
        Criterion("need.topic", "in", TOPICS[:2]),
        Criterion("need.under_12_months", "at_least", 1),
        Criterion("need.count", "at_most", 8),
        Criterion("employer.legal_form", "not_in", ["vzw"]),
        Criterion("employer.headcount", "at_most", 49),
        Criterion("answers.subsidies.kmop_conditions", "is", True),
    ]
)
conditions = st.builds(
    Condition,
    st.lists(tests, min_size=1, max_size=2).map(tuple),
    st.sampled_from([None, "a", "b"]),
    st.booleans(),
    st.booleans(),
)
caps = st.sampled_from([None, 0, 4_000])
bands = st.builds(
    Band,
    st.sampled_from([3, 20, 49, 5_000, None]),
    percent=st.sampled_from([None, 20, 100]),
    cents=st.sampled_from([0, 700, 5_000]),
)
amounts = st.one_of(
    st.builds(
        Amount,
        st.just("hourly"),
        cents=st.sampled_from([1, 700, 2_500]),
        most_cents=st.sampled_from([None, None, 3_000]),
        hour_cap_cents=maybe(st.sampled_from([0, 300, 5_000])),
        hours_cap=maybe(st.sampled_from([0, 10])),
        cap_cents=caps,
    ),
    st.builds(
        Amount,
        st.just("percentage"),
        percent=st.sampled_from([0, 1, 30, 45, 100, 120]),
        most_percent=st.sampled_from([None, None, 60, 120]),
        cap_cents=caps,
    ),
    st.builds(
        Amount,
        st.sampled_from(["fixed", "per_participant"]),
        cents=st.sampled_from([0, 1, 700, 5_000]),
        most_cents=st.sampled_from([None, None, 6_000]),
        cap_cents=caps,
    ),
    st.builds(
        Amount,
        st.just("table"),
        subject=st.sampled_from(["employer.headcount", "offer.hours", "item.gross_cents"]),
        bands=st.lists(bands, min_size=1, max_size=3).map(tuple),
        cap_cents=caps,
    ),
    st.just(Amount("unknown")),
    st.builds(Amount, st.just("none"), code=st.sampled_from([None, "a"])),
)
applies = st.builds(
    Apply,
    st.just("Vraag het."),
    maybe(st.sampled_from([0, 16, 31])),
    maybe(st.sampled_from([0, 14])),
    st.sampled_from([None, None, None, ASKED, ASKED - timedelta(days=1)]),
)
IDS = ["a", "b", "c", "d"]


@st.composite
def rules(draw):
    """Up to five rules of every kind; the first may have a version before and after a change."""
    found = []
    for id_ in draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True)):
        one = replace(
            ONE,
            id=id_,
            valid_from=None,
            valid_to=None,
            who=tuple(draw(st.lists(conditions, max_size=1))),
            what=tuple(draw(st.lists(conditions, max_size=2))),
            amount=draw(amounts),
            stacking=draw(stackings),
            certainty=draw(st.sampled_from(["certain", "certain", "possible"])),
            certain_if=tuple(draw(st.lists(tests, max_size=1))),
            wage_side=draw(st.sampled_from([False, False, True])),
            ended=draw(st.booleans()),
            claimed=draw(st.booleans()),
            apply=draw(applies),
            checked_on=ASKED - timedelta(days=draw(st.sampled_from([0, 180, 181]))),
        )
        turn = draw(maybe(st.sampled_from(DAYS)))
        if turn:
            later = replace(one, valid_from=turn + timedelta(days=1), amount=draw(amounts))
            found += draw(st.permutations([replace(one, valid_to=turn), later]))[: draw(few)]
        else:
            found.append(one)
    return tuple(found)


few = st.integers(1, 2)
stackings = st.builds(
    Stacking,
    st.integers(0, 3),
    maybe(st.just("pool")),
    maybe(st.sampled_from([20, 250_000])),
    some(IDS),
    st.sampled_from(["rest", "rest", "gross"]),
)
