"""How every plugin is doing, for the plugin page and ``flask plugin list``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace import clock
from marketplace.contract.pages import Check
from marketplace.host import ask, faults, schema, switch
from marketplace.host.faults import Fault
from marketplace.host.state import Host, Plugin, host_of

FRESH = timedelta(hours=24)
"""A plugin counts as failing until a day has passed without a fault, or it is switched on anew."""


@dataclass(frozen=True, slots=True)
class PluginStatus:
    """One line of the list. ``state``: on | off | left out | failing | gone | schema behind.

    ``reason`` says why it takes no part, or the last error with its hook; ``count`` faults since
    ``since``. ``federations`` holds the switches that federations set for themselves.
    """

    id: str
    title: str
    state: str
    version: str = ""
    scope: str = ""
    reason: str = ""
    count: int = 0
    since: datetime | None = None
    last: datetime | None = None
    hooks: tuple[str, ...] = ()
    federations: Mapping[str, bool] | None = None
    personal_data: bool = False
    checks: tuple[Check, ...] = ()


def plugins() -> list[PluginStatus]:
    """Every plugin there is, was left out, or left tables behind; federation switches included."""
    host, known = host_of(), faults.known()
    lines = [
        _line(host, plugin, [fault for fault in known if fault.plugin == key])
        for key, plugin in host.plugins.items()
    ]
    lines += [PluginStatus(o.id, o.title, "left out", reason=o.reason) for o in host.left_out]
    return lines + [PluginStatus(s.owner, "", "gone", reason=s.detail) for s in schema.gone()]


def _line(host: Host, plugin: Plugin, own: list[Fault]) -> PluginStatus:
    manifest = plugin.manifest
    state, reason = _state(plugin, own)
    newest = max(own, key=lambda fault: fault.last, default=None)
    return PluginStatus(
        manifest.id,
        manifest.title,
        state,
        manifest.version,
        manifest.scope,
        reason or (f"{newest.hook}: {newest.error}" if newest else ""),
        sum(fault.count for fault in own),
        min((fault.since for fault in own), default=None),
        newest.last if newest else None,
        tuple(sorted(caller.name for caller in host.manager.get_hookcallers(plugin.module) or ())),
        {
            slug: choice.is_on
            for (key, slug), choice in switch.choices().items()
            if key == manifest.id and slug and choice.is_on is not None
        },
        manifest.personal_data,
        _checks(manifest.id),
    )


def _state(plugin: Plugin, own: list[Fault]) -> tuple[str, str]:
    found = schema.state(plugin)
    if found.kind != "ok":
        return "schema behind", f"{found.kind}: {found.detail}"
    if not switch.is_on(plugin.manifest):
        return "off", ""
    active = switch.active("")
    if idle := [need for need in plugin.manifest.needs if need not in active]:
        return "off", f"needs {', '.join(idle)}"
    recent = any(clock.now() - fault.last < FRESH for fault in own)
    return ("failing" if recent else "on"), ""


def _checks(plugin_id: str) -> tuple[Check, ...]:
    found = ask.one(plugin_id, "checks") if plugin_id in switch.active("") else None
    return tuple(found) if isinstance(found, list | tuple) else ()
