"""The plugin host: find, judge, load, ask, switch, migrate and show plugins."""

from __future__ import annotations

from flask import Flask

from marketplace.host import cli, faults, load, mount, pages, schema, switch


def init_app(app: Flask) -> None:
    """Load the plugins of this application; none of them can stop it."""
    for part in (faults, mount, schema, switch, pages):
        part.init_app(app)
    app.extensions["host"] = load.load(app)
    for group in (cli.plugin, cli.schema):
        app.cli.add_command(group)
