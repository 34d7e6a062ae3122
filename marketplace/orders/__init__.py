"""Orders of agency offers and referrals to partners."""

from __future__ import annotations

from flask import Flask

from marketplace.contract.pages import NavItem
from marketplace.i18n import _
from marketplace.orders import services, views
from marketplace.web import policy


def init_app(app: Flask) -> None:
    """Mount the pages."""
    app.register_blueprint(views.blueprint)
    policy.register(app, views.POLICY)
    app.jinja_env.globals["agreed_lines"] = services.agreed_lines
    app.extensions["nav"].append(_nav)


def _nav() -> NavItem:
    return NavItem(_("Bestellingen"), "orders.index", ("employer",))
