"""What the desk sees and does: one payment with its rows and books, a dossier, the flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select

from marketplace.contract.values import Json
from marketplace.kit import audit
from marketplace.kit.clock import now
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.identity import person_id
from marketplace.kit.models import session
from marketplace.kit.orders import Ordered

from . import books, ledger, refunds, taking
from .models import Attention, Entry, Payment, Receipt, Refund
from .opening import find, of_order
from .words import STATES

MOST_ROWS = 200
Kind = TypeVar("Kind", Receipt, Refund, Entry, Attention)


@dataclass(frozen=True, slots=True)
class View:
    """A payment as the desk sees it; ``payment`` None: nothing happened yet."""

    payment: Payment | None
    state: tuple[object, str]
    receipts: Sequence[Receipt]
    refunds: Sequence[Refund]
    entries: Sequence[Entry]
    balances: Mapping[str, int]
    flags: Sequence[Attention]
    most_cents: int


def view_of(ordered: Ordered) -> View:
    """Everything of the payment of an order; a fixed number of queries."""
    payment = find(ordered.order)
    if payment is None:
        return View(None, STATES["created"], (), (), (), ledger.EMPTY, (), 0)
    number = payment.id
    return View(
        payment,
        STATES[payment.state],
        session.scalars(_of(Receipt, number)).all(),
        session.scalars(_of(Refund, number)).all(),
        session.scalars(_of(Entry, number)).all(),
        books.booked(number),
        session.scalars(_of(Attention, number).where(Attention.settled.is_(None))).all(),
        refunds.most_of(payment),
    )


def dossier(request: str) -> list[Mapping[str, Json]]:
    """The payments of a dossier as rows of a panel; one query."""
    found = session.scalars(
        select(Payment).where(Payment.request == request).order_by(Payment.id).limit(MOST_ROWS)
    )
    return [
        {
            "order": one.order,
            "title": one.title,
            "word": str(STATES[one.state][0]),
            "owed": 0 if one.cancelled else one.amount_cents,
            "paid": one.paid_cents,
            "refunded": one.refunded_cents,
            "held": ledger.balances(books.standing_of(one))["money"],
        }
        for one in found
    ]


def receive(ordered: Ordered, cents: int, key: str) -> None:
    """Book money by hand, once per key. Raises DomainError no-amount."""
    if cents <= 0:
        raise DomainError("no-amount", _("Typ een bedrag dat meer is dan nul."), "amount")
    is_new = taking.receive_for(ordered.order, "bank", f"hand.{key}", cents, "desk")
    if is_new:
        audit.record("payment.received", f"order:{ordered.order}", new={"cents": cents})


def refund(ordered: Ordered, cents: int, key: str) -> None:
    """Ask for a refund, once per key. Raises DomainError as ``refunds.ask``."""
    refunds.ask(of_order(ordered), cents, key, person_id())


def refunded(key: str) -> str:
    """Mark a refund by hand as done; gives the order. Raises NotFound, DomainError not-now."""
    refund = _refund(key)
    refunds.mark_done(refund, person_id())
    return order_of_refund(key)


def order_of_refund(key: str) -> str:
    """The order that a refund belongs to. Raises NotFound."""
    found: str | None = session.scalar(
        select(Payment.order).join(Refund, Refund.payment_id == Payment.id).where(Refund.key == key)
    )
    if found is None:
        raise NotFound(key)
    return found


def waiting() -> Sequence[tuple[Attention, Payment | None]]:
    """Flags that nobody settled, the oldest first, each with its payment."""
    query = (
        select(Attention, Payment)
        .outerjoin(Payment, Payment.id == Attention.payment_id)
        .where(Attention.settled.is_(None))
        .order_by(Attention.id)
        .limit(MOST_ROWS)
    )
    return [(flag, payment) for flag, payment in session.execute(query)]


def settle_flag(public_id: str) -> None:
    """A person dealt with a flag; twice is once. Raises NotFound."""
    found = session.scalars(select(Attention).where(Attention.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFound(public_id)
    if found.settled is None:
        found.settled, found.settled_by = now(), person_id()
        audit.record("payment.looked-at", f"attention:{public_id}", new={"code": found.code})


def _refund(key: str) -> Refund:
    found: Refund | None = session.scalars(select(Refund).where(Refund.key == key)).one_or_none()
    if found is None:
        raise NotFound(key)
    return found


def _of(kind: type[Kind], payment: int) -> Select[Kind]:
    return select(kind).where(kind.payment_id == payment).order_by(kind.id).limit(MOST_ROWS)
