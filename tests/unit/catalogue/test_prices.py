"""Prices are pure arithmetic in cents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalogue.prices import KINDS, gross_cents, groups
from marketplace.contract.values import Price

TIERS = ((6, 60_000), (10, 90_000))


@pytest.mark.parametrize(
    ("price", "count", "group_max", "cents"),
    [
        (Price("free"), 40, None, 0),
        (Price("fixed", 25_000), 40, 5, 25_000),
        (Price("per_participant", 1_500), 12, None, 18_000),
        (Price("per_group", 80_000), 12, 5, 240_000),
        (Price("per_group", 80_000), 10, 5, 160_000),
        (Price("per_group", 80_000), 12, None, 80_000),
        (Price("tiered", tiers=TIERS), 6, 10, 60_000),
        (Price("tiered", tiers=TIERS), 7, 10, 90_000),
        (Price("tiered", tiers=TIERS), 10, 10, 90_000),
        (Price("tiered", tiers=TIERS), 14, 10, 150_000),
        (Price("tiered", tiers=TIERS), 20, 10, 180_000),
    ],
)
def test_every_price_model(price, count, group_max, cents):
    assert gross_cents(price, count, group_max) == cents


@pytest.mark.parametrize(
    ("price", "count"),
    [(Price("free"), 0), (Price("fixed", 1), -1), (Price("barter"), 1), (Price("tiered"), 1)],
)
def test_nothing_is_guessed(price, count):
    with pytest.raises(ValueError):
        gross_cents(price, count)


@given(
    kind=st.sampled_from(KINDS),
    cents=st.integers(0, 10**8),
    steps=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 10**6)), min_size=1, max_size=5),
    count=st.integers(1, 300),
    group_max=st.one_of(st.none(), st.integers(1, 20)),
)
def test_one_participant_more_is_never_cheaper(kind, cents, steps, count, group_max):
    tiers, people, total = [], 0, 0
    for more, dearer in steps:
        people, total = people + more, total + dearer
        tiers.append((people, total))
    price = Price(kind, cents, tuple(tiers))
    now, then = (gross_cents(price, n, group_max) for n in (count, count + 1))
    assert 0 <= now <= then


def test_groups_are_counted_up():
    assert [groups(count, 5) for count in (1, 5, 6, 12)] == [1, 1, 2, 3]
