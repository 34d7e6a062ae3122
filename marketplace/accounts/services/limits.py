"""Limits on guessing, counted in the database so that every process sees the same count."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app, has_request_context, request
from sqlalchemy import ColumnElement, delete, func, select, true

from marketplace import clock
from marketplace.accounts.models import LoginAttempt
from marketplace.db import db
from marketplace.errors import DomainError
from marketplace.i18n import _


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries within a time, per ``account``, per ``address`` or for ``all``."""

    per: str
    most: int
    within: timedelta


MINUTES_5 = timedelta(minutes=5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "sign_in": (
        Limit("account", 10, MINUTES_5),
        Limit("address", 10, MINUTES_5),
        Limit("all", 1000, MINUTES_5),
    ),
    "forgot": (Limit("address", 20, HOUR),),
    "register": (Limit("address", 20, HOUR),),
    "mail": (Limit("account", 5, DAY),),
    "draft": (Limit("address", 10, HOUR), Limit("account", 200, DAY)),
}
"""Kind of try → its limits, after Warehouse (the software of PyPI). ``mail`` guards a mailbox,
``draft`` a public key: its account is the key."""


class TooMany(DomainError):
    """Too many tries; ``seconds`` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        minutes = max(1, -(-seconds // 60))
        message = _(
            "Er waren te veel pogingen. Wacht %(minutes)d minuten en probeer het dan opnieuw.",
            minutes=minutes,
        )
        super().__init__("too-many", message)
        self.seconds = seconds


def count(kind: str, account: str) -> int:
    """Count a try and give its id; ``forgive`` it when it turns out well. Commits.

    The try is written before the limit is looked at, so parallel tries cannot slip under it. A
    refused try is not counted, so waiting always helps. Raises TooMany.
    """
    now = clock.now()
    attempt = LoginAttempt(kind=kind, account=_digest(account), address=_digest(_address()), at=now)
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.at < now - DAY))
    db.session.add(attempt)
    db.session.commit()
    seconds = max(_wait(attempt, limit) for limit in LIMITS[kind])
    if seconds:
        db.session.delete(attempt)
    attempt_id = attempt.id
    db.session.commit()
    if seconds:
        raise TooMany(seconds)
    return attempt_id


def forgive(attempt_id: int) -> None:
    """Take a try off the count, in the transaction in hand."""
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.id == attempt_id))


def forget(account: str) -> None:
    """Remove every try on an account, in the transaction in hand."""
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.account == _digest(account)))


def _wait(attempt: LoginAttempt, limit: Limit) -> int:
    """Seconds until there is room again; 0 when the try fits."""
    window = (
        LoginAttempt.kind == attempt.kind,
        _same(attempt, limit.per),
        LoginAttempt.at > attempt.at - limit.within,
    )
    tries = db.session.scalar(select(func.count()).select_from(LoginAttempt).where(*window))
    if (tries or 0) <= limit.most:
        return 0
    oldest = db.session.scalars(
        select(LoginAttempt.at).where(*window).order_by(LoginAttempt.at).limit(1)
    ).one()
    return max(1, int((oldest + limit.within - attempt.at).total_seconds()))


def _same(attempt: LoginAttempt, per: str) -> ColumnElement[bool]:
    if per == "account":
        return LoginAttempt.account == attempt.account
    if per == "address":
        return LoginAttempt.address == attempt.address
    return true()


def _address() -> str:
    """The visitor's network address; of IPv6 the part a household shares."""
    text = (request.remote_addr if has_request_context() else None) or "none"
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False).network_address)
    return text


def _digest(text: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
