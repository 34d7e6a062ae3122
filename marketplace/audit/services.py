"""Write the audit log and verify it.

Entries wait in the session until just before the commit, so that the chain's one row is locked
for the shortest time. Rolling back drops them with the change they describe.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from flask import current_app, has_request_context
from sqlalchemy import event, select, text, update
from sqlalchemy.orm import Session, SessionTransaction

from marketplace import clock
from marketplace.audit.models import AuditEntry, AuditHead
from marketplace.db import db

GENESIS = "0" * 64
FIRST_HEAD = text(
    "INSERT INTO audit_heads (id, number, digest) VALUES (1, 0, :genesis) ON CONFLICT DO NOTHING"
)
_WAITING = "audit_waiting"

Actor = Callable[[], str]


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete an audit entry."""


def record(
    action: str,
    subject: str,
    old: Mapping[str, object] | None = None,
    new: Mapping[str, object] | None = None,
) -> None:
    """Note a change in the transaction in hand. ``subject`` is ``kind:public_id``.

    Values must be JSON (TypeError otherwise) and hold no secret. The entry is chained when the
    transaction commits, and forgotten when its transaction or savepoint is rolled back.
    """
    entry = AuditEntry(
        at=clock.now().replace(microsecond=0),
        actor=actor(),
        action=action,
        subject=subject,
        old=_as_stored(old),
        new=_as_stored(new),
    )
    session = db.session()
    if not session.in_transaction():
        session.begin()
    part = session.get_nested_transaction() or session.get_transaction()
    session.info.setdefault(_WAITING, []).append((part, entry))


def actor() -> str:
    """Who acts now: ``person:<public id>`` or ``visitor`` in a request, else ``system``."""
    known: Actor = current_app.extensions.get("audit_actor", lambda: "system")
    return known() if has_request_context() else "system"


def _as_stored(value: Mapping[str, object] | None) -> dict[str, object] | None:
    """The value as it comes back from the database, so that its hash is the same then."""
    stored: dict[str, object] | None = json.loads(json.dumps(value, allow_nan=False))
    return stored


def verify() -> str | None:
    """Walk the whole chain. None when it holds, else one line naming the first bad entry."""
    digest, number = GENESIS, 0
    walk = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=500)
    with db.session.scalars(walk) as entries:
        for entry in entries:
            number += 1
            if entry.number != number:
                return f"entry {number} is missing"
            digest = _digest(entry, digest)
            if entry.digest != digest:
                return f"entry {number} was changed"
    return None if head() == (number, digest) else f"entries after {number} are missing"


def head() -> tuple[int, str]:
    """Number and hash of the newest entry: written down elsewhere, they date the whole log."""
    found = db.session.get(AuditHead, 1)
    return (found.number, found.digest) if found else (0, GENESIS)


def _digest(entry: AuditEntry, before: str) -> str:
    at: datetime = entry.at
    row = [
        entry.number,
        at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.old,
        entry.new,
    ]
    line = json.dumps([before, *row], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(_WAITING):
        return
    waiting: list[AuditEntry] = [entry for _part, entry in session.info.pop(_WAITING)]
    session.flush()
    newest = _locked_head(session, len(waiting))
    digest, number = newest.digest, newest.number - len(waiting)
    for entry in waiting:
        number += 1
        entry.number = number
        digest = entry.digest = _digest(entry, digest)
    session.add_all(waiting)
    newest.digest = digest


def _locked_head(session: Session, count: int) -> AuditHead:
    """Reserve numbers by an UPDATE: it locks the row until the commit on both databases."""
    reserve = update(AuditHead).where(AuditHead.id == 1).values(number=AuditHead.number + count)
    if session.execute(reserve).rowcount == 0:  # type: ignore[attr-defined]
        session.execute(FIRST_HEAD, {"genesis": GENESIS})
        session.execute(reserve)
    return session.scalars(
        select(AuditHead).where(AuditHead.id == 1).execution_options(populate_existing=True)
    ).one()


@event.listens_for(Session, "after_soft_rollback")
def _drop(session: Session, previous: SessionTransaction) -> None:
    """Forget what was noted inside the transaction or savepoint that was rolled back."""
    if waiting := session.info.get(_WAITING):
        kept = [(part, entry) for part, entry in waiting if previous not in _with_parents(part)]
        session.info[_WAITING] = kept


def _with_parents(part: SessionTransaction | None) -> Iterator[SessionTransaction]:
    while part is not None:
        yield part
        part = part.parent


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse(_mapper: object, _connection: object, entry: AuditEntry) -> None:
    raise AppendOnly(f"audit entry {entry.number} cannot be changed")
