"""Fixtures of the whole suite come from the kit; this file holds what only the house needs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import metadata

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from marketplace.accounts.services import passwords

DRILL_ROUNDS = 100
Counting = Callable[[], AbstractContextManager[list[str]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--drill", action="store_true", help="repeat races and kills by the hundred")


@pytest.fixture(scope="session", autouse=True)
def same_for_every_application() -> Iterator[None]:
    """Compile routes and look for packages once: this suite makes thousands of applications.

    What a route compiles to follows from its parts and its defaults; the rule itself is given to
    it when it is called.
    """
    known: dict[object, Callable[..., tuple[str, str]]] = {}
    compile_builder = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        patch.setattr(metadata, "entry_points", cache(metadata.entry_points))
        patch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))  # a test's need not be strong
        yield


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
