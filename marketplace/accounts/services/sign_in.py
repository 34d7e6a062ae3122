"""Sign in and out. A stranger learns nothing about who has an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import cast

import structlog
from flask import current_app, session
from flask_login import login_user, logout_user
from sqlalchemy import delete

from marketplace import clock
from marketplace.accounts.models import Person, SignIn
from marketplace.accounts.services import identity, limits, passwords
from marketplace.accounts.services.addresses import spelling
from marketplace.accounts.services.people import by_email, end_sign_ins
from marketplace.db import db
from marketplace.errors import DomainError
from marketplace.i18n import _

log = structlog.get_logger(__name__)

OnSignIn = Callable[[Person], None]
"""Called in the transaction of a sign-in; the session is still that of the visitor."""

_KEPT = ("locale",)


class Unknown(DomainError):
    """Wrong address, wrong password, not confirmed or closed: the answer is the same for all."""

    def __init__(self) -> None:
        message = _(
            "Dit e-mailadres en dit wachtwoord horen niet samen, of u bevestigde uw e-mailadres "
            "nog niet. Kijk ze na, of vraag een nieuw wachtwoord."
        )
        super().__init__("unknown-account", message)


def sign_in(email: str, password: str) -> Person:
    """Sign this browser in and commit. Raises Unknown or limits.TooMany."""
    address = spelling(email)
    attempt = limits.count("sign_in", address)
    person = _proven(by_email(address), password)
    if not person.verified:
        raise _refusal()
    limits.forgive(attempt)
    begin(person)
    db.session.commit()
    return person


def check_password(person: Person, password: str) -> None:
    """Let a person prove who they are. Commits. Raises Unknown or limits.TooMany."""
    attempt = limits.count("sign_in", person.email)
    _proven(person, password)
    limits.forgive(attempt)
    db.session.commit()


def begin(person: Person) -> None:
    """Start a new session for this browser, in the transaction in hand.

    First every function in ``app.extensions["on_sign_in"]`` is told, so that what the visitor made
    without an account can become the person's. Then the visitor's session is thrown away: nothing
    that was planted in it survives.
    """
    listeners = cast(list[OnSignIn], current_app.extensions["on_sign_in"])
    for tell in listeners:
        tell(person)
    now = clock.now()
    lifetime = cast(timedelta, current_app.config["PERMANENT_SESSION_LIFETIME"])
    started = SignIn(person=person, started=now, expires=now + lifetime)
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.expires < now))
    db.session.add(started)
    db.session.flush()
    kept = {key: session[key] for key in _KEPT if key in session}
    session.clear()
    session.update(kept)
    login_user(identity.of(started))
    log.info("signed_in", person=person.public_id)


def sign_out() -> None:
    """Sign this browser out and commit; a copy of its cookie is worthless from now on."""
    found = identity.visitor()
    if found:
        db.session.execute(delete(SignIn).where(SignIn.public_id == found.sign_in_id))
        db.session.commit()
    _leave()


def sign_out_everywhere(person: Person) -> None:
    """Sign the person out in every browser and commit."""
    end_sign_ins(person)
    db.session.commit()
    _leave()


def _leave() -> None:
    kept = {key: session[key] for key in _KEPT if key in session}
    logout_user()
    session.clear()
    session.update(kept)


def _proven(person: Person | None, password: str) -> Person:
    """The person, when the password is right. The transaction ends before the slow part."""
    stored = person.password_hash if person and not person.deactivated_at else None
    db.session.commit()
    if not passwords.matches(password, stored) or person is None or stored is None:
        raise _refusal()
    if passwords.outdated(stored):
        person.password_hash = passwords.hash_password(password)
    return person


def _refusal() -> Unknown:
    log.warning("sign_in_refused")
    return Unknown()
