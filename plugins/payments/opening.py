"""A payment begins with its order, falls due when the order is confirmed, and ends with it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.kit import settings
from marketplace.kit.clock import today
from marketplace.kit.models import session
from marketplace.kit.orders import Ordered

from . import books, calls
from .models import Attempt, Payment
from .transfer import communication_of

MOST_DAYS = 60
"""Between firms a longer term is void since 1 February 2022 (law of 14 August 2021)."""


def find(order: str) -> Payment | None:
    """The payment of an order (public id), if it was opened."""
    found: Payment | None = session.scalars(
        select(Payment).where(Payment.order == order)
    ).one_or_none()
    return found


def of_order(ordered: Ordered) -> Payment:
    """The payment of an order, held; opened when it is the first time."""
    found = find(ordered.order) or _open(ordered)
    return books.hold(found.id)


def confirm(ordered: Ordered) -> None:
    """From now on the payment has a last day."""
    payment = of_order(ordered)
    if payment.due_on is None and payment.amount_cents:
        days = settings.of("payments").get("payment_days")
        assert isinstance(days, int)  # noqa: S101 - a whole number with a default
        payment.due_on = today() + timedelta(days=days)


def cancel(ordered: Ordered) -> None:
    """Nothing is owed any more; open ways to pay are shut, and money held asks for a person."""
    payment = of_order(ordered)
    for attempt in payment.attempts:
        withdraw(attempt)
    books.settle(payment, "order.cancelled", cancelled=True)


def withdraw(attempt: Attempt) -> None:
    """Shut a way to pay that is still open. Money that comes all the same is kept and flagged."""
    if attempt.status == "open":
        attempt.status = "withdrawn"
        if attempt.reference:
            calls.queue_expiry(attempt.reference)


def _open(ordered: Ordered) -> Payment:
    """One row per order, also when two transactions bring it at the same moment."""
    payment = Payment(
        order=ordered.order,
        request=ordered.request,
        organisation=ordered.organisation,
        title=ordered.title,
        amount_cents=ordered.due_cents,
    )
    try:
        with session.begin_nested():
            session.add(payment)
    except IntegrityError:
        return session.scalars(select(Payment).where(Payment.order == ordered.order)).one()
    payment.communication = communication_of(payment.id)
    books.settle(books.hold(payment.id), "order.placed")
    return payment
