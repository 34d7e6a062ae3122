"""Many processes that start at the same moment."""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass

from marketplace.db import db

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
