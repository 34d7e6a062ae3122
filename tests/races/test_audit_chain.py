"""Many write the audit log at once: the chain stays whole and no entry is lost."""

import multiprocessing
import time

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from marketplace import clock
from marketplace.audit import services
from marketplace.audit.models import AuditEntry
from marketplace.db import db, reading, writing

pytestmark = pytest.mark.race

WRITERS, EACH, PATIENCE = 8, 10, 60


def write_together(app, write) -> None:
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(WRITERS)

    def work(writer: int) -> None:
        with app.app_context():
            db.engine.dispose(close=False)  # the parent's connections are not ours
            barrier.wait(PATIENCE)
            for number in range(EACH):
                write(f"offer:{writer}-{number}")

    with app.app_context():
        db.engine.dispose()
    writers = [fork.Process(target=work, args=(writer,)) for writer in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(PATIENCE)
    assert [one.exitcode for one in writers] == [0] * WRITERS


def log_of(app) -> tuple[int, str | None]:
    with app.app_context(), reading():
        count = db.session.scalar(select(func.count()).select_from(AuditEntry))
        return count, services.verify()


def chained(subject: str) -> None:
    with writing():
        services.record("offer.changed", subject, new={"price": 1})
        db.session.commit()


def unchained(subject: str) -> None:
    """The defence off: the head is read, not locked, before the entry is added."""
    with reading():
        number, _digest = services.head()
        db.session.rollback()
    time.sleep(0.002)
    entry = AuditEntry(
        number=number + 1, at=clock.now(), actor="x", action="x", subject=subject, digest="x"
    )
    with writing():
        try:
            db.session.add(entry)
            db.session.flush()
            db.session.execute(db.update(services.AuditHead).values(number=number + 1))
            db.session.commit()
        except DBAPIError:
            db.session.rollback()


def test_writers_at_once_lose_nothing_and_keep_the_chain(app, rounds):
    for turn in range(1, rounds + 1):
        write_together(app, chained)
        assert log_of(app) == (turn * WRITERS * EACH, None)


def test_control_without_the_lock_entries_are_lost(app):
    with app.app_context(), writing():
        chained("offer:first")
    write_together(app, unchained)
    assert log_of(app)[0] < 1 + WRITERS * EACH
