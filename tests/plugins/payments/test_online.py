"""Paying online: the real client against the local Stripe, from the order to the refund."""

import pytest
from sqlalchemy import select

from marketplace.db import db, writing
from plugins.payments import api, calls
from plugins.payments.models import Attempt, Call
from tests.plugins.payments.conftest import DUE, choose, page_of


def mails(app):
    folder = app.config["INSTANCE"] / "mail"
    return [one.read_text() for one in folder.glob("*.eml")]


def test_the_employer_is_sent_to_a_page_that_asks_the_right_amount(employer, stripe, online, order):
    session = stripe.only("checkout.session")
    assert session["amount_total"] == DUE
    assert session["metadata"] == {"order": order}
    page = page_of(employer, order)
    assert f'href="{session["url"]}"' in page
    assert "Betaal 2.904 euro" in page


def test_what_is_paid_is_booked_mailed_and_said(app, employer, paid, payment_of, flags):
    payment = payment_of(paid)
    assert (payment.state, payment.paid_cents, payment.kept_cents) == ("paid", DUE, DUE)
    assert "Wij hebben uw betaling ontvangen" in page_of(employer, paid)
    assert len([mail for mail in mails(app) if "Uw betaling is ontvangen" in mail]) == 1
    assert flags() == []


def test_choosing_again_gives_the_same_page(employer, stripe, online, order):
    choose(employer, order, "stripe")
    assert stripe.only("checkout.session")["id"] == online


def test_the_key_is_kept_before_the_call_and_a_repeat_uses_it(
    app, employer, stripe, order, monkeypatch, payment_of
):
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", "http://127.0.0.1:9")
    page = choose(employer, order, "stripe")
    assert "De betaalpagina antwoordt nu niet" in page
    assert "Kies: Online betalen" in page, "and it can be tried again"
    with app.app_context():
        call = db.session.scalars(select(Call)).one()
        assert (call.answered, call.reference) == (None, None)
        body, key = call.body, call.key
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", stripe.base)
    with app.app_context():
        lost = calls.create_session(key, body)  # it arrived, and its answer was lost
    choose(employer, order, "stripe")
    assert stripe.only("checkout.session")["id"] == lost.id
    assert payment_of(order).state == "pending"


def test_a_page_whose_answer_was_lost_still_pays_the_order(
    app, employer, stripe, order, monkeypatch, deliver, payment_of
):
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", "http://127.0.0.1:9")
    choose(employer, order, "stripe")
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", stripe.base)
    with app.app_context():
        call = db.session.scalars(select(Call)).one()
        session = calls.create_session(call.key, call.body)
    stripe.world.pay(session.id)
    deliver()
    assert payment_of(order).state == "paid"


def test_a_body_that_was_altered_is_never_sent(app, order, online):
    with app.app_context(), writing():
        call = db.session.scalars(select(Call)).one()
        call.body = dict(call.body) | {"mode": "setup"}
        with pytest.raises(calls.Altered):
            calls.checked(call)


def test_a_refused_card_leaves_the_page_open(employer, stripe, online, order, deliver, payment_of):
    stripe.world.decline(online)
    deliver()
    assert payment_of(order).state == "pending"
    stripe.world.pay(online)
    deliver()
    assert payment_of(order).state == "paid"


@pytest.mark.parametrize(("ok", "state"), [(True, "paid"), (False, "failed")])
def test_a_direct_debit_is_on_its_way_and_then_arrives_or_not(
    employer, stripe, online, order, deliver, payment_of, ok, state
):
    stripe.world.pend(online)
    deliver()
    assert payment_of(order).state == "processing"
    assert "Uw betaling is onderweg" in page_of(employer, order)
    stripe.world.end_debit(online, ok)
    deliver()
    assert payment_of(order).state == state


def test_after_a_failure_another_page_is_opened(employer, stripe, online, order, deliver, app):
    stripe.world.pend(online)
    stripe.world.end_debit(online, ok=False)
    deliver()
    choose(employer, order, "stripe")
    assert len(stripe.world.tables["checkout.session"]) == 2
    with app.app_context():
        assert db.session.scalars(select(Attempt.status).order_by(Attempt.number)).all() == [
            "failed",
            "open",
        ]


def test_a_page_that_ran_out_can_be_opened_anew(
    employer, stripe, online, order, deliver, payment_of
):
    stripe.only("checkout.session")["expires_at"] = 0
    stripe.world.get("checkout.session", online)
    deliver()
    assert payment_of(order).state == "expired"
    assert "De betaalpagina is verlopen" in page_of(employer, order)
    choose(employer, order, "stripe")
    assert payment_of(order).state == "pending"


def test_cancelling_shuts_the_page(stripe, online, order, tell, payment_of):
    tell("order.cancelled", order)
    assert stripe.only("checkout.session")["status"] == "expired"
    assert payment_of(order).state == "cancelled"


def test_who_paid_just_before_cancelling_is_not_forgotten(
    stripe, online, order, tell, payment_of, flags, deliver
):
    stripe.world.pay(online)
    tell("order.cancelled", order)
    deliver()
    payment = payment_of(order)
    assert (payment.state, payment.paid_cents) == ("paid", DUE)
    assert flags() == ["late"]


# ---- keys ----


@pytest.mark.parametrize("kind", ["sk_live_x", "rk_live_x", "geheim"])
@pytest.mark.parametrize("environment", ["demo", "development", "testing"])
def test_a_live_key_is_refused_outside_production(app, stripe, monkeypatch, kind, environment):
    app.config["ENVIRONMENT"] = environment
    monkeypatch.setenv("X_PAYMENTS_STRIPE_KEY", kind)
    monkeypatch.delenv("X_PAYMENTS_STRIPE_BASE")
    with app.app_context():
        assert not api.usable()
        with pytest.raises(api.KeyRefused):
            api.client()


@pytest.mark.parametrize(
    ("key", "base"),
    [
        ("sk_live_x", "http://127.0.0.1:1"),
        ("sk_test_x", "http://stripe.example"),
        ("sk_test_x", "https://127.0.0.1:1"),
        ("sk_test_x", "http://127.0.0.1.example"),
    ],
)
def test_the_client_goes_to_this_machine_or_to_stripe(app, key, base):
    with app.app_context(), pytest.raises(api.KeyRefused):
        api.refuse_mixed(key, base, "production")


def test_without_a_key_nobody_can_choose_to_pay_online(employer, order):
    assert "Online betalen" not in page_of(employer, order)
    assert "Zo kunt u nu niet betalen" in choose(employer, order, "stripe")
