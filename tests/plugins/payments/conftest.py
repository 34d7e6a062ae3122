"""The application's own path: the official client, over loopback, to the local Stripe."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from marketplace.accounts.models import Organisation
from marketplace.contract.pages import Event
from marketplace.db import db, writing
from marketplace.host import ask
from marketplace.jobs import services as jobs
from plugins.payments import books, ledger
from plugins.payments.devstripe.deliveries import Deliveries, signed
from plugins.payments.devstripe.server import create_server
from plugins.payments.devstripe.world import World
from plugins.payments.models import Attention, Entry, Payment
from tests.factories import dossiers

KEY, DOOR = "sk_test_of_this_test", "whsec_of_this_test"
GROSS, DUE = 240_000, 290_400
PATH = "/x/payments/stripe"


@dataclass
class Stripe:
    """A local Stripe and the messages that it has for the application."""

    world: World
    deliveries: Deliveries
    base: str

    def only(self, table):
        """The one object of this kind."""
        (found,) = self.world.tables[table].values()
        return found

    def events(self):
        """Everything it told, the oldest first."""
        return list(self.world.told)


@pytest.fixture
def stripe(clock, monkeypatch, socket_enabled):
    """A local Stripe in a thread of its own, on the clock of the test; the environment names it."""
    world = World(lambda: clock.now().timestamp())
    deliveries = Deliveries(world, DOOR)
    server = make_server("127.0.0.1", 0, lambda *call: served(*call), threaded=True)
    base = f"http://127.0.0.1:{server.server_port}"
    served = create_server(world, deliveries, KEY, base)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    for name, value in (("KEY", KEY), ("WEBHOOK_SECRET", DOOR), ("BASE", base)):
        monkeypatch.setenv(f"X_PAYMENTS_STRIPE_{name}", value)
    yield Stripe(world, deliveries, base)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tell(app):
    """Tell the plugins that something happened, and let the worker carry it out."""

    def act(name, subject, **facts):
        with app.app_context(), writing():
            ask.tell(Event(name, subject, facts))
            db.session.commit()
        jobs.run_due(app)

    return act


@pytest.fixture
def order_of(app, tell):
    """Make an order of an employer's browser; gives its public id."""

    def act(browser, gross=GROSS, vat="standard", status="placed"):
        with app.app_context(), writing():
            place = db.session.scalars(
                select(Organisation).where(Organisation.public_id == browser.organisation_id)
            ).one()
            asked = dossiers.request(db.session, place, "ordered")
            given = dossiers.advice(db.session, asked)
            made = dossiers.order(
                db.session,
                given,
                browser.person_id,
                gross_cents=gross,
                line={"vat": vat},
                status=status,
            )
            order = made.public_id
            db.session.commit()
        tell("order.placed", order)
        return order

    return act


@pytest.fixture
def order(order_of, employer):
    """An order of the employer: 2.400 euro and 21 % VAT."""
    return order_of(employer)


@pytest.fixture
def online(employer, stripe, order):
    """The order with an open page of Stripe; gives the session."""
    choose(employer, order, "stripe")
    return stripe.only("checkout.session")["id"]


@pytest.fixture
def deliver(app, stripe):
    """Post messages as Stripe does; gives the statuses."""

    def act(events=None, at=None, secret=DOOR, client=None):
        client = client or app.test_client()
        moment = at if at is not None else int(datetime.now(UTC).timestamp())
        told = stripe.events() if events is None else events
        return [post(client, signed(event, secret, moment)) for event in told]

    return act


@pytest.fixture
def paid(stripe, online, deliver, order):
    """The order, paid by card."""
    stripe.world.pay(online)
    assert set(deliver()) == {200}
    return order


@pytest.fixture
def payment_of(app):
    """The row of the payment of an order, with its books checked."""

    def act(order):
        with app.app_context():
            found = db.session.scalars(select(Payment).where(Payment.order == order)).one()
            assert books.booked(found.id) == ledger.balances(books.standing_of(found))
            assert unbalanced() == []
            db.session.expunge_all()
            return found

    return act


@pytest.fixture
def flags(app):
    """The codes of what waits for a person."""

    def act():
        with app.app_context():
            query = select(Attention.code).where(Attention.settled.is_(None))
            return sorted(db.session.scalars(query))

    return act


def unbalanced():
    """Steps of the ledger that do not sum to zero."""
    sums = select(Entry.payment_id, Entry.step).group_by(Entry.payment_id, Entry.step)
    return list(db.session.execute(sums.having(func.sum(Entry.cents) != 0)))


def choose(browser, order, method):
    """Choose a way to pay; gives the page that follows."""
    answer = browser.post(
        f"/x/payments/bestelling/{order}/betalen", data={"method": method}, follow_redirects=True
    )
    assert answer.status_code == 200
    return answer.text


def page_of(browser, order):
    """The employer's page of a payment."""
    return browser.get(f"/x/payments/bestelling/{order}").text


def post(client, delivery):
    """The status with which the door answers a message."""
    headers = {"Stripe-Signature": delivery.signature, "Content-Type": "application/json"}
    return client.post(PATH, data=delivery.body, headers=headers).status_code


def desk(browser, order, act, cents, prefix, key="sleutel-van-de-test"):
    """Post an amount at the desk."""
    data = {f"{prefix}-amount": f"{cents // 100},{cents % 100:02d}", f"{prefix}-key": key}
    return browser.post(f"/x/payments/balie/bestelling/{order}/{act}", data=data)


def give_back(browser, order, cents, key="sleutel-van-de-test"):
    """Ask for a refund at the desk."""
    return desk(browser, order, "terugbetalen", cents, "out", key)
