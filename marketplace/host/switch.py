"""Which plugins are on, for the deployment and for the federation in hand; read once a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app, g
from sqlalchemy import delete, select

from marketplace.audit.services import record
from marketplace.contract.manifest import Manifest
from marketplace.contract.values import Json
from marketplace.db import db
from marketplace.errors import DomainError, NotFound
from marketplace.host import faults, schema
from marketplace.host.models import PluginSwitch
from marketplace.host.state import host_of
from marketplace.i18n import _

FederationInHand = Callable[[], str | None]
"""Gives the slug of the federation whose visitor is served, or None. Accounts puts it in
``app.extensions["federation_in_hand"]``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of switches: on, off or untouched, and the settings typed there."""

    is_on: bool | None
    settings: Mapping[str, Json]


def init_app(app: Flask) -> None:
    """Nobody's federation until accounts says otherwise."""
    app.extensions["federation_in_hand"] = lambda: None


def federation() -> str:
    """The federation in hand; '' when there is none."""
    reader: FederationInHand = current_app.extensions["federation_in_hand"]
    return reader() or ""


def choices() -> Mapping[tuple[str, str], Choice]:
    """Every row by plugin and federation, in one query a request."""
    if "plugin_choices" not in g:
        rows = db.session.execute(select(*PluginSwitch.__table__.columns)).all()
        g.plugin_choices = {
            (row.plugin, row.federation): Choice(row.is_on, row.settings or {}) for row in rows
        }
    found: Mapping[tuple[str, str], Choice] = g.plugin_choices
    return found


def is_on(manifest: Manifest, slug: str = "") -> bool:
    """Off for the deployment is off for everybody; a federation may choose where scope allows."""
    whole = _choice(manifest.id, "")
    if whole is False:
        return False
    own = _choice(manifest.id, slug) if slug and manifest.scope == "federation" else None
    return next((choice for choice in (own, whole) if choice is not None), manifest.default)


def _choice(plugin_id: str, slug: str) -> bool | None:
    row = choices().get((plugin_id, slug))
    return row.is_on if row else None


def active(slug: str | None = None) -> frozenset[str]:
    """Plugins that are on, migrated, and whose needed plugins are so too."""
    if slug is not None:
        return _active(slug)
    if "plugins_active" not in g:
        g.plugins_active = _active(federation())
    found: frozenset[str] = g.plugins_active
    return found


def _active(slug: str) -> frozenset[str]:
    plugins = host_of().plugins
    on = {key for key, one in plugins.items() if is_on(one.manifest, slug) and schema.well(one)}
    while idle := {key for key in on if not on.issuperset(plugins[key].manifest.needs)}:
        on -= idle
    return frozenset(on)


def turn(plugin_id: str, on: bool, slug: str = "") -> None:
    """Switch a plugin for the deployment ('') or one federation, and commit.

    Switching on is a fresh start: its recorded faults are cleared. Raises NotFound for a plugin
    that is not installed, DomainError when a federation may not choose.
    """
    plugin = host_of().plugins.get(plugin_id)
    if plugin is None:
        raise NotFound(plugin_id)
    if slug and plugin.manifest.scope != "federation":
        raise DomainError(
            "plugin.deployment_only",
            _("Alleen de beheerder van het platform zet deze uitbreiding aan of uit."),
        )
    row = row_of(plugin_id, slug)
    record(f"plugin.{'on' if on else 'off'}", _subject(plugin_id, slug), {"on": row.is_on})
    row.is_on = on
    if on:
        faults.clear(plugin_id)
    db.session.commit()
    forget()


def purge(plugin_id: str, dropped: Sequence[str]) -> None:
    """Forget switches, settings and faults of a plugin whose tables were dropped, and commit.

    One that is still installed stays off until somebody switches it on.
    """
    record("plugin.purge", _subject(plugin_id, ""), {"tables": list(dropped)})
    db.session.execute(delete(PluginSwitch).where(PluginSwitch.plugin == plugin_id))
    faults.clear(plugin_id)
    if plugin_id in host_of().plugins:
        row_of(plugin_id, "").is_on = False
    db.session.commit()
    forget()


def row_of(plugin_id: str, slug: str) -> PluginSwitch:
    """The row to change, added when there is none yet."""
    row = db.session.get(PluginSwitch, (plugin_id, slug))
    if row is None:
        row = PluginSwitch(plugin=plugin_id, federation=slug, is_on=None, settings={})
        db.session.add(row)
    return row


def forget() -> None:
    """Read again within this request: a choice changed."""
    current_app.extensions["plugins_lately"] = None
    for name in ("plugin_choices", "plugins_active", "nav_items"):
        g.pop(name, None)


def _subject(plugin_id: str, slug: str) -> str:
    return f"plugin:{plugin_id}" + (f"@{slug}" if slug else "")
