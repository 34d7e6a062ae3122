"""The signed link with which somebody goes on later, in any browser."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer

from marketplace import clock
from marketplace.accounts import services as accounts
from marketplace.db import db
from marketplace.errors import DomainError, NotFound
from marketplace.i18n import _
from marketplace.jobs import mail
from marketplace.requests.models import Request
from marketplace.requests.services import access

LIFETIME = timedelta(days=60)
MOST_MAILS = 5


class DeadLink(NotFound):
    """The link is forged, too old, or of a request that now belongs to an account."""


def resume_link(request: Request) -> str:
    """An absolute address that opens this request for 60 days.

    It carries the secret of the browser in hand, signed; for a request of an account it carries
    none, and only the account's own people get in.
    """
    secret = access.held_secret(request.public_id) if request.organisation_id is None else None
    expires = int((clock.now() + LIFETIME).timestamp())
    token = _signer().dumps([request.public_id, secret or "", expires])
    path = url_for("requests.resume", token=token)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def resume(token: str) -> Request:
    """Let this browser into the request of a link. Raises DeadLink; NotFound for a foreign one."""
    public_id, secret, expires = _read(token)
    if clock.now().timestamp() > expires:
        raise DeadLink(public_id)
    request = access.find(public_id)
    if request.organisation_id is None:
        if not access.secret_fits(request, secret):
            raise DeadLink(public_id)
        access.hold(public_id, secret)
    elif not needs_account(request):
        access.check_access(request)
    return request


def mail_link(request: Request, email: str) -> None:
    """Queue a mail with the link and commit. Raises DomainError after five mails."""
    if request.mails_sent >= MOST_MAILS:
        raise DomainError(
            "too-many-mails",
            _("Wij stuurden de link al vijf keer. Kopieer de link hieronder en bewaar hem zelf."),
            "email",
        )
    request.mails_sent += 1
    whom = hashlib.sha256(email.encode()).hexdigest()[:16]
    mail.send(
        email,
        _("Ga verder met uw aanvraag"),
        "requests/mail/resume",
        key=f"resume:{request.public_id}:{whom}:{request.mails_sent}",
        button_url=resume_link(request),
        button_label=_("Ga verder met uw aanvraag"),
        days=LIFETIME.days,
    )
    db.session.commit()


def needs_account(request: Request) -> bool:
    """Whether somebody must sign in before this request opens."""
    return request.organisation_id is not None and accounts.current_person() is None


def _read(token: str) -> tuple[str, str, int]:
    try:
        public_id, secret, expires = _signer().loads(token)
        return str(public_id), str(secret), int(expires)
    except (BadData, ValueError, TypeError):
        raise DeadLink(token[:20]) from None


def _signer() -> URLSafeSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt="requests.resume")
