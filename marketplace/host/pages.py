"""What plugins show on the house's pages: links in the menu and panels in slots."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import structlog
from flask import Flask, current_app, g, has_request_context, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from marketplace.contract.pages import SLOTS, NavItem, Panel
from marketplace.contract.values import Json
from marketplace.host import ask, faults
from marketplace.web import policy

log = structlog.get_logger(__name__)

PRECEDENCE = ("administrator", "consultant", "federation", "partner", "employer")
"""A person with several roles gets the menu of the first."""


def init_app(app: Flask) -> None:
    """``nav_items``, ``footer_links`` and ``panels(slot, subject)`` for every template.

    Areas append to ``extensions["nav"]`` functions that give a NavItem in the language in hand.
    """
    app.extensions.setdefault("nav", [])
    app.jinja_env.globals["panels"] = panels
    app.context_processor(_for_templates)


def _for_templates() -> dict[str, object]:
    if not has_request_context():
        return {}
    return {"nav_items": nav_items(), "footer_links": nav_items("footer")}


def nav_items(place: str = "menu") -> list[dict[str, object]]:
    """The links of a place for the person in hand; none on an error page without a database."""
    if "nav_items" not in g:
        try:
            g.nav_items = _nav_items()
        except SQLAlchemyError as error:
            log.error("menu_unavailable", error=type(error).__name__)
            g.nav_items = []
    return [link for where, link in g.nav_items if where == place]


def _nav_items() -> list[tuple[str, dict[str, object]]]:
    roles: frozenset[str] = current_app.extensions["identify"]()
    role = next((role for role in PRECEDENCE if role in roles), None)
    own: list[Callable[[], NavItem]] = current_app.extensions["nav"]
    items = _links([item() for item in own], roles)
    for plugin_id, answer in ask.ask("nav", role=role).values:
        try:
            items += _links(cast("list[NavItem]", answer), roles, f"x_{plugin_id}.")
        except Exception as error:
            faults.note(plugin_id, "nav", error)
    return items


def _links(
    items: Sequence[NavItem], roles: frozenset[str], room: str = ""
) -> list[tuple[str, dict[str, object]]]:
    return [
        (item.place, _link(room + item.endpoint, item))
        for item in items
        if (not item.roles or roles.intersection(item.roles))
        and policy.may_reach(room + item.endpoint)
    ]


def _link(endpoint: str, item: NavItem) -> dict[str, object]:
    url = url_for(endpoint)
    inside = url != "/" and request.path.startswith(url.rstrip("/") + "/")
    return {"label": item.label, "url": url, "current": request.path == url or inside}


def panels(slot: str, subject: Mapping[str, Json] | None = None) -> Markup:
    """What the plugins put in a slot; one that cannot be rendered is skipped and counted."""
    if slot not in SLOTS:
        raise LookupError(f"there is no slot {slot!r}")
    shown = Markup()
    for plugin_id, answer in ask.ask("panels", slot=slot, subject=subject or {}).values:
        for panel in cast("list[Panel]", answer):
            shown += _rendered(plugin_id, panel)
    return shown


def _rendered(plugin_id: str, panel: Panel) -> Markup:
    try:
        if not panel.template.startswith(f"@{plugin_id}/"):
            raise LookupError(f"{panel.template} is not a template of this plugin")
        return Markup(render_template(panel.template, **panel.context))  # noqa: S704 - autoescaped
    except Exception as error:
        faults.note(plugin_id, "panels", error)
        return Markup()
