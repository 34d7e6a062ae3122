"""An app on a database of its own."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from marketplace.app import create_app
from marketplace.db import writing
from marketplace.host import schema


def made(folder: Path) -> Flask:
    """The app with every table in a new SQLite file in this folder."""
    app = create_app(
        {
            "ENVIRONMENT": "testing",
            "SECRET_KEY": "bench",
            "INSTANCE": folder,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'bench.db'}",
        }
    )
    with app.app_context(), writing():
        schema.upgrade()
    return app
