"""The door for messages: signed, in time, once; and what is inside is never believed."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from marketplace.db import db
from plugins.payments.devstripe.deliveries import Delivery, signed
from plugins.payments.models import Message
from tests.plugins.payments.conftest import DOOR, DUE, PATH, post


@pytest.fixture
def event(stripe, online):
    """The event that says that the order is paid."""
    stripe.world.pay(online)
    return stripe.events()[-1]


def now():
    return int(datetime.now(UTC).timestamp())


def kept(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Message))


def test_a_message_is_kept_once_however_often_it_comes(app, event, deliver, order, payment_of):
    assert deliver([event] * 3) == [200, 200, 200]
    assert kept(app) == 1
    assert payment_of(order).paid_cents == DUE


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 200), (-290, 200), (-310, 400), (50, 200), (70, 400), (86_400, 400)]
)
def test_only_messages_from_about_now_come_in(app, event, deliver, seconds, status):
    assert deliver([event], at=now() + seconds) == [status]
    assert kept(app) == (status == 200)


def test_control_the_client_alone_lets_the_future_in(app, event, deliver, monkeypatch):
    monkeypatch.setattr("plugins.payments.webhook.MOST_SECONDS_AHEAD", 10**9)
    assert deliver([event], at=now() + 86_400) == [200]


def test_a_message_that_is_not_signed_by_stripe_stays_out(app, event):
    good, client = signed(event, DOOR, now()), app.test_client()
    body = good.body.replace(b"evt_", b"evil")
    for bad in (
        signed(event, "another secret", now()),
        Delivery("", body, good.signature),
        Delivery("", good.body, ""),
        Delivery("", good.body, good.signature.replace("v1=", "v0=")),
        Delivery("", good.body, f"t={now()}"),
        Delivery("", good.body, "t=x,v1=é"),
    ):
        assert post(client, bad) == 400
    assert kept(app) == 0
    assert post(client, good) == 200, "control: the same message, signed"


@pytest.mark.parametrize(
    "spoil",
    [
        {"livemode": True},
        {"account": "acct_of_another"},
        {"id": "evt_" + "x" * 300},
        {"data": {"object": {"object": "charge"}}},
        {"id": "evt_\x00"},
        {"data": {"object": {"id": "pi_é"}}},
        {"data": {}},
    ],
)
def test_a_signed_message_that_is_not_for_us_stays_out(app, event, deliver, spoil):
    assert deliver([event | spoil]) == [400]
    assert kept(app) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"{}"])
def test_a_body_that_is_no_event_is_refused_and_never_crashes(app, stripe, body):
    import hashlib
    import hmac

    at = now()
    mac = hmac.new(DOOR.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    assert post(app.test_client(), Delivery("", body, f"t={at},v1={mac}")) == 400


def test_a_body_without_end_is_refused(app, stripe):
    answer = app.test_client().post(PATH, data=b"x" * 300_000)
    assert answer.status_code == 413


def test_without_a_secret_there_is_no_door(app, stripe, event, monkeypatch):
    monkeypatch.delenv("X_PAYMENTS_STRIPE_WEBHOOK_SECRET")
    assert post(app.test_client(), signed(event, DOOR, now())) == 404


def test_no_csrf_token_is_asked(make_app, stripe, online):
    stripe.world.pay(online)
    client = make_app(WTF_CSRF_ENABLED=True).test_client()
    assert post(client, signed(stripe.events()[-1], DOOR, now())) == 200


def test_a_kind_that_nobody_reads_is_kept_and_ignored(app, stripe, event, deliver):
    assert deliver([event | {"type": "customer.created"}]) == [200]
    with app.app_context():
        assert db.session.scalars(select(Message.state)).all() == ["ignored"]


def test_a_lie_in_a_signed_message_changes_nothing(stripe, online, deliver, order, payment_of):
    stripe.world.decline(online)
    (event,) = stripe.events()
    lie = json.loads(json.dumps(event))
    lie["data"]["object"] |= {"status": "succeeded", "amount_received": DUE}
    lie["type"] = "payment_intent.succeeded"
    assert deliver([lie]) == [200]
    assert payment_of(order).state == "pending"
    assert payment_of(order).paid_cents == 0


def test_of_the_body_only_its_digest_is_kept(app, event, deliver):
    deliver([event])
    with app.app_context():
        row = db.session.scalars(select(Message)).one()
        assert len(row.digest) == 64
        assert event["data"]["object"]["id"] == row.about


def test_money_that_belongs_to_no_order_is_flagged(stripe, online, deliver, flags, event):
    for table in ("checkout.session", "payment_intent"):
        stripe.only(table)["metadata"] = {"order": "bestaat-niet"}
    stripe.only("checkout.session")["id"] = "cs_test_unknown"
    intent = stripe.only("payment_intent")["id"]
    told = {"type": "payment_intent.succeeded", "data": {"object": {"id": intent}}}
    assert deliver([event | told]) == [200]
    assert flags() == ["unknown"]
