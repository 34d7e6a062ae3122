"""Write what was seen at Stripe, or on an account, into the rows of a payment, and settle it."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.kit.models import session
from marketplace.kit.orders import facts_of

from . import books
from .models import Dispute, Payment, Receipt, Reference, Refund
from .opening import find, of_order
from .reading import CURRENCY, Look, Part
from .states import ATTEMPT_RANK, DISPUTE_RANK, REFUND_RANK, later

STRIPE = "stripe"


def take(look: Look, why: str) -> Payment | None:
    """Keep what was seen; None when it belongs to no payment of ours, which is flagged."""
    known = payment_of(look)
    if known is None:
        if look.received_cents:
            books.flag(None, "unknown", look.intent or "")
        return None
    payment = books.hold(known.id)
    for reference in look.references:
        refer(payment, reference)
    _take_attempt(payment, look)
    if look.currency != CURRENCY:
        books.flag(payment.id, "currency", look.intent or "")
    elif look.received_cents and look.intent:
        receive(payment, STRIPE, look.intent, look.received_cents)
    for refund in look.refunds:
        _take_refund(payment, refund, look.intent)
    for dispute in look.disputes:
        _take_dispute(payment, dispute)
    books.settle(payment, why)
    return payment


def _take_attempt(payment: Payment, look: Look) -> None:
    """By its session; one whose answer never reached us is known by having no session yet."""
    if look.session is None:
        return
    ours = [one for one in payment.attempts if one.method == STRIPE]
    found = next((one for one in ours if one.reference == look.session), None)
    if found is None and ours and ours[-1].reference is None:
        found = ours[-1]
        found.reference = look.session
    if found is not None:
        found.status = later(ATTEMPT_RANK, found.status, look.status)


def payment_of(look: Look) -> Payment | None:
    """By any reference that we know, else by the order that we wrote on the session."""
    found: Payment | None = session.scalars(
        select(Payment)
        .join(Reference, Reference.payment_id == Payment.id)
        .where(Reference.provider == STRIPE, Reference.reference.in_(look.references))
    ).first()
    return found or (find(look.order) if look.order else None)


def refer(payment: Payment, reference: str, provider: str = STRIPE) -> None:
    """Remember that this name belongs to a held payment."""
    known = select(Reference.id).where(
        Reference.provider == provider, Reference.reference == reference
    )
    if session.scalar(known) is None:
        session.add(Reference(provider=provider, reference=reference, payment_id=payment.id))
        session.flush()


def receive(payment: Payment, provider: str, reference: str, cents: int) -> bool:
    """Keep money that came in for a held payment, once per reference; False when it was known.

    The same reference with another amount is kept as it was and flagged.
    """
    known = session.scalars(
        select(Receipt).where(Receipt.provider == provider, Receipt.reference == reference)
    ).one_or_none()
    if known is None:
        session.add(
            Receipt(provider=provider, reference=reference, payment_id=payment.id, cents=cents)
        )
        session.flush()
        return True
    if (known.payment_id, known.cents) != (payment.id, cents):
        books.flag(payment.id, "amount", reference)
    return False


def receive_for(order: str, provider: str, reference: str, cents: int, why: str) -> bool:
    """Money for an order, from a statement or typed at the desk. Raises NotFound, ValueError."""
    if cents <= 0:
        raise ValueError("money that comes in is more than nothing")
    held = of_order(facts_of(order))
    is_new = receive(held, provider, reference, cents)
    books.settle(held, why)
    return is_new


def _take_refund(payment: Payment, seen: Part, intent: str | None) -> None:
    """Ours by its key; one that somebody made at Stripe itself becomes a row too."""
    known = session.scalars(
        select(Refund).where(
            (Refund.provider == STRIPE) & (Refund.reference == seen.reference)
            | (Refund.key == (seen.key or ""))
        )
    ).first()
    if known is None:
        known = Refund(
            payment_id=payment.id,
            provider=STRIPE,
            reference=seen.reference,
            receipt_id=_receipt_of(intent),
            cents=seen.cents,
            status="asked",
        )
        session.add(known)
    known.reference = seen.reference
    known.status = later(REFUND_RANK, known.status, seen.status)
    if known.cents != seen.cents:
        books.flag(payment.id, "amount", seen.reference)


def _take_dispute(payment: Payment, seen: Part) -> None:
    known = session.scalars(
        select(Dispute).where(Dispute.reference == seen.reference)
    ).one_or_none()
    if known is None:
        known = Dispute(payment_id=payment.id, reference=seen.reference, cents=seen.cents)
        known.status = "open"
        session.add(known)
    known.status = later(DISPUTE_RANK, known.status, seen.status)


def _receipt_of(intent: str | None) -> int | None:
    found: int | None = session.scalar(
        select(Receipt.id).where(Receipt.provider == STRIPE, Receipt.reference == intent)
    )
    return found
