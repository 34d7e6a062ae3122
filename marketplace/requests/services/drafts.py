"""From a federation's site to a request: draft, hand-over, claim.

A draft is nobody's. The address that opens it works once: the first browser that follows it may
read the draft, and only a click there makes a request of it, so that a page of another site can
never put something into an employer's file.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from flask import current_app, has_request_context, session
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from marketplace import clock
from marketplace.accounts import services as accounts
from marketplace.contract.pages import Attribution, Event
from marketplace.contract.values import Json
from marketplace.db import db, writing
from marketplace.errors import NotFound
from marketplace.host import ask
from marketplace.requests import intake
from marketplace.requests.intake import Intake
from marketplace.requests.models import Draft, Request, RequestAnswer
from marketplace.requests.services import access, resume

TO_OPEN = timedelta(minutes=30)
TO_CLAIM = timedelta(hours=24)
COOKIE_KEY = "drafts"
MOST_IN_COOKIE = 5
MOST_CAMPAIGN = 80
TOKEN_BYTES = 24


class Gone(NotFound):
    """The address was never given, is too old, or was opened by another browser."""


def source_of(key: str, campaign: str = "") -> Attribution | None:
    """Whose public key this is, with the campaign; None when no plugin knows it, or for a test."""
    found = cast("Attribution | None", ask.first("attribution", key=key)) if key else None
    if found is None or found.is_test:
        return None
    return Attribution(found.federation, found.key, campaign[:MOST_CAMPAIGN])


def draft(typed: Intake, source: Attribution, once: str) -> str:
    """Keep what was typed and give the token that opens it for 30 minutes; commits.

    ``once`` is a random text of the form that was filled in: the same form with the same content
    gives the same token, however often it is posted.
    """
    now, told = clock.now(), typed.told()
    token = _token(once, told, source)
    made = Draft(
        token_hash=access.digest(token),
        told=told,
        federation=source.federation,
        source_key=source.key,
        campaign=source.campaign[:MOST_CAMPAIGN],
        is_test=source.is_test,
        created=now,
        expires=now + TO_OPEN,
    )
    db.session.execute(delete(Draft).where(Draft.expires < now))
    known = select(Draft.id).where(Draft.token_hash == made.token_hash)
    if db.session.scalar(known) is None:
        try:
            with db.session.begin_nested():
                db.session.add(made)
            _tell("draft.made", made)
        except IntegrityError:  # the same post at the same moment; its draft holds the same
            pass
    db.session.commit()
    return token


def open_draft(token: str) -> Draft:
    """The draft of this address, now this browser's; commits. Raises Gone."""
    with writing():
        now, secret = clock.now(), secrets.token_urlsafe(16)
        found = db.session.scalar(select(Draft).where(Draft.token_hash == access.digest(token)))
        if found is None or found.expires < now:
            raise Gone
        if _is_mine(found):
            return found
        first = (
            update(Draft)
            .where(Draft.id == found.id, Draft.secret_hash.is_(None))
            .values(secret_hash=access.digest(secret), expires=now + TO_CLAIM)
        )
        if not db.session.execute(first).rowcount:  # type: ignore[attr-defined]
            raise Gone
        _tell("draft.opened", found)
        db.session.commit()
    held = _held() | {found.public_id: secret}
    session[COOKIE_KEY] = dict(list(held.items())[-MOST_IN_COOKIE:])
    return found


def load_draft(public_id: str) -> Draft:
    """A draft that this browser opened. Raises NotFound for any other."""
    found = db.session.scalar(select(Draft).where(Draft.public_id == public_id))
    if found is None or found.expires < clock.now() or not _is_mine(found):
        raise NotFound(public_id)
    return found


def claim_draft(found: Draft, email: str | None = None) -> Request | None:
    """Make a request of a draft, for the employer who is signed in or for this browser; commits.

    Twice gives the same request. A test becomes none. Without an employer the link of the request
    is mailed to ``email``.
    """
    first = update(Draft).where(Draft.id == found.id, Draft.claimed.is_(False)).values(claimed=True)
    if not db.session.execute(first).rowcount:  # type: ignore[attr-defined]
        return found.request
    if not found.is_test:
        found.request = _request(found)
        _tell("draft.claimed", found)
    db.session.commit()
    if found.request and email and found.request.organisation_id is None:
        resume.mail_link(found.request, email)
    return found.request


def federation_name(slug: str) -> str:
    """A federation as its visitors know it; the slug when it is gone."""
    place = accounts.find_organisation(slug)
    return place.name if place else slug


def source_facts(request: Request) -> dict[str, Json]:
    """Through whom a request came, as facts of an event; empty when it came by itself."""
    if not request.source_key:
        return {}
    return {
        "federation": request.federation,
        "source_key": request.source_key,
        "campaign": request.campaign,
    }


def _request(found: Draft) -> Request:
    made = access.add()
    access.attribute(made, Attribution(found.federation, found.source_key, found.campaign))
    made.remark = str(found.told["remark"])
    now, told = clock.now(), intake.pages(found.told)
    has_sites = bool(made.organisation and made.organisation.establishments)
    made.answers = [
        RequestAnswer(page=page, data=data, saved_at=now)
        for page, data in told.items()
        if not (page == "place" and has_sites)  # an employer chooses one of its own sites
    ]
    return made


def _token(once: str, told: Mapping[str, Json], source: Attribution) -> str:
    """192 bits that follow from the form and its content, and that nobody else can reckon."""
    content = json.dumps([once, told, source.key, source.campaign], sort_keys=True)
    key = str(current_app.config["SECRET_KEY"]).encode()
    made = hmac.digest(key, f"requests.draft:{content}".encode(), "sha256")[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(made).decode()


def _tell(name: str, found: Draft) -> None:
    facts: dict[str, Json] = {
        "source_key": found.source_key,
        "campaign": found.campaign,
        "test": found.is_test,
    }
    ask.tell(Event(name, found.public_id, facts))


def _held() -> dict[str, str]:
    found = session.get(COOKIE_KEY) if has_request_context() else None
    return dict(found) if isinstance(found, dict) else {}


def _is_mine(found: Draft) -> bool:
    secret = _held().get(found.public_id)
    return bool(secret and found.secret_hash) and hmac.compare_digest(
        access.digest(str(secret)), str(found.secret_hash)
    )
