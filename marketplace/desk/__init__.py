"""The desk: where consultants find their work and administrators look after the house."""

from __future__ import annotations

from functools import partial

from flask import Flask

from marketplace.contract.pages import NavItem
from marketplace.desk.views import POLICY, blueprint
from marketplace.i18n import lazy_
from marketplace.web import policy

DESK = ("consultant", "administrator")
KEEPER = ("administrator",)
MENU: tuple[tuple[object, str, tuple[str, ...]], ...] = (
    (lazy_("Overzicht"), "desk.home", DESK),
    (lazy_("Aanvragen"), "desk.dossiers", DESK),
    (lazy_("Bestellingen"), "desk.orders", DESK),
    (lazy_("Doorverwijzingen"), "desk.referrals", DESK),
    (lazy_("Regels"), "desk.rules", DESK),
    (lazy_("Uitbreidingen"), "desk.plugins", DESK),
    (lazy_("Taken"), "desk.jobs", KEEPER),
    (lazy_("Logboek"), "desk.audit", KEEPER),
)
"""Label, endpoint and the roles that see it."""


def init_app(app: Flask) -> None:
    """Mount the pages, put them in the menu, and let desk people land on them."""
    app.register_blueprint(blueprint)
    policy.register(app, POLICY)
    menu = app.extensions.setdefault("nav", [])
    menu += [partial(_item, *row) for row in MENU]
    landing = app.extensions.setdefault("landing", {})
    landing |= dict.fromkeys(DESK, "desk.home")


def _item(label: object, endpoint: str, roles: tuple[str, ...]) -> NavItem:
    return NavItem(str(label), endpoint, roles)
