"""What Stripe says now. A message only says where to look; nothing in it is believed.

From any object the payment intent is found, and from the intent everything that belongs to it: a
message that comes first, last or twice is answered with the same look at the same whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import stripe

from . import api

CURRENCY = "eur"
MOST_PER_LIST = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A refund or dispute: its reference, cents, status in our words, and our key if it has one."""

    reference: str
    cents: int
    status: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Everything of one attempt at one moment. ``order`` is what we wrote on it ourselves."""

    references: tuple[str, ...]
    order: str | None
    session: str | None
    status: str
    intent: str | None = None
    received_cents: int = 0
    currency: str = CURRENCY
    refunds: tuple[Part, ...] = ()
    disputes: tuple[Part, ...] = ()


REFUND_STATUS: Mapping[str | None, str] = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "done",
    "failed": "failed",
    "canceled": "failed",
}
DISPUTE_STATUS: Mapping[str, str] = {"won": "won", "lost": "lost", "prevented": "won"}
"""A dispute of any other status is open. Warnings take no money and are left out."""
STATUS_OF_INTENT: Mapping[str, str] = {
    "succeeded": "paid",
    "processing": "processing",
    "canceled": "failed",
    "requires_payment_method": "failed",
}


def of_session(reference: str) -> Look:
    """Look at a session. Raises stripe.StripeError."""
    return _look(api.needed().v1.checkout.sessions.retrieve(reference), None)


def of_intent(reference: str) -> Look:
    """Look at a payment intent and the session it came from, if there is one."""
    client = api.needed().v1
    found = client.checkout.sessions.list({"payment_intent": reference, "limit": 1}).data
    return _look(found[0] if found else None, reference)


def _of_charge(reference: str) -> Look:
    return of_intent(id_of(api.needed().v1.charges.retrieve(reference).payment_intent) or reference)


def _of_refund(reference: str) -> Look:
    return of_intent(id_of(api.needed().v1.refunds.retrieve(reference).payment_intent) or reference)


def _of_dispute(reference: str) -> Look:
    return of_intent(
        id_of(api.needed().v1.disputes.retrieve(reference).payment_intent) or reference
    )


LOOKS: Mapping[str, Callable[[str], Look]] = {
    "checkout.session.completed": of_session,
    "checkout.session.expired": of_session,
    "checkout.session.async_payment_succeeded": of_session,
    "checkout.session.async_payment_failed": of_session,
    "payment_intent.succeeded": of_intent,
    "payment_intent.processing": of_intent,
    "payment_intent.payment_failed": of_intent,
    "charge.refunded": _of_charge,
    "refund.created": _of_refund,
    "refund.updated": _of_refund,
    "refund.failed": _of_refund,
    "charge.dispute.created": _of_dispute,
    "charge.dispute.closed": _of_dispute,
    "charge.dispute.funds_withdrawn": _of_dispute,
    "charge.dispute.funds_reinstated": _of_dispute,
}
"""Kind of message → how to look at what it is about. Every other kind is ignored."""


def _look(session: stripe.checkout.Session | None, intent_id: str | None) -> Look:
    intent_id = intent_id or (id_of(session.payment_intent) if session else None)
    order = _order_of(session)
    reference = session.id if session else None
    if intent_id is None:
        status = session.status if session else None
        known = (reference,) if reference else ()
        return Look(known, order, reference, "expired" if status == "expired" else "open")
    client = api.needed().v1
    intent = client.payment_intents.retrieve(intent_id)
    refunds = client.refunds.list({"payment_intent": intent_id, "limit": MOST_PER_LIST})
    disputes = client.disputes.list({"payment_intent": intent_id, "limit": MOST_PER_LIST})
    charge = id_of(intent.latest_charge)
    return Look(
        references=tuple(one for one in (reference, intent.id, charge) if one),
        order=order or _order_of(intent),
        session=reference,
        status=_status(session, intent),
        intent=intent.id,
        received_cents=intent.amount_received or 0,
        currency=intent.currency or CURRENCY,
        refunds=tuple(_refund(one) for one in refunds.auto_paging_iter()),
        disputes=_disputes(list(disputes.auto_paging_iter())),
    )


def _status(session: stripe.checkout.Session | None, intent: stripe.PaymentIntent) -> str:
    """A refused card leaves the session open: who pays may try again on the same page."""
    found = STATUS_OF_INTENT.get(intent.status, "open")
    if found == "paid" or session is None or session.status == "complete":
        return found
    return "expired" if session.status == "expired" else "open"


def _refund(one: stripe.Refund) -> Part:
    status = REFUND_STATUS.get(one.status, "pending")
    return Part(one.id, one.amount, status, _mark(one.metadata, "key"))


def _disputes(found: Sequence[stripe.Dispute]) -> tuple[Part, ...]:
    return tuple(
        Part(one.id, one.amount, DISPUTE_STATUS.get(one.status, "open"))
        for one in found
        if not one.status.startswith("warning_")
    )


def _order_of(thing: stripe.checkout.Session | stripe.PaymentIntent | None) -> str | None:
    return _mark(thing.metadata, "order") if thing else None


def _mark(metadata: object, name: str) -> str | None:
    """What we wrote on an object ourselves."""
    found = getattr(metadata, name, None)
    return found if isinstance(found, str) else None


def id_of(thing: object) -> str | None:
    """Stripe gives an id or, when it was asked to expand, the object."""
    return thing if isinstance(thing, str) else getattr(thing, "id", None)
