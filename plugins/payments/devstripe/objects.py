"""New objects as Stripe shapes them: every field that its schema requires, and those we read."""

from __future__ import annotations

from .schema import Tree, answer

TEST = {"livemode": False}


def session(number: str, asked: Tree, amount: int, url: str, now: int) -> Tree:
    """An open Checkout Session for this request."""
    named = ("client_reference_id", "metadata", "success_url", "cancel_url", "locale")
    kept = {name: asked[name] for name in named if name in asked}
    return answer(
        {
            **TEST,
            **kept,
            "id": f"cs_test_{number}",
            "object": "checkout.session",
            "automatic_tax": {"enabled": False, "liability": None, "status": None},
            "amount_total": amount,
            "created": now,
            "currency": "eur",
            "custom_fields": [],
            "custom_text": {},
            "expires_at": asked.get("expires_at") or now + 24 * 3600,
            "mode": asked["mode"],
            "payment_intent": None,
            "payment_method_types": asked.get("payment_method_types") or ["card"],
            "payment_status": "unpaid",
            "shipping_options": [],
            "status": "open",
            "url": url,
        }
    )


def intent(number: str, page: Tree, now: int) -> Tree:
    """The payment intent behind a session, before anybody paid."""
    return answer(
        {
            **TEST,
            "id": f"pi_{number}",
            "object": "payment_intent",
            "amount": page["amount_total"],
            "amount_received": 0,
            "created": now,
            "currency": "eur",
            "last_payment_error": None,
            "latest_charge": None,
            "metadata": page.get("metadata") or {},
            "status": "requires_payment_method",
        }
    )


def charge(number: str, of: Tree, now: int) -> Tree:
    """A charge that succeeded."""
    return answer(
        {
            **TEST,
            "id": f"ch_{number}",
            "object": "charge",
            "amount": of["amount"],
            "amount_captured": of["amount"],
            "amount_refunded": 0,
            "billing_details": {"address": None, "email": None, "name": None, "phone": None},
            "captured": True,
            "created": now,
            "currency": "eur",
            "disputed": False,
            "metadata": of["metadata"],
            "paid": True,
            "payment_intent": of["id"],
            "refunded": False,
            "status": "succeeded",
        }
    )


def refund(number: str, of: Tree, asked: Tree, amount: int, now: int) -> Tree:
    """A refund that arrived."""
    return answer(
        {
            "id": f"re_{number}",
            "object": "refund",
            "amount": amount,
            "charge": of["id"],
            "created": now,
            "currency": "eur",
            "metadata": asked.get("metadata") or {},
            "payment_intent": of["payment_intent"],
            "status": "succeeded",
        }
    )


def dispute(number: str, of: Tree, now: int) -> Tree:
    """A dispute about the whole charge that waits for an answer."""
    return answer(
        {
            **TEST,
            "id": f"du_{number}",
            "object": "dispute",
            "amount": of["amount"],
            "balance_transactions": [],
            "charge": of["id"],
            "created": now,
            "currency": "eur",
            "enhanced_eligibility_types": [],
            "evidence": {},
            "evidence_details": {"due_by": now + 7 * 86400, "has_evidence": False},
            "is_charge_refundable": False,
            "metadata": {},
            "payment_intent": of["payment_intent"],
            "reason": "fraudulent",
            "status": "needs_response",
        }
    )


def event(number: str, kind: str, about: Tree, now: int, version: str) -> Tree:
    """A message about an object as it is at this moment."""
    return answer(
        {
            **TEST,
            "id": f"evt_{number}",
            "object": "event",
            "api_version": version,
            "created": now,
            "data": {"object": dict(about)},
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
    )
