"""What the worker does after the commit: look at Stripe, send refunds, shut pages.

Each job calls first and writes afterwards, so no transaction is open during a call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import stripe
from sqlalchemy import select, update

from marketplace.contract.values import Json
from marketplace.kit import jobs
from marketplace.kit.models import session

from . import books, calls, reading
from .models import Message, Refund
from .taking import take


@jobs.handler("x_payments.message")
def read_message(payload: Mapping[str, object]) -> None:
    """Look at what a message is about, keep what was seen, and mark the message done.

    Raises stripe.StripeError when Stripe cannot be asked: the outbox tries again.
    """
    event, kind, about = (str(payload[name]) for name in ("event", "kind", "about"))
    look = reading.LOOKS[kind](about)
    take(look, kind)
    session.execute(update(Message).where(Message.event == event).values(state="done"))


@jobs.handler("x_payments.refund")
def send_refund(payload: Mapping[str, object]) -> None:
    """Send a refund under its stored key. Refused for good: it failed, and a person is asked."""
    key, body = str(payload["key"]), cast("Mapping[str, Json]", payload["body"])
    try:
        made = calls.create_refund(key, body)
    except stripe.InvalidRequestError:
        _refused(key)
        return
    calls.answered(key, made.id)
    take(reading.of_intent(str(body["payment_intent"])), "refund.sent")


@jobs.handler("x_payments.expire")
def shut_page(payload: Mapping[str, object]) -> None:
    """Shut a page that may not be paid any more, and see how it ended."""
    reference = str(payload["session"])
    calls.expire_session(reference)
    take(reading.of_session(reference), "expired by us")


def _refused(key: str) -> None:
    refund = session.scalars(select(Refund).where(Refund.key == key.removeprefix("refund."))).one()
    payment = books.hold(refund.payment_id)
    refund.status = "failed"
    calls.answered(key, None)
    books.flag(payment.id, "refund-refused", refund.key)
    books.settle(payment, "refund.refused")
