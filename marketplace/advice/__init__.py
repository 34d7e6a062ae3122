"""The immutable recommendation snapshot, its reasons, and what-if."""

from __future__ import annotations

from flask import Flask

from marketplace.advice import cli, views
from marketplace.web import policy


def init_app(app: Flask) -> None:
    """Mount the pages and the commands."""
    app.register_blueprint(views.blueprint)
    policy.register(app, views.POLICY)
    app.cli.add_command(cli.advise)
    app.cli.add_command(cli.advice)
