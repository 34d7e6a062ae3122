"""The door for messages of Stripe: signed, in time, once. What they say is looked up later."""

from __future__ import annotations

import hashlib
import re
import time

import stripe
from flask import abort, request
from sqlalchemy.exc import IntegrityError

from marketplace.kit import jobs
from marketplace.kit.models import session
from marketplace.kit.settings import secret

from .api import is_live
from .models import Message
from .reading import LOOKS
from .taking import STRIPE

MOST_BYTES = 256_000
MOST_CHARACTERS = 255
MOST_SECONDS_OLD = 300
MOST_SECONDS_AHEAD = 60
"""The client accepts any moment in the future, so this bound is our own."""


def accept() -> bool:
    """Take the message of this request in and commit; False when it was here before.

    Aborts with 404 when no secret is set, 413 when it is too large, 400 when it is not from
    Stripe, not from now, or not of our kind of money.
    """
    key, door = secret("payments", "stripe_key"), secret("payments", "stripe_webhook_secret")
    if not key or not door:
        abort(404)
    request.max_content_length = MOST_BYTES
    body, signature = request.get_data(), request.headers.get("Stripe-Signature", "")
    event = _event(body, signature, door)
    if _part(event, "livemode") is not is_live(key) or _part(event, "account"):
        abort(400)
    named = (_part(event, "id"), _part(event, "type"), _part(event, "data", "object", "id"))
    number, kind, about = (one if isinstance(one, str) else "" for one in named)
    if not all(_is_name(one) for one in (number, kind, about)):
        abort(400)
    return keep(number, kind[:80], about, hashlib.sha256(body).hexdigest())


def keep(event: str, kind: str, about: str, digest: str) -> bool:
    """Note a message and queue its reading, once per event id; commits."""
    is_read = kind in LOOKS
    message = Message(
        provider=STRIPE,
        event=event,
        kind=kind,
        about=about,
        digest=digest,
        state="new" if is_read else "ignored",
    )
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:
        return False
    if is_read:
        told = {"event": event, "kind": kind, "about": about}
        jobs.enqueue("x_payments.message", told, f"x_payments:{event}")
    session.commit()
    return True


def _is_name(text: str) -> bool:
    return 0 < len(text) <= MOST_CHARACTERS and text.isascii() and text.isprintable()


def _part(event: stripe.Event, *path: str) -> object:
    found: object = event
    for name in path:
        found = getattr(found, name, None)
    return found


def _event(body: bytes, signature: str, door: str) -> stripe.Event:
    try:
        event = stripe.Webhook.construct_event(body, signature, door, MOST_SECONDS_OLD)
    except (ValueError, KeyError, AttributeError, stripe.SignatureVerificationError):
        abort(400)
    moment = re.search(r"(?:^|,)t=(\d{1,12})(?:,|$)", signature)
    if moment is None or int(moment[1]) > time.time() + MOST_SECONDS_AHEAD:
        abort(400)
    if not isinstance(event, stripe.Event):
        abort(400)
    return event
