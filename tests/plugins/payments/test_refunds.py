"""Money goes back, is disputed, and is followed at the desk."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from markupsafe import escape
from sqlalchemy import select

from marketplace.db import db
from marketplace.jobs import services as jobs
from plugins.payments.models import Refund
from tests.plugins.payments.conftest import DUE, desk, give_back


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


def test_of_eight_refunds_at_once_only_what_was_paid_goes_back(
    app, consultant, stripe, paid, payment_of
):
    def one(number):
        browser = app.test_client()
        browser.set_cookie("session", consultant.get_cookie("session").value)
        return give_back(browser, paid, 100_000, f"tegelijk-{number}").status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(one, range(8)))
    jobs.run_due(app)
    assert statuses.count(302) == DUE // 100_000
    assert payment_of(paid).kept_cents == DUE % 100_000
    assert len(stripe.world.tables["refund"]) == DUE // 100_000


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
    assert consultant.post("/x/payments/balie/nakijken/bestaat-niet").status_code == 404
    (done,) = re.findall(r'action="(/x/payments/balie/nakijken/[^"]+)"', page)
    consultant.post(done)
    assert flags() == []
    assert "Niets om na te kijken" in consultant.get("/x/payments/balie/nakijken").text


def test_a_forged_key_is_refused(consultant, order, payment_of):
    for key in ("", "kort", "met-een\x00nul", "x" * 100):
        assert desk(consultant, order, "ontvangen", 500, "in", key).status_code == 422
    assert payment_of(order).paid_cents == 0


@pytest.mark.parametrize("typed", ["", "nul", "0", "-5", "1e9", "99999999999999", "<b>5</b>"])
@pytest.mark.parametrize(("act", "prefix"), [("ontvangen", "in"), ("terugbetalen", "out")])
def test_an_amount_that_is_none_is_refused_and_kept(consultant, paid, typed, act, prefix):
    data = {f"{prefix}-amount": typed, f"{prefix}-key": "sleutel-van-de-test"}
    answer = consultant.post(f"/x/payments/balie/bestelling/{paid}/{act}", data=data)
    assert answer.status_code == 422
    assert f'value="{escape(typed)}"' in answer.text
