"""Accounts: people, organisations, establishments, roles, and who is signed in."""

from __future__ import annotations

from flask import Flask, has_request_context, url_for

from marketplace.accounts import cli
from marketplace.accounts.services import current_federation, current_roles, visitor
from marketplace.accounts.services.identity import actor
from marketplace.accounts.services.identity import init_app as know_visitors
from marketplace.accounts.views import POLICY, blueprint
from marketplace.i18n import _
from marketplace.web import policy


def init_app(app: Flask) -> None:
    """Mount the pages, and tell the policy gate and the audit log who somebody is.

    ``on_sign_in`` functions are called in the transaction of a sign-in; ``landing`` names the first
    page of a role.
    """
    app.extensions["on_sign_in"] = []
    app.extensions["landing"] = {}
    app.extensions["identify"] = current_roles
    app.extensions["audit_actor"] = actor
    app.extensions["federation_in_hand"] = current_federation
    know_visitors(app)
    app.register_blueprint(blueprint)
    policy.register(app, POLICY)
    app.context_processor(_for_templates)
    for group in cli.GROUPS:
        app.cli.add_command(group)


def _for_templates() -> dict[str, object]:
    """The person in hand and the links at the top of every page; nothing in a mail."""
    if not has_request_context():
        return {}
    person = visitor()
    return {"current_person": person, "account_items": _signed_in() if person else _visitor()}


def _signed_in() -> list[dict[str, object]]:
    return [
        {"label": _("Mijn account"), "url": url_for("accounts.profile")},
        {"label": _("Afmelden"), "url": url_for("accounts.sign_out"), "post": True},
    ]


def _visitor() -> list[dict[str, object]]:
    return [
        {"label": _("Aanmelden"), "url": url_for("accounts.sign_in")},
        {"label": _("Registreren"), "url": url_for("accounts.register")},
    ]
