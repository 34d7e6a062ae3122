"""Calls to Stripe: written down with their key and body first, then made, then marked answered.

A repeat reads key and body from the row, so it can never ask for something else under one key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import stripe
from sqlalchemy import select, update

from marketplace.contract.values import Json
from marketplace.kit import jobs
from marketplace.kit.clock import now
from marketplace.kit.models import session

from . import api
from .models import Call, Payment

if TYPE_CHECKING:
    from stripe.params import RefundCreateParams
    from stripe.params.checkout import SessionCreateParams


class Altered(RuntimeError):
    """The stored body is not the one that was written first."""


def write(payment: Payment, operation: str, key: str, body: Mapping[str, Json]) -> Call:
    """Note a call in the transaction in hand; the same key again gives the row that is there."""
    found = find(key)
    if found is not None:
        return found
    made = Call(
        key=key, operation=operation, payment_id=payment.id, body=body, digest=digest_of(body)
    )
    session.add(made)
    session.flush()
    return made


def find(key: str) -> Call | None:
    """The call with this key."""
    found: Call | None = session.scalars(select(Call).where(Call.key == key)).one_or_none()
    return found


def digest_of(body: Mapping[str, Json]) -> str:
    """SHA-256 of the body in one spelling."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def checked(call: Call) -> tuple[str, Mapping[str, Json]]:
    """Key and body, to make the call with after the transaction. Raises Altered."""
    if digest_of(call.body) != call.digest:
        raise Altered(call.key)
    return call.key, call.body


def answered(key: str, reference: str | None) -> None:
    """Note what the call made; the first answer stays."""
    session.execute(
        update(Call)
        .where(Call.key == key, Call.answered.is_(None))
        .values(answered=now(), reference=reference)
    )


def create_session(key: str, body: Mapping[str, Json]) -> stripe.checkout.Session:
    """Open a page of Stripe; no transaction may be open. Raises stripe.StripeError."""
    params = cast("SessionCreateParams", body)
    return api.needed().v1.checkout.sessions.create(params, {"idempotency_key": key})


def create_refund(key: str, body: Mapping[str, Json]) -> stripe.Refund:
    """Send money back; no transaction may be open. Raises stripe.StripeError."""
    params = cast("RefundCreateParams", body)
    return api.needed().v1.refunds.create(params, {"idempotency_key": key})


def expire_session(reference: str) -> None:
    """Shut a page of Stripe; one that is paid or shut already stays as it is."""
    try:
        api.needed().v1.checkout.sessions.expire(reference)
    except stripe.InvalidRequestError:
        return


def queue_refund(call: Call) -> None:
    """Have the worker send money back after the commit."""
    key, body = checked(call)
    jobs.enqueue("x_payments.refund", {"key": key, "body": dict(body)}, f"x_payments:{key}")


def queue_expiry(reference: str) -> None:
    """Have the worker shut a page after the commit."""
    key = f"x_payments:expire.{reference}"
    jobs.enqueue("x_payments.expire", {"session": reference}, key)
