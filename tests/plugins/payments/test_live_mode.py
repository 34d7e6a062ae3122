"""The same path against the test mode of Stripe itself; only when somebody gives a key for it.

    STRIPE_TEST_KEY=sk_test_… python -m pytest tests/plugins/payments/test_live_mode.py

Nobody of this project ran it: no key and no way out to Stripe were at hand.
"""

import os
import time

import pytest
import stripe as official

from plugins.payments import api, calls, reading
from tests.plugins.payments.conftest import DUE, choose, page_of

KEY = os.environ.get("STRIPE_TEST_KEY", "")
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not KEY.startswith("sk_test_"), reason="STRIPE_TEST_KEY is not set"),
]


def test_a_page_opens_expires_and_is_read_back(app, clock, monkeypatch, employer, order):
    monkeypatch.setenv("X_PAYMENTS_STRIPE_KEY", KEY)
    monkeypatch.setenv("X_PAYMENTS_STRIPE_WEBHOOK_SECRET", "whsec_unused")
    choose(employer, order, "stripe")
    assert "checkout.stripe.com" in page_of(employer, order)
    with app.app_context():
        (session,) = api.needed().v1.checkout.sessions.list({"limit": 1}).data
        assert (session.amount_total, session.metadata["order"]) == (DUE, order)
        calls.expire_session(session.id)
        assert reading.of_session(session.id).status == "expired"


def test_a_test_card_pays_and_is_refunded(app, monkeypatch):
    monkeypatch.setenv("X_PAYMENTS_STRIPE_KEY", KEY)
    with app.app_context():
        made = api.needed().v1.payment_intents.create(
            {
                "amount": DUE,
                "currency": "eur",
                "payment_method": "pm_card_visa",
                "confirm": True,
                "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
            }
        )
        assert reading.of_intent(made.id).received_cents == DUE
        key = f"test.{time.time_ns()}"
        body = {"payment_intent": made.id, "amount": 500, "metadata": {"key": key}}
        first, again = (calls.create_refund(key, body) for _twice in range(2))
        assert first.id == again.id
        with pytest.raises(official.IdempotencyError):
            calls.create_refund(key, body | {"amount": 600})
        (refund,) = reading.of_intent(made.id).refunds
        assert (refund.cents, refund.key) == (500, key)
