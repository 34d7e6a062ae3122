"""Fixtures of the whole suite come from the kit; this file holds what only the house needs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import metadata

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from marketplace.accounts.services import passwords
from marketplace.catalogue import services as catalogue
from marketplace.db import db, writing

DRILL_ROUNDS = 100
STRONG = passwords._hasher
"""What really hashes a password: the rest of the suite is spared the work."""
Counting = Callable[[], AbstractContextManager[list[str]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--drill", action="store_true", help="repeat races and kills by the hundred")
    parser.addoption("--every-variant", action="store_true", help="on PostgreSQL too")


def pytest_configure(config: pytest.Config) -> None:
    """How many examples a property is tried on; a busy machine is no reason to fail."""
    settings.register_profile("quick", max_examples=15, deadline=None)
    settings.register_profile("drill", max_examples=400, deadline=None)
    settings.load_profile("drill" if config.getoption("--drill") else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test runs on both databases, every race with all its parameters; of another test
    PostgreSQL sees the first: what is typed or asked for varies there, not what the database has
    to do (decision 027).
    """
    if config.getoption("--database") != "postgres" or config.getoption("--every-variant"):
        return
    ordered = sorted(items, key=lambda item: item.nodeid)
    first = {item.nodeid.partition("[")[0]: item for item in reversed(ordered)}
    kept = {*first.values(), *(item for item in items if item.get_closest_marker("race"))}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


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
def strong_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The work of the real thing, which the rest of the suite is spared."""
    monkeypatch.setattr(passwords, "_hasher", STRONG)
    passwords._nobodys_hash.cache_clear()
    yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a race or a kill is repeated: once, and by the hundred in ``make drill``."""
    return DRILL_ROUNDS if request.config.getoption("--drill") else 1


@pytest.fixture
def market(app, begin_with):
    """The application with the published demo catalogue and the offers of the plugins."""

    def fill():
        catalogue.seed_demo()
        catalogue.sync_all()

    begin_with("market", fill)
    return app


@pytest.fixture
def written(app):
    """Run something in a transaction of its own, and commit."""

    def run(act):
        with app.app_context(), writing():
            found = act(db.session)
            db.session.commit()
            db.session.remove()
            return found

    return run


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
