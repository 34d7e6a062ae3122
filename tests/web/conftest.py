"""A market to walk through: the demo catalogue with the offers of the plugins."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from marketplace.app import create_app
from marketplace.catalogue import services as catalogue
from marketplace.db import db, writing
from marketplace.kit.testing import settings_for


@pytest.fixture(scope="session")
def market_file(empty_database: str, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A SQLite file with the market in it, made once; None on PostgreSQL."""
    if not empty_database.startswith("sqlite"):
        return None
    folder = tmp_path_factory.mktemp("market")
    file = folder / "marketplace.db"
    shutil.copy(empty_database.removeprefix("sqlite:///"), file)
    app = create_app(settings_for(f"sqlite:///{file}", folder))
    with app.app_context():
        _fill()
        db.session.remove()
        db.engine.dispose()
    return file


@pytest.fixture
def market(database_url: str, market_file: Path | None, app: Flask) -> Flask:
    """The application with the published demo catalogue."""
    if market_file:
        shutil.copy(market_file, database_url.removeprefix("sqlite:///"))
    else:
        with app.app_context():
            _fill()
    return app


def _fill() -> None:
    with writing():
        catalogue.seed_demo()
        catalogue.sync_all()
