"""Find people, add them by hand, and end what is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from marketplace import clock
from marketplace.accounts.models import Membership, Organisation, Person, SignIn
from marketplace.accounts.services.addresses import deliverable
from marketplace.audit.services import record
from marketplace.db import db
from marketplace.errors import DomainError
from marketplace.i18n import _

KIND_OF_ROLE: Mapping[str, str | None] = {
    "employer": "employer",
    "consultant": "agency",
    "partner": "partner",
    "federation": "federation",
    "administrator": None,
}
"""Role → the kind of organisation it belongs to; an administrator needs none."""


def by_email(email: str) -> Person | None:
    """The person with this address, in the spelling we store."""
    return db.session.scalars(select(Person).where(Person.email == email)).one_or_none()


def by_public_id(public_id: str) -> Person | None:
    """The person with this public id."""
    return db.session.scalars(select(Person).where(Person.public_id == public_id)).one_or_none()


def names(actors: Iterable[str]) -> Mapping[str, str]:
    """Actor of the audit log (``person:<public id>``) → the name of the person, in one query.

    Other actors, and people who are gone, are left out.
    """
    ids = {one.removeprefix("person:") for one in actors if one.startswith("person:")}
    query = select(Person.public_id, Person.name).where(Person.public_id.in_(ids))
    found = db.session.execute(query) if ids else ()
    return {f"person:{public_id}": name for public_id, name in found}


def find_organisation(key: str) -> Organisation | None:
    """The organisation with this public id or slug."""
    query = select(Organisation).where((Organisation.public_id == key) | (Organisation.slug == key))
    return db.session.scalars(query).one_or_none()


def add_organisation(kind: str, name: str, slug: str | None = None) -> Organisation:
    """A new organisation, in the transaction in hand; other facts are set on what it returns.

    Raises DomainError when the slug is taken.
    """
    if slug and find_organisation(slug):
        raise DomainError("slug-taken", _("Deze korte naam bestaat al: %(slug)s.", slug=slug))
    made = Organisation(
        kind=kind, name=name, slug=slug, created_at=clock.now(), joint_committees=[]
    )
    db.session.add(made)
    db.session.flush()
    record("organisation.added", f"organisation:{made.public_id}", new={"kind": kind, "slug": slug})
    return made


def add_person(email: str, name: str, password_hash: str | None = None) -> Person:
    """A new person without a role, in the transaction in hand.

    Raises DomainError for an address that no mail can go to. An address that is taken raises
    IntegrityError at the flush: whoever may know that looks it up first.
    """
    address = deliverable(email)
    if address is None:
        raise DomainError("bad-email", _("Typ een e-mailadres zoals naam@voorbeeld.be."), "email")
    person = Person(email=address, name=name, password_hash=password_hash, created_at=clock.now())
    db.session.add(person)
    db.session.flush()
    record("person.added", f"person:{person.public_id}")
    return person


def give_role(person: Person, role: str, place: Organisation | None) -> Membership:
    """Make the person a member, in the transaction in hand; every sign-in of theirs ends.

    Raises DomainError when the role does not go with the organisation.
    """
    wanted = KIND_OF_ROLE[role]
    if wanted and (place is None or place.kind != wanted):
        raise DomainError(
            "wrong-organisation",
            _(
                "De rol %(role)s hoort bij een organisatie van soort %(kind)s.",
                role=role,
                kind=wanted,
            ),
        )
    for member in person.memberships:
        if member.role == role and member.organisation is place:
            return member
    member = Membership(person=person, organisation=place, role=role)
    db.session.add(member)
    end_sign_ins(person)
    record("person.role_given", f"person:{person.public_id}", new=_role_facts(member))
    return member


def take_role(member: Membership) -> None:
    """End a membership, in the transaction in hand; every sign-in of the person ends."""
    person = member.person
    record("person.role_taken", f"person:{person.public_id}", old=_role_facts(member))
    person.memberships.remove(member)
    end_sign_ins(person)


def deactivate(person: Person) -> None:
    """Close the account, in the transaction in hand: no sign-in, no links, nothing erased."""
    person.deactivated_at = clock.now()
    end_sign_ins(person)
    record("person.deactivated", f"person:{person.public_id}")


def end_sign_ins(person: Person) -> None:
    """Sign the person out in every browser, in the transaction in hand."""
    db.session.flush()
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def _role_facts(member: Membership) -> dict[str, object]:
    place = member.organisation
    return {"role": member.role, "organisation": place.public_id if place else None}
