"""The outbox as an administrator sees it; what a job carries may be personal and stays unseen."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from marketplace.audit.services import record
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.jobs import services as outbox
from marketplace.jobs.models import Job

STATES = ("dead", "waiting", "leased", "done")
MOST_ID = 2**31 - 1


def counts() -> Mapping[str, int]:
    """How many jobs are in each state."""
    found = outbox.depth()
    return {state: found.get(state, 0) for state in STATES}


def listed(state: str) -> Select[Job]:
    """The jobs in a state, the newest first; their payload is not read."""
    return select(Job).where(Job.state == state).order_by(Job.id.desc()).options(defer(Job.payload))


def last_line(error: str | None) -> str:
    """The last line of a traceback: what went wrong, without where."""
    lines = (error or "").strip().splitlines()
    return lines[-1].strip() if lines else ""


def replay(job_id: str) -> None:
    """Give a dead job a fresh start; commits. Raises NotFound when there is no such dead job."""
    is_id = job_id.isascii() and job_id.isdigit() and len(job_id) <= 10 and int(job_id) <= MOST_ID
    if not is_id or not outbox.replay(int(job_id)):
        raise NotFound(job_id)
    record("job.replayed", f"job:{job_id}")
    db.session.commit()
