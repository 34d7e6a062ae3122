"""The official Stripe client with keys from the environment only, or none at all.

``X_PAYMENTS_STRIPE_KEY`` and ``X_PAYMENTS_STRIPE_WEBHOOK_SECRET`` are secrets;
``X_PAYMENTS_STRIPE_BASE`` points the client at a local double, and is refused beside a live key.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import stripe
from flask import current_app

from marketplace.kit.settings import secret

VERSION = "2026-08-26.dahlia"
TIMEOUT_SECONDS = 10
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class KeyRefused(RuntimeError):
    """The key may not be used here; the message says why and never holds the key."""


def is_live(key: str) -> bool:
    """Whether a key moves real money: anything that is not marked as a test key."""
    return not key.startswith(("sk_test_", "rk_test_"))


def client() -> stripe.StripeClient | None:
    """The client, without retries of its own: the outbox repeats with the stored key.

    None without a key. Raises KeyRefused for a live key outside production or beside a double.
    """
    key, base = secret("payments", "stripe_key"), secret("payments", "stripe_base")
    if not key:
        return None
    refuse_mixed(key, base, str(current_app.config["ENVIRONMENT"]))
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        stripe_version=VERSION,
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def needed() -> stripe.StripeClient:
    """The client of work that cannot do without. Raises KeyRefused, also when there is no key."""
    found = client()
    if found is None:
        raise KeyRefused("X_PAYMENTS_STRIPE_KEY is not set")
    return found


def usable() -> bool:
    """Whether people can be offered to pay online."""
    try:
        return client() is not None and secret("payments", "stripe_webhook_secret") is not None
    except KeyRefused:
        return False


def refuse_mixed(key: str, base: str | None, environment: str) -> None:
    """Raise KeyRefused for a live key outside production, or a base that is not of this machine."""
    if is_live(key) and environment != "production":
        raise KeyRefused(f"a live key is refused in {environment}")
    if not base:
        return
    if is_live(key):
        raise KeyRefused("a live key is refused beside X_PAYMENTS_STRIPE_BASE")
    if urlsplit(base).scheme != "http" or urlsplit(base).hostname not in LOOPBACK:
        raise KeyRefused("X_PAYMENTS_STRIPE_BASE must be http on this machine")
