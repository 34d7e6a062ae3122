"""Many processes that start at the same moment."""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from marketplace.db import db, writing

CLIENTS = 32
PATIENCE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Failure:
    """A client that raised, so that a race ends at once and says why."""

    error: str


def race(app, attempt: Callable[[object, int], object]) -> list[object]:
    """Let 32 processes start ``attempt(barrier, number)`` at once; gives what each answered."""
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(CLIENTS), fork.Queue()

    def client(number: int) -> None:
        with app.app_context():
            db.engine.dispose(close=False)  # the parent's connections are not ours
            barrier.wait(PATIENCE)
            try:
                results.put(attempt(barrier, number))
            except Exception as error:
                results.put(Failure(repr(error)))

    processes = [fork.Process(target=client, args=(number,)) for number in range(CLIENTS)]
    for process in processes:
        process.start()
    won = [results.get(timeout=2 * PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    assert [one for one in won if isinstance(one, Failure)] == []
    return won


def presses(app, act: Callable[[], object]) -> set[object]:
    """Let 32 processes do the same thing as requests that write; what each answered: ``done``, or
    the error of the database.
    """

    def press(_barrier, _number: int) -> str:
        try:
            with app.test_request_context("/", method="POST"), writing():
                act()
                db.session.commit()
        except DBAPIError as error:
            return repr(error)
        return "done"

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return set(race(app, press))
