"""Reserved, used, released: what an order takes from a pot and what becomes of it."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from marketplace.contract.pages import Event, Refused
from marketplace.db import db, writing
from plugins.subsidies.pots import booking, ledger
from plugins.subsidies.pots.models import AppendOnly, Movement, Pot, Reservation
from tests.factories import pots as make


@pytest.fixture
def order(written):
    """Book an order of an employer; gives the code of the refusal, or None."""

    def act(key, employer, *aids):
        try:
            return written(lambda _session: make.reserve(key, employer, *aids))
        except Refused as refused:
            return refused.code

    return act


@pytest.fixture
def told(written):
    """Tell the plugin what happened to an order."""
    return lambda name, key: written(lambda _session: booking.settle(Event(name, key)))


def test_an_order_holds_what_its_line_counts_on(pot, order, stand):
    public_id = pot()
    assert order("o1", "e1", make.aid(public_id, 600_00)) is None
    assert stand(public_id) == (600_00, 0, 400_00)


def test_cancelled_is_free_again_and_delivered_is_used(pot, order, told, stand):
    public_id = pot()
    order("o1", "e1", make.aid(public_id, 300_00))
    order("o2", "e2", make.aid(public_id, 600_00))
    told("order.cancelled", "o1")
    told("order.delivered", "o2")
    assert stand(public_id) == (0, 600_00, 400_00)


@pytest.mark.parametrize("name", sorted(booking.BECOMES))
def test_every_end_of_an_order_or_a_referral_settles_its_money(pot, order, told, stand, name):
    public_id = pot()
    order("o1", "e1", make.aid(public_id, 300_00))
    told(name, "o1")
    used = 300_00 if booking.BECOMES[name] == "used" else 0
    assert stand(public_id) == (0, used, 1_000_00 - used)


def test_told_twice_or_of_strangers_changes_nothing(pot, order, told, stand):
    public_id = pot()
    order("o1", "e1", make.aid(public_id, 300_00))
    for name in ("order.placed", "order.confirmed"):
        told(name, "o1")
    assert stand(public_id) == (300_00, 0, 700_00)
    told("order.cancelled", "someone-else")
    for _time in range(2):
        told("order.cancelled", "o1")
    assert stand(public_id) == (0, 0, 1_000_00)


@pytest.mark.parametrize(
    "events", [("order.cancelled", "order.delivered"), ("order.delivered", "order.cancelled")]
)
def test_the_first_end_counts_whatever_comes_after(pot, order, told, stand, events):
    public_id = pot()
    order("o1", "e1", make.aid(public_id, 300_00))
    for name in events:
        told(name, "o1")
    assert stand(public_id)[1] == (300_00 if events[0] == "order.delivered" else 0)


def test_control_without_the_state_a_second_telling_gives_the_money_twice(
    pot, order, told, stand, monkeypatch
):
    public_id = pot()
    order("o1", "e1", make.aid(public_id, 300_00))
    order("o2", "e1", make.aid(public_id, 300_00))
    everything = frozenset({"used", "released"})
    monkeypatch.setattr(booking, "STATES", dict.fromkeys(booking.STATES, everything))
    for _time in range(2):
        told("order.cancelled", "o1")
    assert stand(public_id)[0] == 0, "the money of the other order is gone"


def test_who_comes_when_too_little_is_left_reads_what_to_do(pot, order, stand, app):
    public_id = pot(total_cents=700_00)
    assert order("o1", "e1", make.aid(public_id, 600_00)) is None
    assert order("o2", "e2", make.aid(public_id, 600_00)) == "pot-emptier"
    assert stand(public_id) == (600_00, 0, 100_00)
    with app.app_context(), writing(), pytest.raises(Refused) as refused:
        make.reserve("o3", "e2", make.aid(public_id, 600_00))
    assert "Pot voor de zorg" in refused.value.message
    assert "Bereken uw plan opnieuw" in refused.value.message


def test_one_employer_gets_no_more_than_the_cap(pot, order, told, stand):
    public_id = pot(employer_cap_cents=700_00, total_cents=5_000_00)
    assert order("o1", "e1", make.aid(public_id, 600_00)) is None
    assert order("o2", "e1", make.aid(public_id, 101_00)) == "pot-share-used"
    assert order("o3", "e2", make.aid(public_id, 600_00)) is None
    told("order.delivered", "o1")
    assert order("o4", "e1", make.aid(public_id, 101_00)) == "pot-share-used"
    told("order.cancelled", "o3")
    assert order("o5", "e2", make.aid(public_id, 600_00)) is None
    assert stand(public_id) == (600_00, 600_00, 3_800_00)


def test_an_order_on_two_pots_takes_from_both_or_from_neither(pot, order, stand):
    full, small = pot(), pot(total_cents=50_00)
    both = (make.aid(full, 300_00), make.aid(small, 60_00))
    assert order("o1", "e1", *both) == "pot-emptier"
    assert (stand(full), stand(small)) == ((0, 0, 1_000_00), (0, 0, 50_00))
    assert order("o2", "e1", make.aid(full, 300_00), make.aid(small, 50_00)) is None
    assert (stand(full), stand(small)) == ((300_00, 0, 700_00), (50_00, 0, 0))


def test_a_pot_that_changed_closed_or_is_gone_gives_nothing_of_an_old_advice(
    pot, order, written, stand
):
    public_id = pot()
    assert order("o1", "e1", make.aid(public_id, 600_01)) == "pot-changed"
    assert order("o1", "e1", make.aid("never-was", 600_00)) == "pot-changed"
    written(lambda session: session.execute(update(Pot).values(closed=Pot.created)))
    assert order("o1", "e1", make.aid(public_id, 600_00)) == "pot-changed"
    assert stand(public_id) == (0, 0, 1_000_00)


def test_other_aid_books_nothing(pot, order, stand, app):
    public_id = pot()
    possible = make.replace(make.aid(public_id, 300_00), certainty="possible")
    nothing = make.aid(public_id, 0)
    other = make.replace(make.aid(public_id, 300_00), rule="kmop-training-small")
    assert order("o1", "e1", possible, nothing, other) is None
    assert stand(public_id) == (0, 0, 1_000_00)
    with app.app_context():
        assert db.session.scalars(select(Reservation)).all() == []


def test_the_database_itself_refuses_more_than_there_is(pot, written):
    """Control: without the rule in front, the CHECK still stands."""
    pot()
    with pytest.raises(IntegrityError):
        written(lambda session: session.execute(update(Pot).values(reserved_cents=1_000_01)))


def test_a_movement_stays_as_it_is(pot, written):
    pot()
    with pytest.raises(AppendOnly):
        written(lambda session: session.delete(session.scalars(select(Movement)).one()))


@pytest.mark.parametrize(
    ("model", "column", "counters"),
    [
        (Pot, "reserved_cents", {"reserved", "reserved by orders"}),
        (Pot, "total_cents", {"total"}),
        (Movement, "reserved_cents", {"reserved"}),
        (Reservation, "cents", {"reserved by orders", "held by employers"}),
    ],
)
def test_one_cent_that_does_not_add_up_is_found(pot, order, written, app, model, column, counters):
    public_id = pot(key="een-sleutel")
    order("o1", "e1", make.aid(public_id, 300_00))
    runner = app.test_cli_runner()
    assert runner.invoke(args=["pots", "check"]).exit_code == 0
    one_more = {column: getattr(model, column) + 1}
    written(
        lambda session: session.execute(
            update(model)
            .where(model.id == select(db.func.max(model.id)).scalar_subquery())
            .values(one_more)
            .execution_options(synchronize_session=False)
        )
    )
    with app.app_context():
        assert {one.counter for one in ledger.differences()} == counters
    result = runner.invoke(args=["pots", "check"])
    assert result.exit_code == 1
    assert public_id in result.output
