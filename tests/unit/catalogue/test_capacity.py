"""Places are taken by the booking rule: never more than there are, never given back twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.catalogue import services
from marketplace.catalogue.models import Capacity
from tests.factories.catalogue import offer, stock, version_id


def test_places_are_taken_until_they_are_gone(session):
    stock(offer(capacity=5))
    one = version_id("klare-taal")
    assert services.reserve(one, 3)
    assert not services.reserve(one, 3)
    assert services.reserve(one, 2)
    assert services.places_left() == {one: 0}


def test_places_come_back_but_never_more_than_there_were(session):
    stock(offer(capacity=5))
    one = version_id("klare-taal")
    services.reserve(one, 2)
    assert services.release(one, 2)
    assert not services.release(one, 1)
    assert services.places_left() == {one: 5}


def test_an_offer_without_a_limit_always_has_places(session):
    stock(offer())
    one = version_id("klare-taal")
    assert services.reserve(one, 10_000)
    assert services.release(one, 10_000)
    assert services.places_left() == {}


def test_an_old_version_takes_from_the_same_places(session):
    stock(offer(capacity=5))
    old = version_id("klare-taal")
    stock(offer(capacity=5, hours=9))
    assert services.reserve(old, 4)
    assert services.places_left() == {version_id("klare-taal"): 1}


@pytest.mark.parametrize("places", [0, -1])
def test_no_places_cannot_be_booked(session, places):
    with pytest.raises(ValueError):
        services.reserve("x", places)


def test_a_rolled_back_order_takes_no_places(session):
    stock(offer(capacity=5))
    one = version_id("klare-taal")
    services.reserve(one, 3)
    session.rollback()
    assert services.places_left() == {one: 5}


@pytest.mark.parametrize("left", [-1, 6])
def test_the_database_itself_refuses_a_wrong_count(session, left):
    stock(offer(capacity=5))
    session.scalars(select(Capacity)).one().left = left
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(-6, 6).filter(bool), max_size=12))
def test_left_is_always_total_less_taken(session, steps):
    session.rollback()
    stock(offer(capacity=10))
    one, taken = version_id("klare-taal"), 0
    for step in steps:
        done = services.reserve(one, step) if step > 0 else services.release(one, -step)
        assert done == (0 <= taken + step <= 10)
        taken += step * done
    assert services.places_left() == {one: 10 - taken}
    session.rollback()
