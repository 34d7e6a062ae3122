"""Whose request it is: the employer's who is signed in, or the browser's that started it."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import has_request_context, session
from flask_babel import get_locale
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from marketplace import clock
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.contract.pages import Attribution
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.requests.models import Request

COOKIE_KEY = "requests"
MOST_IN_COOKIE = 10


def start(source: Attribution | None = None) -> Request:
    """A new draft of the signed-in employer, or of this browser; commits.

    A draft of this browser in which nothing was filled in is handed out again. ``source`` is
    through whom the visitor came now: the last one counts.
    """
    unused = _unused(accounts.current_employer())
    request = unused or add()
    if source is not None:
        attribute(request, source)
    db.session.commit()
    return request


def attribute(request: Request, source: Attribution) -> None:
    """Note through whom a request came, in the transaction in hand."""
    request.federation, request.source_key = source.federation, source.key
    request.campaign = source.campaign or None


def add() -> Request:
    """A new request of the signed-in employer or of this browser, in the transaction in hand."""
    employer, now = accounts.current_employer(), clock.now()
    request = Request(
        organisation=employer,
        federation=accounts.current_federation(),
        locale=str(get_locale() or "nl"),
        created=now,
        updated=now,
    )
    db.session.add(request)
    if employer is None:
        db.session.flush()
        remember(request, secrets.token_urlsafe(16))
    else:
        _settle_place(request, employer)
    return request


def load(public_id: str) -> Request:
    """The request with its answers. Raises NotFound for absent or somebody else's."""
    request = find(public_id)
    check_access(request)
    return request


def find(public_id: str) -> Request:
    """The request with its answers, whoever asks: for the desk. Raises NotFound when absent."""
    query = (
        select(Request).where(Request.public_id == public_id).options(selectinload(Request.answers))
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return found


def check_access(request: Request) -> None:
    """Raise NotFound unless the request is the person's employer's or this browser's."""
    if request.organisation_id is not None:
        employer = accounts.current_employer()
        allowed = employer is not None and employer.id == request.organisation_id
    else:
        allowed = secret_fits(request, held_secret(request.public_id))
    if not allowed:
        raise NotFound(request.public_id)


def mine(employer: Organisation) -> Select[Request]:
    """The query for an employer's requests, the last changed first."""
    return (
        select(Request)
        .where(Request.organisation_id == employer.id)
        .order_by(Request.updated.desc(), Request.id.desc())
        .options(selectinload(Request.answers))
    )


def claim(person: Person) -> None:
    """Give this browser's drafts to the person's employer, in the transaction of the sign-in."""
    employers = (member.organisation for member in person.memberships if member.role == "employer")
    employer = next((found for found in employers if found is not None), None)
    held = _held()
    if employer is None or not held:
        return
    query = select(Request).where(Request.public_id.in_(held), Request.organisation_id.is_(None))
    for request in db.session.scalars(query):
        if secret_fits(request, held.get(request.public_id)):
            request.organisation, request.secret_hash = employer, None
            _settle_place(request, employer)


def remember(request: Request, secret: str) -> None:
    """Let this browser hold the request: the secret in its signed cookie, a digest with us."""
    request.secret_hash = digest(secret)
    hold(request.public_id, secret)


def hold(public_id: str, secret: str) -> None:
    """Put a request and its secret into this browser's cookie; the oldest ones make room."""
    held = _held() | {public_id: secret}
    session[COOKIE_KEY] = dict(list(held.items())[-MOST_IN_COOKIE:])


def held_secret(public_id: str) -> str | None:
    """The secret this browser holds for a request, or None."""
    return _held().get(public_id)


def secret_fits(request: Request, secret: str | None) -> bool:
    """Whether this is the secret of an unclaimed request."""
    if not secret or not request.secret_hash:
        return False
    return hmac.compare_digest(digest(secret), request.secret_hash)


def digest(secret: str) -> str:
    """SHA-256 of a secret of 128 random bits, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _held() -> dict[str, str]:
    found = session.get(COOKIE_KEY) if has_request_context() else None
    return dict(found) if isinstance(found, dict) else {}


def _unused(employer: Organisation | None) -> Request | None:
    """A draft of the same owner without a single answer."""
    query = select(Request).where(Request.status == "draft", ~Request.answers.any())
    if employer is not None:
        query = query.where(Request.organisation_id == employer.id)
    else:
        query = query.where(Request.public_id.in_(_held()), Request.organisation_id.is_(None))
    found = db.session.scalars(query.order_by(Request.id.desc()).limit(1)).one_or_none()
    if found is None or employer is not None:
        return found
    return found if secret_fits(found, held_secret(found.public_id)) else None


def _settle_place(request: Request, employer: Organisation) -> None:
    """An employer with one establishment need not say where."""
    if len(employer.establishments) == 1:
        request.establishment = employer.establishments[0]
