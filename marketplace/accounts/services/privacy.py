"""What we hold about a person, and erasing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from sqlalchemy import delete

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.services import limits
from marketplace.accounts.services.people import end_sign_ins
from marketplace.audit.services import record
from marketplace.contract.values import Json
from marketplace.db import db
from marketplace.host import ask
from marketplace.jobs.models import Job

Facts: TypeAlias = Mapping[str, Json]


def export_person(person: Person) -> Facts:
    """Everything stored about a person, ready for JSON; times are ISO 8601 in UTC.

    ``silent`` names the plugins that should have answered and did not.
    """
    told = ask.ask("export_person", email=person.email)
    return {
        "person": {
            "id": person.public_id,
            "email": person.email,
            "name": person.name,
            "created_at": person.created_at.isoformat(),
            "verified_at": person.verified_at.isoformat() if person.verified_at else None,
            "deactivated_at": person.deactivated_at.isoformat() if person.deactivated_at else None,
        },
        "memberships": _memberships(person),
        "plugins": cast(Json, dict(told.values)),
        "silent": list(told.silent),
    }


def erase_person(person: Person) -> None:
    """Make the person unrecognisable and commit.

    The row stays, so that dossiers keep their author's id; organisations are no personal data and
    stay too. Mails to the person and tries to sign in are removed; plugins erase after the commit.
    """
    email = person.email
    ask.erase_person(email)
    end_sign_ins(person)
    limits.forget(email)
    db.session.execute(
        delete(Job).where(Job.kind == "mail.send", Job.payload["to"].as_string() == email)
    )
    person.memberships.clear()
    person.email = f"{person.public_id.lower()}@erased.invalid"
    person.name = ""
    person.password_hash = None
    person.deactivated_at = person.deactivated_at or clock.now()
    record("person.erased", f"person:{person.public_id}")
    db.session.commit()


def _memberships(person: Person) -> Sequence[Facts]:
    return [
        {
            "role": member.role,
            "organisation": member.organisation.name if member.organisation else None,
        }
        for member in person.memberships
    ]
