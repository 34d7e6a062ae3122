"""The door for messages of Stripe, against a view that only stores a row and commits."""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from bench.app import made
from bench.measure import Row, ratio, timed
from marketplace.db import db
from marketplace.web import policy
from plugins.payments.devstripe.deliveries import signed
from plugins.payments.models import Message

TIMES = 300
DOOR = "whsec_of_the_bench"  # a secret of nothing


def rows(full: bool) -> Iterator[Row]:
    """A message taken in: verified, kept once, its reading queued."""
    times = TIMES * 5 if full else TIMES
    os.environ |= {"X_PAYMENTS_STRIPE_KEY": "sk_test_b", "X_PAYMENTS_STRIPE_WEBHOOK_SECRET": DOOR}
    with tempfile.TemporaryDirectory() as folder:
        app = made(Path(folder))
        _bare(app)
        client, numbers = app.test_client(), itertools.count()

        def knock() -> None:
            one = signed(_event(next(numbers)), DOOR, int(time.time()))
            headers = {"Stripe-Signature": one.signature}
            assert (
                client.post("/x/payments/stripe", data=one.body, headers=headers).status_code == 200
            )

        bare = timed(lambda: client.post("/bare"), times)
        door = timed(knock, times)
        yield Row("a view that stores one row", "ms", bare.median, bare.p99)
        yield Row("the door for messages of Stripe", "ms", door.median, door.p99)
        yield ratio("the door / one row stored", door, bare, "<= 3 at p99")
        with app.app_context():
            db.engine.dispose()


def _bare(app: Flask) -> None:
    numbers = itertools.count()

    @app.post("/bare")
    def bare() -> str:
        one = f"bare_{next(numbers)}"
        db.session.add(Message(provider="bare", event=one, kind="x", about=one, digest="0" * 64))
        db.session.commit()
        return ""

    policy.register(app, {"bare": "webhook"})


def _event(number: int) -> dict[str, object]:
    """The size of a real one: a payment intent with what belongs to it."""
    about = {"id": f"pi_{number}", "object": "payment_intent", "description": "x" * 2_000}
    return {
        "id": f"evt_{number}",
        "object": "event",
        "livemode": False,
        "type": "payment_intent.succeeded",
        "data": {"object": about},
    }
