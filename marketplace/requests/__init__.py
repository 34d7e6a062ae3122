"""Requests: what an employer needs and will invest, asked one thing per page, as one case file."""

from __future__ import annotations

from flask import Flask, has_request_context

from marketplace.contract.pages import NavItem
from marketplace.i18n import _
from marketplace.requests.services import claim
from marketplace.requests.views import POLICY, blueprint
from marketplace.requests.views.frame import help_line
from marketplace.web import policy


def init_app(app: Flask) -> None:
    """Mount the landing page and the wizard; claim drafts when a person signs in."""
    app.register_blueprint(blueprint)
    policy.register(app, POLICY)
    app.extensions.setdefault("on_sign_in", []).append(claim)
    app.extensions.setdefault("landing", {})["employer"] = "requests.index"
    app.context_processor(_for_templates)
    app.extensions["nav"].append(_nav)


def _nav() -> NavItem:
    return NavItem(_("Uw aanvragen"), "requests.index", ("employer",))


def _for_templates() -> dict[str, object]:
    """The way to the competent agency, on every page; nothing in a mail."""
    return {"help_line": help_line()} if has_request_context() else {}
