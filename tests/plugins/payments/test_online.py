"""Paying online: the real client against the local Stripe, from the order to the refund."""

from datetime import timedelta

import pytest
from markupsafe import escape
from sqlalchemy import select

from marketplace.db import db, writing
from marketplace.jobs import services as jobs
from plugins.payments import api, calls
from plugins.payments.models import Attempt, Call, Refund
from tests.plugins.payments.conftest import DUE, choose, page_of


def desk(browser, order, act, cents, prefix, key="sleutel-van-de-test"):
    data = {f"{prefix}-amount": f"{cents // 100},{cents % 100:02d}", f"{prefix}-key": key}
    return browser.post(f"/x/payments/balie/bestelling/{order}/{act}", data=data)


def give_back(browser, order, cents, key="sleutel-van-de-test"):
    return desk(browser, order, "terugbetalen", cents, "out", key)


@pytest.fixture
def paid(stripe, online, deliver, order):
    """The order, paid by card."""
    stripe.world.pay(online)
    assert set(deliver()) == {200}
    return order


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
    assert "De betaalpagina antwoordt nu niet" in choose(employer, order, "stripe")
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


# ---- refunds and disputes ----


def test_money_goes_back_in_parts_and_never_more_than_came(
    app, consultant, stripe, paid, payment_of, deliver
):
    assert give_back(consultant, paid, 100_00, "eerste-deel").status_code == 302
    assert payment_of(paid).state == "partially_refunded"
    answer = give_back(consultant, paid, DUE, "te-veel-gevraagd")
    assert answer.status_code == 422
    assert "ten hoogste 2.804 euro" in answer.text
    assert give_back(consultant, paid, DUE - 100_00, "de-rest-ervan").status_code == 302
    deliver()
    payment = payment_of(paid)
    assert (payment.state, payment.refunded_cents, payment.kept_cents) == ("refunded", DUE, 0)
    assert sum(one["amount"] for one in stripe.world.tables["refund"].values()) == DUE


def test_the_same_refund_twice_is_one_refund(consultant, stripe, paid, payment_of):
    for _twice in range(2):
        assert give_back(consultant, paid, 500).status_code == 302
    assert len(stripe.world.tables["refund"]) == 1
    other = give_back(consultant, paid, 600)
    assert other.status_code == 422
    assert "al gebruikt" in other.text
    assert payment_of(paid).refunded_cents == 500


def test_a_refund_that_could_not_be_sent_is_sent_later_under_the_same_key(
    app, consultant, stripe, paid, payment_of, monkeypatch, clock
):
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", "http://127.0.0.1:9")
    give_back(consultant, paid, 500)
    assert payment_of(paid).kept_cents == DUE - 500, "it is taken before anybody is asked"
    monkeypatch.setenv("X_PAYMENTS_STRIPE_BASE", stripe.base)
    clock.at += timedelta(minutes=5)
    jobs.run_due(app)
    assert payment_of(paid).refunded_cents == 500
    assert stripe.only("refund")["amount"] == 500


def test_a_refund_that_stripe_refuses_gives_the_money_back_to_us_and_asks_a_person(
    consultant, stripe, paid, payment_of, flags
):
    stripe.world.refund({"payment_intent": stripe.only("payment_intent")["id"]})
    give_back(consultant, paid, 500)
    assert flags() == ["refund-refused"]


def test_a_refund_made_at_stripe_itself_is_found(stripe, paid, deliver, payment_of, app):
    stripe.world.refund({"payment_intent": stripe.only("payment_intent")["id"], "amount": 700})
    deliver()
    payment = payment_of(paid)
    assert (payment.refunded_cents, payment.kept_cents) == (700, DUE - 700)


def test_a_refund_that_a_bank_sends_back_is_with_us_again(
    consultant, stripe, paid, deliver, payment_of, flags
):
    give_back(consultant, paid, 500)
    stripe.world.fail_refund(stripe.only("refund")["id"])
    deliver()
    assert (payment_of(paid).state, payment_of(paid).kept_cents) == ("paid", DUE)
    assert flags() == ["refund-undone"]


@pytest.mark.parametrize(("won", "state", "kept"), [(True, "paid", DUE), (False, "lost", 0)])
def test_a_dispute_holds_the_money_back_until_it_is_decided(
    employer, stripe, paid, online, deliver, payment_of, flags, consultant, won, state, kept
):
    made = stripe.world.dispute(online)
    deliver()
    assert (payment_of(paid).state, payment_of(paid).kept_cents) == ("disputed", 0)
    assert give_back(consultant, paid, 500).status_code == 422
    stripe.world.close_dispute(str(made["id"]), won)
    deliver()
    assert (payment_of(paid).state, payment_of(paid).kept_cents) == (state, kept)
    assert "disputed" in flags()


def test_money_by_hand_goes_back_by_hand(consultant, order, payment_of, app):
    assert desk(consultant, order, "ontvangen", DUE, "in").status_code == 302
    assert give_back(consultant, order, 500).status_code == 302
    assert (payment_of(order).refunded_cents, payment_of(order).kept_cents) == (0, DUE - 500)
    with app.app_context():
        key = db.session.scalars(select(Refund.key)).one()
    page = consultant.get(f"/x/payments/balie/bestelling/{order}").text
    assert "Schrijf 5 euro terug" in page
    for _twice in range(2):
        consultant.post(f"/x/payments/balie/terugbetaling/{key}")
    assert payment_of(order).refunded_cents == 500


# ---- what the desk sees ----


def test_the_desk_sees_the_books_of_an_order_and_of_its_dossier(consultant, paid, payment_of):
    page = consultant.get(f"/x/payments/balie/bestelling/{paid}").text
    for text in ("Grootboek", "Te ontvangen van de werkgever", "2.904 euro", "Stripe"):
        assert text in page
    dossier = consultant.get(f"/balie/aanvragen/{payment_of(paid).request}").text
    assert "Betalingen van dit dossier" in dossier
    assert "2.904 euro" in dossier


def test_what_waits_for_a_person_stays_until_somebody_says_so(
    consultant, order, tell, flags, payment_of
):
    tell("order.cancelled", order)
    tell("money.received", order, reference="late", amount_cents=5)
    page = consultant.get("/x/payments/balie/nakijken").text
    assert "nadat de betaling afgesloten was" in page
    assert consultant.post("/x/payments/balie/nakijken/99").status_code == 404
    consultant.post("/x/payments/balie/nakijken/1")
    assert flags() == []
    assert "Niets om na te kijken" in consultant.get("/x/payments/balie/nakijken").text


@pytest.mark.parametrize("typed", ["", "nul", "0", "-5", "1e9", "99999999999999", "<b>5</b>"])
@pytest.mark.parametrize(("act", "prefix"), [("ontvangen", "in"), ("terugbetalen", "out")])
def test_an_amount_that_is_none_is_refused_and_kept(consultant, paid, typed, act, prefix):
    data = {f"{prefix}-amount": typed, f"{prefix}-key": "sleutel-van-de-test"}
    answer = consultant.post(f"/x/payments/balie/bestelling/{paid}/{act}", data=data)
    assert answer.status_code == 422
    assert f'value="{escape(typed)}"' in answer.text


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
