"""Bring a payment to where its rows say it stands, with its ledger, flags and news.

Whoever changes a payment holds it first: the raised version is the lock, on both databases.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import selectinload

from marketplace.contract.pages import Event
from marketplace.kit import ask, audit
from marketplace.kit.clock import now
from marketplace.kit.models import session

from . import ledger
from .models import Attention, Dispute, Entry, Payment, Receipt, Refund
from .states import Outcome, Standing, apply

log = structlog.get_logger(__name__)


def hold(payment_id: int) -> Payment:
    """The payment as it is now; nobody else changes it until the transaction ends."""
    session.flush()
    session.execute(
        update(Payment).where(Payment.id == payment_id).values(version=Payment.version + 1)
    )
    found: Payment = session.scalars(
        select(Payment)
        .where(Payment.id == payment_id)
        .options(selectinload(Payment.attempts))
        .execution_options(populate_existing=True)
    ).one()
    return found


def settle(payment: Payment, why: str, cancelled: bool = False) -> Outcome:
    """Recompute a held payment from its rows; writes what changed, and tells of a new state."""
    session.flush()
    before, refunds = standing_of(payment), _refunds(payment.id)
    outcome = apply(before, _seen(payment, refunds, cancelled or payment.cancelled))
    if outcome.illegal:
        log.warning("illegal_transition", payment=payment.order, to=outcome.illegal, why=why)
    _write(payment, outcome.standing, sum(refunds.values()) - refunds.get("failed", 0))
    book(payment, why)
    for code in outcome.flags:
        flag(payment.id, code, why)
    if payment.state != before.state:
        _tell(payment, before.state)
    return outcome


def standing_of(payment: Payment) -> Standing:
    """Where a payment stands by its own row."""
    return Standing(
        amount_cents=payment.amount_cents,
        state=payment.state,
        cancelled=payment.cancelled,
        attempt=payment.attempts[-1].status if payment.attempts else None,
        paid_cents=payment.paid_cents,
        refunded_cents=payment.refunded_cents,
        contested_cents=payment.contested_cents,
        lost_cents=payment.lost_cents,
    )


def book(payment: Payment, why: str) -> None:
    """Add the entries that bring the books of a held payment to its standing."""
    after = ledger.balances(standing_of(payment))
    for account, cents in ledger.entries(booked(payment.id), after).items():
        session.add(
            Entry(
                payment_id=payment.id, step=payment.version, account=account, cents=cents, why=why
            )
        )


def booked(payment_id: int) -> Mapping[str, int]:
    """The balance of each account in the books of a payment."""
    rows = session.execute(
        select(Entry.account, func.sum(Entry.cents))
        .where(Entry.payment_id == payment_id)
        .group_by(Entry.account)
    )
    return dict(ledger.EMPTY) | {account: int(cents) for account, cents in rows}


def flag(payment_id: int | None, code: str, about: str = "") -> None:
    """Ask a person to look at this, once until it is settled."""
    known = select(Attention.id).where(
        Attention.payment_id == payment_id,
        Attention.code == code,
        Attention.about == about,
        Attention.settled.is_(None),
    )
    if session.scalar(known) is None:
        session.add(Attention(payment_id=payment_id, code=code, about=about))


def _seen(payment: Payment, refunds: Mapping[str, int], cancelled: bool) -> Standing:
    disputes = _sums(select(Dispute.status, func.sum(Dispute.cents)), Dispute, payment.id)
    paid = session.scalar(select(func.sum(Receipt.cents)).where(Receipt.payment_id == payment.id))
    return Standing(
        amount_cents=payment.amount_cents,
        cancelled=cancelled,
        attempt=payment.attempts[-1].status if payment.attempts else None,
        paid_cents=int(paid or 0),
        refunded_cents=refunds.get("pending", 0) + refunds.get("done", 0),
        contested_cents=disputes.get("open", 0),
        lost_cents=disputes.get("lost", 0),
    )


def _refunds(payment_id: int) -> Mapping[str, int]:
    return _sums(select(Refund.status, func.sum(Refund.cents)), Refund, payment_id)


def _sums(
    query: Select[str, int], kind: type[Refund | Dispute], payment_id: int
) -> Mapping[str, int]:
    rows = session.execute(query.where(kind.payment_id == payment_id).group_by(kind.status))
    return {status: int(cents) for status, cents in rows}


def _write(payment: Payment, after: Standing, going_back: int) -> None:
    """``going_back`` counts refunds that were only asked for too: they may not be asked twice."""
    payment.state, payment.cancelled = after.state, after.cancelled
    payment.paid_cents, payment.refunded_cents = after.paid_cents, after.refunded_cents
    payment.contested_cents, payment.lost_cents = after.contested_cents, after.lost_cents
    held_back = after.contested_cents + after.lost_cents
    payment.kept_cents = max(0, after.paid_cents - going_back - held_back)
    payment.changed = now()
    session.flush()


def _tell(payment: Payment, old: str) -> None:
    audit.record(
        "payment.state", f"order:{payment.order}", old={"state": old}, new={"state": payment.state}
    )
    facts = {"amount_cents": payment.amount_cents, "paid_cents": payment.paid_cents}
    ask.tell(Event(f"payment.{payment.state}", payment.order, facts))
