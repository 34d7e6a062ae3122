"""Three ways to run the outbox: after the request (inline), in a thread, in ``flask worker``."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import event
from sqlalchemy.orm import Session

from marketplace.db import db
from marketplace.jobs import services

log = structlog.get_logger(__name__)
PAUSE_SECONDS = 1.0


def init_app(app: Flask) -> None:
    """Start the engine that the settings name; ``worker`` starts nothing here."""
    app.cli.add_command(worker)
    if app.config["JOBS_ENGINE"] == "inline":
        _run_after_requests(app)
    elif app.config["JOBS_ENGINE"] == "thread":
        _run_in_thread(app)


def _run_after_requests(app: Flask) -> None:
    """For tests and small tools: jobs run when the request that made them is over."""

    @app.teardown_request
    def _run(_error: BaseException | None) -> None:
        try:
            db.session.rollback()  # what the request still holds open would lock the jobs out
            services.run_due(app)
        except Exception as error:  # the answer is ready: the jobs are kept and run later
            log.error("jobs_postponed", error=type(error).__name__)


def _run_in_thread(app: Flask) -> None:
    woken, stopped = threading.Event(), threading.Event()

    def wake(session: Session) -> None:
        if session.info.get("jobs_added"):
            woken.set()

    def stop() -> None:
        event.remove(Session, "after_commit", wake)
        stopped.set()
        woken.set()
        thread.join()

    event.listen(Session, "after_commit", wake)
    thread = threading.Thread(target=_loop, args=(app, woken, stopped), daemon=True)
    thread.start()
    app.extensions["jobs_stop"] = stop


def stop(app: Flask) -> None:
    """End the thread of the in-process engine, if there is one; its job in hand is finished."""
    app.extensions.pop("jobs_stop", lambda: None)()


def _loop(app: Flask, woken: threading.Event, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            busy = services.run_due(app)
        except Exception as error:
            log.error("worker_stumbled", error=type(error).__name__, exc_info=error)
            busy = 0
        if not busy:
            woken.wait(PAUSE_SECONDS)
            woken.clear()


@click.command("worker")
@with_appcontext
@click.option("--once", is_flag=True, help="Run what is due, then stop.")
def worker(once: bool) -> None:
    """Carry out the outbox: mails, events, webhooks. Stop it with SIGTERM; no job is lost."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        click.echo(f"{services.run_due(app, most=10_000)} jobs run")
        return
    stopped, woken = threading.Event(), threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()
        woken.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    _loop(app, woken, stopped)
