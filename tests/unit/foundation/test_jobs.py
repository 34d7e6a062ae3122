"""The outbox: nothing lost, retried with a growing pause, buried at last, one taker at a time."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from marketplace.jobs import engines, services
from marketplace.jobs.models import Job

DONE: list[str] = []


@services.handler("test.note")
def note(payload):
    DONE.append(payload["word"])


@services.handler("test.fail")
def fail(payload):
    raise RuntimeError("the other side is down")


@services.handler("test.exit")
def leave(payload):
    raise SystemExit(3)


@services.handler("test.half")
def write_and_fail(payload):
    services.enqueue("test.note", {"word": "half"})
    services.db.session.flush()
    raise RuntimeError("half-way")


@services.handler("test.stolen")
def work_too_long(payload):
    """While this one works, its lease ends and another worker takes the job."""
    taken = update(Job).where(Job.kind == "test.stolen").values(attempts=Job.attempts + 1)
    services.db.session.execute(taken)
    services.db.session.commit()
    services.enqueue("test.note", {"word": "too late"})


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


def test_a_job_that_kills_its_worker_every_time_is_buried(app, session, clock):
    services.enqueue("test.note", {"word": "a"})
    services.enqueue("test.note", {"word": "b"})
    session.commit()
    killer = session.scalars(select(Job)).first()
    killer.state, killer.attempts = "leased", services.MOST_ATTEMPTS
    killer.leased_until = clock.now() - timedelta(seconds=1)
    session.commit()
    assert services.run_due(app) == 1
    assert DONE == ["b"]
    session.expire_all()
    assert killer.state == "dead"
    assert "worker died" in killer.last_error


def test_a_handler_that_ends_the_program_does_not_end_the_worker(app, session):
    services.enqueue("test.exit", {})
    services.enqueue("test.note", {"word": "a"})
    session.commit()
    assert services.run_due(app) == 2
    assert DONE == ["a"]
    assert services.depth() == {"waiting": 1, "done": 1}


def test_a_kind_that_nobody_handles_any_more_waits_for_its_plugin(app, session):
    session.add(Job(kind="x_gone.act", payload={}, due=clock_now(app), created=clock_now(app)))
    session.commit()
    assert services.run_due(app) == 1
    assert services.depth() == {"waiting": 1}


def test_what_a_failed_handler_wrote_is_undone(app, session):
    services.enqueue("test.half", {})
    session.commit()
    services.run_due(app)
    assert services.depth() == {"waiting": 1}


def test_a_lost_lease_undoes_the_late_workers_work(app, session):
    services.enqueue("test.stolen", {})
    session.commit()
    services.run_due(app)
    session.expire_all()
    states = {job.kind: (job.state, job.attempts) for job in session.scalars(select(Job))}
    assert states == {"test.stolen": ("leased", 2)}


def test_the_inline_engine_runs_jobs_when_the_request_is_over(app, session):
    queue_by_request(app)
    assert DONE == ["by request"]


def test_the_worker_engine_leaves_them_to_the_worker(make_app):
    app = make_app(JOBS_ENGINE="worker")
    queue_by_request(app)
    assert DONE == []
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.output == "1 jobs run\n", result.exception
    assert DONE == ["by request"]


def test_the_thread_engine_runs_them_beside_the_request(make_app):
    app = make_app(JOBS_ENGINE="thread")
    queue_by_request(app)
    deadline = time.monotonic() + 20
    while not DONE and time.monotonic() < deadline:
        time.sleep(0.01)
    assert DONE == ["by request"]
    engines.stop(app)
    assert "jobs_stop" not in app.extensions


def test_the_commands_list_the_dead_and_give_them_a_fresh_start(app, session, clock):
    services.enqueue("test.fail", {})
    session.commit()
    job = session.scalars(select(Job)).one()
    job.attempts = services.MOST_ATTEMPTS - 1
    session.commit()
    services.run_due(app)
    run = app.test_cli_runner().invoke
    listed = run(args=["jobs", "list"]).output
    assert "dead: 1" in listed
    assert f"{job.id} test.fail" in listed
    assert run(args=["jobs", "replay", str(job.id)]).exit_code == 0
    assert run(args=["jobs", "replay", str(job.id)]).exit_code == 1
    session.expire_all()
    assert (job.state, job.attempts) == ("waiting", 0)


def queue_by_request(app):
    def order():
        services.enqueue("test.note", {"word": "by request"})
        services.db.session.commit()
        return "besteld"

    app.add_url_rule("/bestel", "order", order, methods=["POST"])
    app.extensions["policies"]["order"] = "public"
    assert app.test_client().post("/bestel").text == "besteld"


def clock_now(app):
    return app.extensions["clock"].now()


def test_a_job_that_is_done_forgets_whom_it_was_for(app, session):
    services.enqueue("test.note", {"word": "a"})
    session.commit()
    services.run_due(app)
    session.expire_all()
    assert session.scalars(select(Job)).one().payload == {}


def test_a_job_for_later_waits_for_its_moment(app, clock, session):
    later = clock.at + timedelta(days=3)
    services.enqueue("test.note", {"word": "later"}, not_before=later)
    services.enqueue("test.note", {"word": "past"}, not_before=clock.at - timedelta(days=3))
    session.commit()
    services.run_due(app)
    assert DONE[-1] == "past"
    clock.at = later
    services.run_due(app)
    assert DONE[-1] == "later"


def test_a_worker_without_work_only_reads(app, count_queries):
    with count_queries() as made:
        assert services.run_due(app) == 0
    assert [statement.split()[0] for statement in made] == ["SELECT"]
