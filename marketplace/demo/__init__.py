"""The demonstration: an example catalogue, one person per role, and one command to try it all."""

from __future__ import annotations

from flask import Flask

from marketplace import config
from marketplace.demo.neighbour import PAGES, Neighbour


def init_app(app: Flask) -> None:
    """``flask demo``; in production the group is absent, so nobody seeds examples there."""
    if app.config["ENVIRONMENT"] != "production":
        from marketplace.demo import cli

        app.cli.add_command(cli.group)
    if app.config["ENVIRONMENT"] == "demo":
        app.wsgi_app = Neighbour(app.wsgi_app, config.ROOT / PAGES)  # type: ignore[assignment,method-assign]
