"""Fixtures of the whole suite come from the kit; this file holds what only the house needs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Engine, event

DRILL_ROUNDS = 100
Counting = Callable[[], AbstractContextManager[list[str]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--drill", action="store_true", help="repeat races and kills by the hundred")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a race or a kill is repeated: once, and by the hundred in ``make drill``."""
    return DRILL_ROUNDS if request.config.getoption("--drill") else 1


@pytest.fixture
def count_queries() -> Counting:
    """Collect the statements of a block: ``with count_queries() as queries: ...``."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            if statement.split(None, 1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
                seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting
