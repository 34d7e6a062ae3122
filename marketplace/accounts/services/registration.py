"""Register an employer: saved page by page, then one account and one mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from marketplace import clock
from marketplace.accounts.models import Establishment, Membership, Organisation, Registration
from marketplace.accounts.services import limits, mails, passwords
from marketplace.accounts.services.addresses import own_path, spelling
from marketplace.accounts.services.organisation import fill
from marketplace.accounts.services.people import add_organisation, add_person, by_email
from marketplace.audit.services import record
from marketplace.db import db
from marketplace.errors import NotFound

PAGES = ("organisatie", "paritair-comite", "vestigingen")
"""The pages that are saved, in order; the account page comes last and is never stored."""

KEPT = timedelta(days=30)


def started(public_id: str | None) -> Registration | None:
    """The registration that this visitor began, or None."""
    if not public_id:
        return None
    query = select(Registration).where(Registration.public_id == public_id)
    return db.session.scalars(query).one_or_none()


def begin(next_path: str | None) -> Registration:
    """A new, empty registration; old ones that nobody finished are removed. Commits."""
    now = clock.now()
    db.session.execute(delete(Registration).where(Registration.saved_at < now - KEPT))
    made = Registration(pages={}, next_path=own_path(next_path), saved_at=now)
    db.session.add(made)
    db.session.commit()
    return made


def save_page(draft: Registration, page: str, answers: Mapping[str, object]) -> None:
    """Keep the answers of one page and commit. Raises NotFound for an unknown page."""
    if page not in PAGES:
        raise NotFound
    draft.pages = {**draft.pages, page: dict(answers)}
    draft.saved_at = clock.now()
    db.session.commit()


def first_gap(draft: Registration | None, until: str | None = None) -> str | None:
    """The first page without answers, before ``until``; None when there is none."""
    for page in PAGES:
        if page == until:
            return None
        if draft is None or page not in draft.pages:
            return page
    return None


def finish(draft: Registration, name: str, email: str, password: str) -> None:
    """Make the account and mail a link to confirm it. Commits.

    For an address that has an account already nothing is made; its owner gets a mail that says so.
    The answer on the screen is the same. Raises limits.TooMany and DomainError for a bad address.
    """
    filled = _Filled(draft.id, draft.pages, draft.next_path, name, email)
    limits.count("register", spelling(email))
    digest = passwords.hash_password(password)
    may_mail = mails.room_in_mailbox(spelling(email))
    if not _take(filled):
        return
    try:
        if by_email(spelling(email)):
            _tell_owner(email, may_mail)
        else:
            _make(filled, digest, may_mail)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        _take(filled)
        _tell_owner(email, may_mail)
        db.session.commit()


@dataclass(frozen=True, slots=True)
class _Filled:
    """A registration with all its answers; plain values, because commits come in between."""

    draft_id: int
    pages: Mapping[str, Mapping[str, object]]
    next_path: str | None
    name: str
    email: str


def _take(filled: _Filled) -> bool:
    """Remove the draft; False when a second click of the same button was first."""
    gone = db.session.execute(delete(Registration).where(Registration.id == filled.draft_id))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def _make(filled: _Filled, digest: str, may_mail: bool) -> None:
    person = add_person(filled.email, filled.name, digest)
    employer = _employer(filled.pages)
    db.session.add(Membership(person=person, organisation=employer, role="employer"))
    record(
        "person.registered", f"person:{person.public_id}", new={"organisation": employer.public_id}
    )
    if may_mail:
        mails.confirm_address(person, filled.next_path)


def _tell_owner(email: str, may_mail: bool) -> None:
    person = by_email(spelling(email))
    if person and may_mail and not person.deactivated_at:
        mails.already_known(person)


def _employer(pages: Mapping[str, Mapping[str, object]]) -> Organisation:
    company, sector, places = (pages[page] for page in PAGES)
    made = add_organisation("employer", str(company["name"]))
    fill(made, {**company, **sector})
    rows = cast(Sequence[Mapping[str, str]], places["establishments"])
    made.establishments = [Establishment(name=row["name"], refnis=row["refnis"]) for row in rows]
    return made
