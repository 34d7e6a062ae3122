"""The plugins as an administrator sees them: how they are, and who may have them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.accounts.models import Organisation
from marketplace.audit.services import record
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.host import faults, status, switch
from marketplace.host.state import host_of
from marketplace.host.status import PluginStatus

ATTENTION = ("failing", "left out", "schema behind", "gone")
"""States that somebody must look at, in this order."""


@dataclass(frozen=True, slots=True)
class Federation:
    """A federation by slug; ``is_on`` what holds there, ``own`` whether it chose that itself."""

    slug: str
    name: str
    is_on: bool
    own: bool


def every() -> list[PluginStatus]:
    """Every plugin; those that need attention come first."""
    found = status.plugins()
    return sorted(found, key=lambda one: (one.state not in ATTENTION, one.title or one.id))


def find(plugin_id: str) -> PluginStatus:
    """A plugin that takes part. Raises NotFound for any other, left out or gone."""
    if plugin_id not in host_of().plugins:
        raise NotFound(plugin_id)
    return next(one for one in status.plugins() if one.id == plugin_id)


def title(plugin_id: str) -> str:
    """The title of a plugin that takes part. Raises NotFound for any other."""
    plugin = host_of().plugins.get(plugin_id)
    if plugin is None:
        raise NotFound(plugin_id)
    return plugin.manifest.title


def switched_on(plugin_id: str, slug: str = "") -> bool:
    """Whether the switch of a plugin that takes part is on, whatever its state."""
    title(plugin_id)
    return switch.is_on(host_of().plugins[plugin_id].manifest, slug)


def dependants(plugin_id: str) -> list[str]:
    """Titles of the plugins that are on and stop when this one does."""
    active = switch.active("")
    return [
        plugin.manifest.title
        for key, plugin in host_of().plugins.items()
        if key in active and plugin_id in plugin.manifest.needs
    ]


def federations(plugin_id: str) -> list[Federation]:
    """Every federation and what holds there; none for a plugin that only the platform switches."""
    manifest = host_of().plugins[plugin_id].manifest
    if manifest.scope != "federation":
        return []
    return [
        Federation(slug, name, switch.is_on(manifest, slug), _chose(plugin_id, slug))
        for slug, name in _federations()
    ]


def federation_name(slug: str) -> str:
    """The name of a federation; '' for the whole platform. Raises NotFound for any other slug."""
    names = dict(_federations()) | {"": ""}
    if slug not in names:
        raise NotFound(slug)
    return names[slug]


def turn(plugin_id: str, on: bool, slug: str) -> None:
    """Switch a plugin for the platform ('') or one federation; commits and holds at once.

    Raises NotFound for an unknown plugin or federation, DomainError when a federation may not.
    """
    federation_name(slug)
    switch.turn(plugin_id, on, slug)


def clear_faults(plugin_id: str) -> None:
    """Forget the failures on record; commits. Raises NotFound for a plugin that takes no part."""
    title(plugin_id)
    faults.clear(plugin_id)
    record("plugin.faults_cleared", f"plugin:{plugin_id}")
    db.session.commit()


def _chose(plugin_id: str, slug: str) -> bool:
    row = switch.choices().get((plugin_id, slug))
    return row is not None and row.is_on is not None


def _federations() -> Sequence[tuple[str, str]]:
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name)
        .where(Organisation.kind == "federation", Organisation.slug.is_not(None))
        .order_by(Organisation.name, Organisation.slug)
    )
    return [(row.slug, row.name) for row in rows]
