"""Providers, offers with immutable versions, prices and places; the public list of offers."""

from __future__ import annotations

from flask import Flask

from marketplace.catalogue import cli, rules_cli, views
from marketplace.contract.pages import NavItem
from marketplace.i18n import _
from marketplace.web import policy


def init_app(app: Flask) -> None:
    """Mount the public pages and the commands."""
    app.register_blueprint(views.blueprint)
    policy.register(app, views.POLICY)
    app.cli.add_command(cli.group)
    app.cli.add_command(rules_cli.group)
    app.extensions["nav"].append(lambda: NavItem(_("Aanbod"), "catalogue.index"))
