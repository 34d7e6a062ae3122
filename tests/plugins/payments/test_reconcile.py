"""``flask payments reconcile`` names what only one side knows, and mends what it can."""

from datetime import timedelta

import pytest

from marketplace.db import db, writing
from marketplace.jobs import services as jobs
from marketplace.jobs.models import Job
from plugins.payments.models import Message, Receipt
from tests.plugins.payments.conftest import DUE, choose


@pytest.fixture
def reconcile(app):
    """Run the command; gives its status and its lines."""

    def act(*options):
        found = app.test_cli_runner().invoke(args=["payments", "reconcile", *options])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.output

    return act


@pytest.fixture
def run(app, reconcile):
    """Reconcile, and carry out what it queued."""

    def act():
        found = reconcile()
        jobs.run_due(app)
        return found

    return act


def test_when_both_sides_agree_there_is_nothing_to_say(stripe, online, deliver, reconcile):
    stripe.world.pay(online)
    deliver()
    status, output = reconcile()
    assert (status, output.splitlines()[-1][:14]) == (0, "0 differences;")


def test_messages_that_never_came_are_found_and_read(stripe, online, order, run, payment_of):
    stripe.world.pay(online)
    stripe.world.refund({"payment_intent": stripe.only("payment_intent")["id"], "amount": 500})
    status, output = run()
    assert status == 1
    assert "theirs" in output
    assert "is not in our books" in output
    assert (payment_of(order).paid_cents, payment_of(order).refunded_cents) == (DUE, 500)
    assert run()[0] == 0, "and afterwards both sides agree"


def test_what_only_we_know_is_named(app, stripe, online, order, deliver, reconcile):
    stripe.world.pay(online)
    deliver()
    for table in ("checkout.session", "payment_intent", "charge", "event"):
        stripe.world.tables[table].clear()
    status, output = reconcile()
    assert status == 1
    assert "ours" in output
    assert f"payment of {DUE} cents is not known at Stripe" in output


def test_another_amount_is_named(app, stripe, online, deliver, reconcile):
    stripe.world.pay(online)
    deliver()
    with app.app_context(), writing():
        db.session.query(Receipt).update({"cents": DUE - 1})
        db.session.commit()
    status, output = reconcile()
    assert status == 1
    assert f"payment of {DUE} cents there, {DUE - 1} here" in output


def test_a_call_that_nobody_answered_is_named(
    stripe, order, employer, clock, reconcile, monkeypatch
):
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", "http://127.0.0.1:9")
    choose(employer, order, "stripe")
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", stripe.base)
    clock.at += timedelta(hours=2)
    status, output = reconcile()
    assert status == 1
    assert f"checkout.{order}.1" in output
    assert "never answered" in output


def test_messages_whose_reading_was_given_up_are_read(
    app, make_app, stripe, online, order, deliver, run, payment_of, clock
):
    stripe.world.pay(online)
    deliver(client=make_app(JOBS_ENGINE="worker").test_client())
    with app.app_context(), writing():
        db.session.query(Job).filter(Job.kind == "x_payments.message").update({"state": "dead"})
        db.session.commit()
    clock.at += timedelta(hours=2)
    run()
    assert payment_of(order).state == "paid"


def test_reading_again_what_is_known_adds_nothing(app, stripe, online, deliver, run):
    stripe.world.pay(online)
    deliver()
    run()
    with app.app_context():
        assert db.session.query(Message).count() == len(stripe.events())
