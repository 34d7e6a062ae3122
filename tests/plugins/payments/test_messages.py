"""Messages in any order, twice, at once, and workers that die: always the same end."""

import itertools
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from marketplace.db import db, writing
from marketplace.jobs import services as jobs
from plugins.payments import books, reading
from plugins.payments.models import Dispute, Message, Receipt, Refund
from plugins.payments.taking import take
from tests.plugins.payments.conftest import DUE, choose

BACK = 30_000
KINDS = (
    "payment_intent.processing",
    "checkout.session.async_payment_succeeded",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.closed",
)
SEVERAL = 6
"""Of the 120 orders of five messages the normal run takes these many through the whole stack."""


def steps(stripe, session):
    """Five things that happen at Stripe, one by one."""
    world = stripe.world
    yield world.pend(session)
    yield world.end_debit(session, ok=True)
    intent = world.get("checkout.session", session)["payment_intent"]
    yield world.refund({"payment_intent": intent, "amount": BACK})
    dispute = world.dispute(session)
    yield dispute
    yield world.close_dispute(str(dispute["id"]), won=True)


@pytest.fixture
def lived(stripe, employer, order_of):
    """Let an order go through everything; gives its id and the five messages about it."""

    def act():
        order, before = order_of(employer), len(stripe.events())
        choose(employer, order, "stripe")
        session = list(stripe.world.tables["checkout.session"])[-1]
        for _step in steps(stripe, session):
            pass
        told = stripe.events()[before:]
        return order, [next(one for one in told if one["type"] == kind) for kind in KINDS]

    return act


@pytest.fixture
def looks(app, stripe, online):
    """What a worker would have seen after each of the five steps."""
    with app.app_context():
        return [reading.of_session(online) for _step in steps(stripe, online)]


def rows(app, payment):
    """How much there is of everything that must not double, and the balances."""
    with app.app_context():
        counts = {
            kind.__name__: db.session.scalar(
                select(func.count()).select_from(kind).where(kind.payment_id == payment.id)
            )
            for kind in (Receipt, Refund, Dispute)
        }
        return counts, books.booked(payment.id)


END = (
    {"Receipt": 1, "Refund": 1, "Dispute": 1},
    {"claim": 0, "sales": BACK - DUE, "money": DUE - BACK, "contested": 0, "losses": 0},
)


def ended_well(app, payment):
    assert payment.state == "partially_refunded"
    assert (payment.paid_cents, payment.refunded_cents) == (DUE, BACK)
    assert payment.kept_cents == DUE - BACK
    assert rows(app, payment) == END


def orders(request, several):
    """All 120 orders of five with ``--drill``, else so many of them, spread."""
    found = list(itertools.permutations(range(5)))
    return found if request.config.getoption("--drill") else found[:: len(found) // several]


def test_looks_that_are_written_in_any_order_end_the_same(app, looks, payment_of, order, request):
    """A worker may have looked long before another and write after it; every order, and twice."""
    ends = set()
    with app.app_context(), writing():
        for places in orders(request, 24):
            with db.session.begin_nested() as point:
                for place in (*places, *reversed(places)):
                    payment = take(looks[place], "test")
                ends.add((payment.state, payment.paid_cents, payment.kept_cents))
                point.rollback()
            db.session.expire_all()
        db.session.rollback()
    assert ends == {("partially_refunded", DUE, DUE - BACK)}
    assert payment_of(order).state == "pending", "each order began from the same rows"


def test_messages_in_any_order_and_doubled_end_the_same(app, lived, deliver, payment_of, request):
    for places in orders(request, SEVERAL):
        order, history = lived()
        told = [history[place] for place in places]
        assert set(deliver(told + told[::-1])) == {200}
        ended_well(app, payment_of(order))


def test_eight_deliveries_at_once_of_everything_twice_end_the_same(app, lived, deliver, payment_of):
    order, history = lived()
    told = [one for one in history for _copy in range(2)]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda one: deliver([one])[0], told))
    assert set(statuses) <= {200, 503}
    assert set(deliver(history)) == {200}, "Stripe comes again with what was not taken"
    jobs.run_due(app)
    ended_well(app, payment_of(order))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Message)) == 5


def dies_at(app, number, moment):
    """Run the worker in a process that ends at its so-manieth commit; True when it died."""

    def work():
        db.engine.dispose(close=False)
        count = itertools.count(1)

        def die(_session):
            if next(count) == number:
                os._exit(9)

        event.listen(db.session, moment, die)
        jobs.run_due(app)
        os._exit(0)

    with app.app_context():
        process = multiprocessing.get_context("fork").Process(target=work)
        process.start()
        process.join(60)
        return process.exitcode == 9


@pytest.mark.parametrize("moment", ["before_commit", "after_commit"])
def test_a_worker_that_dies_at_any_commit_leaves_no_half_work(
    app, make_app, lived, payment_of, clock, moment, deliver
):
    order, history = lived()
    door = make_app(JOBS_ENGINE="worker").test_client()
    assert set(deliver(history, client=door)) == {200}
    deaths = 0
    while dies_at(app, deaths + 1, moment):
        deaths += 1
        clock.at += timedelta(minutes=6)  # what the dead worker held is free again
        assert deaths < 100
    assert deaths >= len(KINDS), "control: it did die"
    ended_well(app, payment_of(order))
