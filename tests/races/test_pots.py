"""Thirty-two orders want the last money of a pot: never more than there is, on both databases."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select, update

from marketplace.contract.pages import Event, Refused
from marketplace.db import db, writing
from plugins.subsidies.pots import booking, ledger
from plugins.subsidies.pots.models import Pot, Share
from tests.factories import pots as make
from tests.factories.accounts import organisation
from tests.races.clients import CLIENTS, PATIENCE, race

pytestmark = pytest.mark.race
BOOK = 100_00


@pytest.fixture
def pot(app):
    """Make a pot; gives its public id."""

    def made(**terms) -> str:
        with app.app_context(), writing():
            federation = organisation(db.session, "federation")
            public_id = make.pot(federation, **terms).public_id
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return public_id

    return made


def book(app, key: str, employer: str, *aids) -> bool:
    with app.test_request_context("/", method="POST"), writing():
        try:
            make.reserve(key, employer, *aids)
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
    return True


def settle(app, name: str, key: str) -> None:
    with app.test_request_context("/", method="POST"), writing():
        booking.settle(Event(name, key))
        db.session.commit()


def stand(app) -> Mapping[str, tuple[int, int]]:
    """Reserved and used by pot; all adds up."""
    with app.app_context():
        assert ledger.differences() == []
        return {
            one.public_id: (one.reserved_cents, one.used_cents)
            for one in db.session.scalars(select(Pot))
        }


@pytest.mark.parametrize(("total", "winners"), [(100_00, 1), (799_99, 7), (3_200_00, 32)])
def test_the_last_money_goes_to_exactly_as_many_orders(app, pot, rounds, total, winners):
    for turn in range(rounds):
        public_id = pot(total_cents=total)

        def order(_barrier, number, public_id=public_id, turn=turn):
            return book(app, f"o{turn}-{number}", f"e{number}", make.aid(public_id, BOOK))

        assert sum(race(app, order)) == winners
        assert stand(app)[public_id] == (winners * BOOK, 0)


def test_one_employer_in_thirty_two_windows_gets_no_more_than_the_cap(app, pot, rounds):
    for turn in range(rounds):
        public_id = pot(total_cents=9_000_00, employer_cap_cents=350_00)

        def order(_barrier, number, public_id=public_id, turn=turn):
            return book(app, f"o{turn}-{number}", "e1", make.aid(public_id, BOOK))

        assert sum(race(app, order)) == 3
        assert stand(app)[public_id] == (3 * BOOK, 0)


def test_orders_on_two_pots_never_wait_for_each_other_for_ever(app, pot, rounds):
    for turn in range(rounds):
        one, two = pot(total_cents=900_00), pot(total_cents=500_00)

        def order(_barrier, number, one=one, two=two, turn=turn):
            aids = [make.aid(one, BOOK), make.aid(two, BOOK)]
            return book(app, f"o{turn}-{number}", f"e{number}", *aids[:: 1 if number % 2 else -1])

        assert sum(race(app, order)) == 5
        assert {public_id: stand(app)[public_id] for public_id in (one, two)} == {
            one: (500_00, 0),
            two: (500_00, 0),
        }


def test_what_is_cancelled_meanwhile_and_told_twice_is_free_once(app, pot, rounds):
    for turn in range(rounds):
        public_id = pot(total_cents=400_00)

        def take_and_give(_barrier, number, public_id=public_id, turn=turn):
            key = f"o{turn}-{number}"
            won = book(app, key, f"e{number % 3}", make.aid(public_id, BOOK))
            for name in ("order.cancelled", "order.cancelled", "order.delivered") if won else ():
                settle(app, name, key)
            return won

        assert any(race(app, take_and_give))
        assert stand(app)[public_id] == (0, 0)


def test_the_end_of_one_order_told_by_thirty_two_workers_counts_once(app, pot):
    public_id = pot()
    book(app, "o1", "e1", make.aid(public_id, BOOK))
    with app.app_context():
        db.engine.dispose()

    def tell(_barrier, number):
        settle(app, "order.delivered" if number % 2 else "order.cancelled", "o1")
        return True

    assert len(race(app, tell)) == CLIENTS
    assert stand(app)[public_id] in {(0, 0), (0, BOOK)}


def test_control_without_the_rule_one_employer_gets_more_than_the_cap(app, pot):
    public_id = pot(total_cents=9_000_00, employer_cap_cents=BOOK)
    book(app, "o1", "e1", make.aid(public_id, BOOK))
    settle(app, "order.cancelled", "o1")  # leaves the row of the employer, with nothing on it

    def read_then_write(barrier, _number) -> bool:
        held = db.session.scalar(select(Share.held_cents))
        db.session.rollback()
        barrier.wait(PATIENCE)
        if held + BOOK > BOOK:
            return False
        with writing():
            db.session.execute(update(Share).values(held_cents=Share.held_cents + BOOK))
            db.session.commit()
        return True

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert sum(race(app, read_then_write)) > 1
    with app.app_context():
        assert db.session.scalar(select(Share.held_cents)) > BOOK


def test_control_without_the_rule_the_last_money_is_given_twice(app, pot):
    public_id = pot(total_cents=BOOK)

    def read_then_write(barrier, _number) -> bool:
        left = db.session.scalar(select(Pot.left_cents).where(Pot.public_id == public_id))
        db.session.rollback()
        barrier.wait(PATIENCE)
        if left < BOOK:
            return False
        with writing():
            db.session.execute(update(Pot).values(reserved_cents=BOOK))
            db.session.commit()
        return True

    assert sum(race(app, read_then_write)) > 1
