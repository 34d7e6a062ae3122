"""Write the audit log and verify it.

Entries wait in the session until just before the commit, so that the chain's one row is locked
for the shortest time. Rolling back drops them with the change they describe.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import current_app, has_request_context
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from marketplace import clock
from marketplace.audit.models import AuditEntry, AuditHead
from marketplace.db import db

GENESIS = "0" * 64
_WAITING = "audit_waiting"

Actor = Callable[[], str]


def record(
    action: str,
    subject: str,
    old: Mapping[str, object] | None = None,
    new: Mapping[str, object] | None = None,
) -> None:
    """Note a change in the transaction in hand. ``subject`` is ``kind:public_id``.

    Values must be JSON and hold no secret. The entry is chained when the transaction commits.
    """
    actor: Actor = current_app.extensions.get("audit_actor", lambda: "system")
    entry = AuditEntry(
        at=clock.now().replace(microsecond=0),
        actor=actor() if has_request_context() else "system",
        action=action,
        subject=subject,
        old=dict(old) if old is not None else None,
        new=dict(new) if new is not None else None,
    )
    session = db.session()
    if not session.in_transaction():
        session.begin()
    session.info.setdefault(_WAITING, []).append(entry)


def verify() -> str | None:
    """Walk the whole chain. None when it holds, else one line naming the first bad entry."""
    digest, number = GENESIS, 0
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)):
        number += 1
        if entry.number != number:
            return f"entry {number} is missing"
        digest = _digest(entry, digest)
        if entry.digest != digest:
            return f"entry {number} was changed"
    head = db.session.get(AuditHead, 1)
    expected = (head.number, head.digest) if head else (0, GENESIS)
    return None if expected == (number, digest) else f"entries after {number} are missing"


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
    text = json.dumps([before, *row], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(_WAITING):
        return
    waiting: list[AuditEntry] = session.info.pop(_WAITING)
    session.flush()
    head = _locked_head(session, len(waiting))
    digest, number = head.digest, head.number - len(waiting)
    for entry in waiting:
        number += 1
        entry.number = number
        digest = entry.digest = _digest(entry, digest)
    session.add_all(waiting)
    head.digest = digest


def _locked_head(session: Session, count: int) -> AuditHead:
    """Reserve numbers by an UPDATE: it locks the row until the commit on both databases."""
    moved = session.execute(
        update(AuditHead).where(AuditHead.id == 1).values(number=AuditHead.number + count)
    )
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        session.add(AuditHead(id=1, number=count, digest=GENESIS))
        session.flush()
    return session.scalars(
        select(AuditHead).where(AuditHead.id == 1).execution_options(populate_existing=True)
    ).one()


@event.listens_for(Session, "after_soft_rollback")
def _drop(session: Session, _previous: object) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_WAITING, None)
