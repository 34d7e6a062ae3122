"""Enqueue in the caller's transaction; take, run, retry and bury in the worker's own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from flask import Flask, current_app
from sqlalchemy import ColumnElement, Insert, Update, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace import clock
from marketplace.db import db, reading, writing
from marketplace.jobs.models import Job

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)

Handler = Callable[[Mapping[str, object]], None]
_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that carries out jobs of this kind; it must bear being run twice."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def kinds() -> frozenset[str]:
    """Every kind that has a handler."""
    return frozenset(_handlers)


def enqueue(
    kind: str,
    payload: Mapping[str, object],
    key: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Add a job to the transaction in hand: it runs after the commit, or never.

    With a ``key`` that already exists nothing is added. It waits for ``not_before`` (aware), when
    that is given. Raises KeyError for an unknown kind.
    """
    if kind not in _handlers:
        raise KeyError(kind)
    now = clock.now()
    due = max(now, not_before or now)
    row = {"kind": kind, "payload": dict(payload), "key": key, "due": due, "created": now}
    if key:
        db.session.execute(_insert_once(db.session.get_bind().dialect.name, row))
    else:
        db.session.add(Job(**row))
    db.session().info["jobs_added"] = True


def _insert_once(dialect: str, row: Mapping[str, object]) -> Insert:
    """One row per key, also when two transactions bring it at the same moment."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(Job).values(row).on_conflict_do_nothing(index_elements=["key"])


def run_due(app: Flask, most: int = 100) -> int:
    """Run the jobs that are due, each in transactions of its own; gives how many were run.

    Without any it only reads: a worker that waits never takes SQLite's write lock.
    """
    with app.app_context(), reading():
        if db.session.scalar(select(Job.id).where(*_due()).limit(1)) is None:
            return 0
    with app.app_context(), writing():
        _bury_killers()
    done = 0
    while done < most and _run_one(app):
        done += 1
    return done


def depth() -> Mapping[str, int]:
    """How many jobs are in each state."""
    rows = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    return {row[0]: row[1] for row in rows}


def replay(job_id: int) -> bool:
    """Give a dead job a fresh start; False when there is no such dead job. Does not commit."""
    found = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == "dead")
        .values(state="waiting", attempts=0, due=clock.now())
    )
    return bool(found.rowcount)  # type: ignore[attr-defined]


def _run_one(app: Flask) -> bool:
    """A fresh context per job, so that no job sees another's session."""
    with app.app_context(), writing():
        job = _lease()
        if job is None:
            return False
        job_id, kind, payload, attempts = job
        try:
            _handlers[kind](payload)
            _finish(job_id, attempts)
        except (Exception, SystemExit) as error:
            db.session.rollback()
            _failed(job_id, kind, attempts, error)
    return True


def _lease() -> tuple[int, str, dict[str, object], int] | None:
    """Take one due job by a conditional update: two workers can never both have it.

    A job whose lease ran out belonged to a worker that died; it is due again.
    """
    now = clock.now()
    free, is_due = _due()
    for _attempt in range(20):
        row = db.session.execute(
            select(Job.id, Job.kind, Job.payload, Job.attempts)
            .where(free, is_due)
            .order_by(Job.due, Job.id)
            .limit(1)
        ).first()
        if row is None:
            break
        taken = db.session.execute(
            update(Job)
            .where(Job.id == row.id, Job.attempts == row.attempts, free)
            .values(state="leased", attempts=Job.attempts + 1, leased_until=now + LEASE)
        )
        db.session.commit()
        if taken.rowcount:  # type: ignore[attr-defined]
            return row.id, row.kind, row.payload, row.attempts + 1
    db.session.rollback()
    return None


def _due() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Nobody has it in hand, and its time has come."""
    now = clock.now()
    free = or_(Job.state == "waiting", (Job.state == "leased") & (Job.leased_until < now))
    return free, Job.due <= now


def _bury_killers() -> None:
    """A job whose worker died at every attempt never reaches ``_failed``: bury it here."""
    lost = (Job.state == "leased") & (Job.leased_until < clock.now())
    buried = db.session.execute(
        update(Job)
        .where(lost, Job.attempts >= MOST_ATTEMPTS)
        .values(state="dead", leased_until=None, last_error="the worker died at every attempt")
    )
    db.session.commit()
    if buried.rowcount:  # type: ignore[attr-defined]
        log.error("jobs_buried", count=buried.rowcount)  # type: ignore[attr-defined]


def _finish(job_id: int, attempts: int) -> None:
    """Commit the handler's work with the mark "done", unless the lease was lost meanwhile.

    What is done needs its payload no more, and a payload may hold an address.
    """
    done = _own(job_id, attempts).values(
        payload={}, state="done", done_at=clock.now(), leased_until=None
    )
    if db.session.execute(done).rowcount:  # type: ignore[attr-defined]
        db.session.commit()
    else:
        db.session.rollback()


def _own(job_id: int, attempts: int) -> Update:
    return update(Job).where(Job.id == job_id, Job.state == "leased", Job.attempts == attempts)


def _failed(job_id: int, kind: str, attempts: int, error: BaseException) -> None:
    """Back off 10 s, 20 s, 40 s … up to an hour; after the last attempt the job is dead."""
    dead = attempts >= MOST_ATTEMPTS
    pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    text = "".join(traceback.format_exception(error))[-4000:]
    db.session.execute(
        _own(job_id, attempts).values(
            state="dead" if dead else "waiting",
            due=clock.now() + pause,
            leased_until=None,
            last_error=text,
        )
    )
    db.session.commit()
    log.error(
        "job_failed",
        job=job_id,
        kind=kind,
        attempts=attempts,
        dead=dead,
        error=type(error).__name__,
    )


def engine() -> str:
    """The engine in force: inline, thread or worker."""
    return str(current_app.config["JOBS_ENGINE"])
