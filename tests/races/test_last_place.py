"""Many processes want the last places at once: never over- or undersold, on both databases."""

import pytest
from sqlalchemy import select, update

from marketplace.catalogue import services
from marketplace.catalogue.models import Capacity
from marketplace.db import db, writing
from tests.factories.catalogue import offer, stock, version_id
from tests.races.clients import PATIENCE, race

pytestmark = pytest.mark.race


def book(one: str, places: int) -> bool:
    with writing():
        won = services.reserve(one, places)
        db.session.commit()
    return won


def stocked(session, total: int) -> str:
    stock(offer(capacity=total))
    one = version_id("klare-taal")
    session.remove()
    db.engine.dispose()
    return one


@pytest.mark.parametrize(("total", "places", "winners"), [(1, 1, 1), (20, 3, 6), (32, 1, 32)])
def test_the_last_places_are_taken_exactly_once(app, session, total, places, winners):
    one = stocked(session, total)
    won = race(app, lambda _barrier, _number: book(one, places))
    assert sum(won) == winners
    assert services.places_left() == {one: total - winners * places}


def test_what_is_given_back_meanwhile_is_never_lost(app, session):
    one = stocked(session, 4)

    def take_and_give(_barrier, _number) -> bool:
        won = book(one, 1)
        if won:
            with writing():
                services.release(one, 1)
                db.session.commit()
        return won

    assert any(race(app, take_and_give))
    assert services.places_left() == {one: 4}


def test_control_without_the_rule_the_last_place_is_sold_twice(app, session):
    one = stocked(session, 1)

    def read_then_write(barrier, _number) -> bool:
        left = db.session.scalar(select(Capacity.left))
        db.session.rollback()
        barrier.wait(PATIENCE)
        if left < 1:
            return False
        with writing():
            db.session.execute(update(Capacity).values(left=left - 1))
            db.session.commit()
        return True

    assert sum(race(app, read_then_write)) > 1
    assert services.places_left() == {one: 0}
