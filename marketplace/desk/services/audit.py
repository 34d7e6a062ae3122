"""The audit log as an administrator reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from marketplace.accounts.models import Person
from marketplace.audit.models import AuditEntry
from marketplace.db import db

PERSON = "person:"
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for: the begin of the subject and of the action, and exactly who."""

    subject: str = ""
    actor: str = ""
    action: str = ""


def find(sought: Sought) -> Select[AuditEntry]:
    """The entries, the newest first. An e-mail address finds what that person did."""
    query = select(AuditEntry).order_by(AuditEntry.number.desc())
    if sought.subject:
        query = query.where(AuditEntry.subject.startswith(sought.subject, autoescape=True))
    if sought.action:
        query = query.where(AuditEntry.action.startswith(sought.action, autoescape=True))
    if "@" in sought.actor:
        found = select(PERSON + Person.public_id).where(Person.email == sought.actor.lower())
        query = query.where(AuditEntry.actor.in_(found))
    elif sought.actor:
        query = query.where(AuditEntry.actor == sought.actor)
    return query


def names(entries: Sequence[AuditEntry]) -> Mapping[str, str]:
    """Actor → name, for the actors who are people and still known."""
    ids = {one.actor.removeprefix(PERSON) for one in entries if one.actor.startswith(PERSON)}
    rows = db.session.execute(
        select(Person.public_id, Person.name).where(Person.public_id.in_(sorted(ids)))
    )
    return {PERSON + row.public_id: row.name for row in rows}


def changes(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Fact, old and new value of what an entry changed; long values are cut."""
    old, new = entry.old or {}, entry.new or {}
    keys = [*old, *(key for key in new if key not in old)]
    return [(key, _short(old.get(key)), _short(new.get(key))) for key in keys]


def _short(value: object) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
