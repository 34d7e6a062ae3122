"""The outbox under killed and competing workers: every job is done, and done once."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from marketplace.config import ROOT
from marketplace.db import db, reading, writing
from marketplace.jobs import mail, services
from marketplace.jobs.models import Job

pytestmark = pytest.mark.race

PATIENCE = 60  # seconds
WORKERS, JOBS = 4, 40


class SlowInbox:
    """A mail server that takes its time over the first letter."""

    def __init__(self):
        self.letters: list[bytes] = []
        self.reached, self.go_on = threading.Event(), threading.Event()

    async def handle_DATA(self, server, _session, envelope):
        self.reached.set()
        if not await server.loop.run_in_executor(None, self.go_on.wait, 0):
            await server.loop.run_in_executor(None, self.go_on.wait, PATIENCE)
            return "451 try again"
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def inbox(socket_enabled):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(SlowInbox(), hostname="127.0.0.1", port=port)
    server.start()
    yield server
    server.handler.go_on.set()
    server.stop()


@pytest.fixture
def command(database_url, tmp_path, clock):
    """Start ``flask worker`` as its own process, on this test's database and the real time."""
    clock.at = datetime.now(UTC)
    started: list[subprocess.Popen] = []

    def start(*arguments: str, mail_url: str = "") -> subprocess.Popen:
        environ = os.environ | {
            "MARKETPLACE_ENV": "testing",
            "MARKETPLACE_INSTANCE": str(tmp_path),
            "DATABASE_URL": database_url,
            "SECRET_KEY": "only-for-tests",
            "MAIL_URL": mail_url or f"folder:{tmp_path / 'mail'}",
        }
        line = [sys.executable, "-m", "flask", "worker", *arguments]
        process = subprocess.Popen(line, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen) -> str:
    return process.communicate(timeout=PATIENCE)[0]


def queue(app, count: int) -> None:
    with app.test_request_context(), writing():
        for number in range(count):
            to = f"an{number}@voorbeeld.be"
            mail.send(to, "Uw advies", "mail/base", button_label="x", button_url="http://x.test")
        db.session.commit()
        db.session.remove()


def jobs(app) -> list[tuple[str, int]]:
    with app.app_context(), reading():
        return [(job.state, job.attempts) for job in db.session.scalars(select(Job))]


def let_leases_end(app) -> None:
    with app.app_context(), writing():
        past = datetime.now(UTC) - timedelta(seconds=1)
        db.session.execute(update(Job).where(Job.state == "leased").values(leased_until=past))
        db.session.commit()


@pytest.fixture
def outbox(make_app):
    return make_app(JOBS_ENGINE="worker")


def test_a_worker_killed_in_the_middle_of_a_mail_costs_nothing(outbox, command, inbox):
    url = f"smtp://127.0.0.1:{inbox.port}"
    queue(outbox, 1)
    worker = command(mail_url=url)
    assert inbox.handler.reached.wait(PATIENCE)
    worker.send_signal(signal.SIGKILL)
    worker.wait(PATIENCE)
    assert jobs(outbox) == [("leased", 1)]
    assert inbox.handler.letters == []

    inbox.handler.go_on.set()
    assert said(command("--once", mail_url=url)) == "0 jobs run\n", "the lease still holds"
    let_leases_end(outbox)
    assert said(command("--once", mail_url=url)) == "1 jobs run\n"
    assert said(command("--once", mail_url=url)) == "0 jobs run\n"
    assert jobs(outbox) == [("done", 2)]
    assert len(inbox.handler.letters) == 1


def test_workers_killed_at_any_moment_send_every_mail_once(outbox, command, tmp_path, rounds):
    def sent() -> int:
        return len(list((tmp_path / "mail").glob("*.eml")))

    kills = 3 * rounds
    for kill in range(kills):
        queue(outbox, 10)
        before, deadline = sent(), time.monotonic() + PATIENCE
        worker = command()
        while sent() == before:
            assert time.monotonic() < deadline, "the worker does nothing"
            time.sleep(0.005)
        time.sleep(kill * 7 % 11 / 100)
        worker.kill()
        worker.wait(PATIENCE)
        let_leases_end(outbox)
    said(command("--once"))
    assert [state for state, _attempts in jobs(outbox)] == ["done"] * 10 * kills
    assert sent() == 10 * kills


def test_a_worker_that_is_asked_to_stop_finishes_and_leaves(outbox, command, tmp_path):
    queue(outbox, 3)
    worker = command()
    deadline = time.monotonic() + PATIENCE
    while jobs(outbox) != [("done", 1)] * 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    assert jobs(outbox) == [("done", 1)] * 3


# ---- competing workers ----


@services.handler("race.note")
def note(payload):
    """Append one line; the system writes it whole."""
    with Path(payload["file"]).open("a") as file:
        file.write(f"{payload['number']}\n")


def compete(app, file: Path) -> list[int]:
    """Let several processes run the outbox from the same moment; gives the jobs they ran."""
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(WORKERS)

    def work() -> None:
        with app.app_context():
            db.engine.dispose(close=False)  # the parent's connections are not ours
        barrier.wait(PATIENCE)
        services.run_due(app)

    workers = [fork.Process(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    assert [worker.exitcode for worker in workers] == [0] * WORKERS
    return sorted(map(int, file.read_text().split()))


@pytest.fixture
def noted(outbox, tmp_path):
    """Queue jobs that write their number into a fresh file; gives the file."""

    def noted() -> Path:
        file = tmp_path / f"notes-{time.monotonic_ns()}"
        with outbox.app_context(), writing():
            for number in range(JOBS):
                services.enqueue("race.note", {"file": str(file), "number": number})
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return file

    return noted


def test_two_workers_never_run_one_job_twice(outbox, noted, rounds):
    for _ in range(rounds):
        assert compete(outbox, noted()) == list(range(JOBS))


def test_control_without_the_conditional_update_they_do(outbox, noted, monkeypatch):
    monkeypatch.setattr(services, "_lease", lease_without_condition)
    monkeypatch.setattr(
        services, "_own", lambda job_id, _attempts: update(Job).where(Job.id == job_id)
    )
    assert len(compete(outbox, noted())) > JOBS


def lease_without_condition():
    with reading():
        waiting = select(Job).where(Job.state == "waiting").order_by(Job.id).limit(1)
        job = db.session.scalar(waiting)
        found = job and (job.id, job.kind, dict(job.payload), 1)
        db.session.rollback()
    if found:
        time.sleep(0.01)
        db.session.execute(update(Job).where(Job.id == found[0]).values(state="leased"))
        db.session.commit()
    return found


def test_the_same_key_from_many_at_once_is_one_job(outbox, tmp_path):
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(WORKERS)

    def bring() -> None:
        with outbox.app_context(), writing():
            db.engine.dispose(close=False)
            barrier.wait(PATIENCE)
            services.enqueue("race.note", {"file": str(tmp_path / "n"), "number": 1}, key="one")
            time.sleep(0.02)
            db.session.commit()

    with outbox.app_context():
        db.engine.dispose()
    processes = [fork.Process(target=bring) for _ in range(WORKERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0] * WORKERS
    assert jobs(outbox) == [("waiting", 0)]
