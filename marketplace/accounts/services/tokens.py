"""Links in mails: signed, expiring, and good for one use.

A link carries a fingerprint of the password and of whether the address was confirmed. Using the
link changes one of the two, so it dies with its first use, and with any change of password.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.services.addresses import own_path
from marketplace.accounts.services.people import by_public_id
from marketplace.errors import DomainError
from marketplace.i18n import _

LIFETIMES: Mapping[str, timedelta] = {
    "verify": timedelta(days=3),
    "reset": timedelta(hours=1),
    "invite": timedelta(days=7),
}
"""Purpose of a link → how long it lives."""

_LONGEST = 4000


class DeadLink(DomainError):
    """The link is forged, used, or too old; from outside these look the same."""

    def __init__(self) -> None:
        super().__init__("dead-link", _("Deze link werkt niet meer. Vraag een nieuwe link."))


@dataclass(frozen=True, slots=True)
class Link:
    """A link that still works, whose it is, and the page to go to afterwards."""

    purpose: str
    person: Person
    next_path: str | None


class _ClockSigner(TimestampSigner):
    """Takes the time from the application's clock."""

    def get_timestamp(self) -> int:
        """Whole seconds since 1970, UTC."""
        return int(clock.now().timestamp())


def issue(purpose: str, person: Person, next_path: str | None = None) -> str:
    """A token for a mail to this person. Raises KeyError for an unknown purpose."""
    LIFETIMES[purpose]
    facts = {"for": purpose, "who": person.public_id, "print": _fingerprint(person)}
    token = _serializer().dumps(facts | ({"next": next_path} if next_path else {}))
    return token.decode() if isinstance(token, bytes) else token


def read(token: str, *purposes: str) -> Link:
    """The link behind a token of one of these purposes. Raises DeadLink."""
    if len(token) > _LONGEST:
        raise DeadLink
    try:
        facts, signed_at = _serializer().loads(token, return_timestamp=True)
    except BadSignature:
        raise DeadLink from None
    purpose = facts["for"]
    person = by_public_id(facts["who"])
    if purpose not in purposes or clock.now() - signed_at > LIFETIMES[purpose]:
        raise DeadLink
    if person is None or person.deactivated_at or facts["print"] != _fingerprint(person):
        raise DeadLink
    return Link(purpose, person, own_path(facts.get("next")))


def _serializer() -> URLSafeTimedSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="accounts.link", signer=_ClockSigner)


def _fingerprint(person: Person) -> str:
    state = f"{person.email}|{person.password_hash}|{person.verified_at}"
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, state.encode(), hashlib.sha256).hexdigest()[:32]
