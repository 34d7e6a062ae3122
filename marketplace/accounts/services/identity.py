"""Who is behind the request: one query, however often it is asked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, has_request_context, request_started
from flask_login import LoginManager
from flask_login import current_user as _current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from marketplace import clock
from marketplace.accounts.models import Membership, Organisation, Person, SignIn
from marketplace.db import db


@dataclass(frozen=True, eq=False)
class Visitor:
    """A signed-in browser; its plain values outlive a commit and a rollback."""

    is_authenticated = is_active = True
    is_anonymous = False

    sign_in_id: str
    person: Person
    public_id: str
    name: str
    email: str
    roles: frozenset[str]

    def get_id(self) -> str:
        """What the session cookie holds: the id of the sign-in, not of the person."""
        return self.sign_in_id


def init_app(app: Flask) -> None:
    """Let Flask-Login ask us who it is, once per request."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    request_started.connect(_forget, app, weak=False)


def visitor() -> Visitor | None:
    """The signed-in browser behind this request; None for everybody else, workers included."""
    if not has_request_context() or not _current_user.is_authenticated:
        return None
    found: Visitor = _current_user._get_current_object()
    return found


def current_person() -> Person | None:
    """The person who is signed in."""
    found = visitor()
    return found.person if found else None


def current_roles() -> frozenset[str]:
    """The roles of the person who is signed in; empty for a visitor."""
    found = visitor()
    return found.roles if found else frozenset()


def current_organisation(role: str | None = None) -> Organisation | None:
    """The organisation of the person's oldest membership, in this role or in any."""
    person = current_person()
    for member in person.memberships if person else ():
        if member.organisation and role in (None, member.role):
            return member.organisation
    return None


def current_employer() -> Organisation | None:
    """The employer the person acts for, or None."""
    return current_organisation("employer")


def current_federation() -> str | None:
    """The slug of the federation the person works for, or None."""
    found = current_organisation("federation")
    return found.slug if found else None


def actor() -> str:
    """Who does it, for the audit log."""
    found = visitor()
    return f"person:{found.public_id}" if found else "visitor"


def _forget(_app: Flask) -> None:
    """A context that outlives a request (a test's) must not remember the one before."""
    g.pop("_login_user", None)
    g.pop("sign_in_unreadable", None)


def _load(sign_in_id: str) -> Visitor | None:
    """The visitor of a session cookie. After a failure of the database the error page has none."""
    if g.get("sign_in_unreadable"):
        return None
    g.sign_in_unreadable = True
    query = _of_sign_in(str(sign_in_id))
    found: SignIn | None = db.session.scalars(query).unique().one_or_none()
    g.sign_in_unreadable = False
    return of(found) if found else None


def of(sign_in: SignIn) -> Visitor:
    """The visitor of a sign-in."""
    person = sign_in.person
    return Visitor(
        sign_in_id=sign_in.public_id,
        person=person,
        public_id=person.public_id,
        name=person.name,
        email=person.email,
        roles=frozenset(member.role for member in person.memberships),
    )


def _of_sign_in(sign_in_id: str) -> Select[SignIn]:
    return (
        select(SignIn)
        .join(SignIn.person)
        .outerjoin(Person.memberships)
        .outerjoin(Membership.organisation)
        .where(
            SignIn.public_id == sign_in_id,
            SignIn.expires > clock.now(),
            Person.deactivated_at.is_(None),
        )
        .order_by(Membership.id)
        .options(
            contains_eager(SignIn.person)
            .contains_eager(Person.memberships)
            .contains_eager(Membership.organisation)
        )
    )
