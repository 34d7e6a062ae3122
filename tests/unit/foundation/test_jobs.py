"""The outbox: nothing lost, retried with a growing pause, buried at last, one taker at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.jobs import services
from marketplace.jobs.models import Job

DONE: list[str] = []


@services.handler("test.note")
def note(payload):
    DONE.append(payload["word"])


@services.handler("test.fail")
def fail(payload):
    raise RuntimeError("the other side is down")


@pytest.fixture(autouse=True)
def _fresh():
    DONE.clear()


def test_a_job_runs_after_the_commit_and_once(app, session):
    services.enqueue("test.note", {"word": "a"})
    session.commit()
    assert services.run_due(app) == 1
    assert services.run_due(app) == 0
    assert DONE == ["a"]


def test_a_rolled_back_change_has_no_effect(app, session):
    services.enqueue("test.note", {"word": "a"})
    session.rollback()
    assert services.run_due(app) == 0


def test_the_same_key_is_one_job(app, session):
    for _ in range(2):
        services.enqueue("test.note", {"word": "a"}, key="k")
        session.commit()
    assert services.run_due(app) == 1


def test_an_unknown_kind_is_refused_at_once(session):
    with pytest.raises(KeyError):
        services.enqueue("test.unknown", {})


def test_a_failing_job_backs_off_and_dies_while_others_flow(app, session, clock):
    services.enqueue("test.fail", {})
    session.commit()
    pauses = []
    for _ in range(services.MOST_ATTEMPTS):
        assert services.run_due(app) == 1
        session.expire_all()
        job = session.scalars(select(Job).where(Job.kind == "test.fail")).one()
        due = job.due
        pauses.append((due - clock.now()).total_seconds())
        session.rollback()
        services.enqueue("test.note", {"word": "b"})
        session.commit()
        assert services.run_due(app) == 1
        clock.at = due
    assert pauses[:4] == [10, 20, 40, 80]
    session.expire_all()
    assert job.state == "dead"
    assert "the other side is down" in job.last_error
    assert services.replay(job.id)


def test_a_lease_that_ran_out_is_taken_again(app, session, clock):
    services.enqueue("test.note", {"word": "a"})
    session.commit()
    job = session.scalars(select(Job)).one()
    job.state, job.attempts, job.leased_until = "leased", 1, clock.now() + timedelta(minutes=5)
    session.commit()
    assert services.run_due(app) == 0
    clock.at += timedelta(minutes=6)
    assert services.run_due(app) == 1
    assert DONE == ["a"]
