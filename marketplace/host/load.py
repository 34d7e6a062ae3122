"""Import the plugins and take in those that are sound; whatever one does, the house starts."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pluggy
import structlog
from flask import Flask
from pluggy import HookImpl

from marketplace.contract import hooks
from marketplace.contract.manifest import Manifest
from marketplace.host import mount, tables
from marketplace.host.find import Found, LeftOut, find
from marketplace.host.state import Host, Plugin

log = structlog.get_logger(__name__)

PRIVACY = ("export_person", "erase_person")


class LoadError(RuntimeError):
    """A plugin is not sound; the message says why."""


def load(app: Flask) -> Host:
    """Find, import, judge, register and mount every plugin."""
    found, left_out = find(app.config["PLUGIN_FOLDERS"])
    host = Host(pluggy.PluginManager("marketplace"), left_out=left_out)
    host.manager.add_hookspecs(hooks)
    for one in found:
        _step(host, one, partial(_import, host, one))
    for one in reversed(found):  # pluggy asks the last one registered first
        if one.manifest.id in host.plugins:
            _step(host, one, partial(_register, app, host, one.manifest))
    while missing := _without_needs(host):
        for manifest, need in missing:
            _leave_out(host, manifest, f"needs {need}, which takes no part")
    return host


def _step(host: Host, one: Found, act: Callable[[], None]) -> None:
    """SystemExit is no Exception, and a plugin that calls ``sys.exit`` must not end the house."""
    try:
        act()
    except (Exception, SystemExit) as error:
        tables.forget(one.manifest.id, one.module)
        reason = str(error) if isinstance(error, LoadError) else f"{type(error).__name__}: {error}"
        _leave_out(host, one.manifest, reason)


def _leave_out(host: Host, manifest: Manifest, reason: str) -> None:
    if host.manager.has_plugin(manifest.id):
        host.manager.unregister(name=manifest.id)
    host.plugins.pop(manifest.id, None)
    host.left_out.append(LeftOut(manifest.id, reason[:500], manifest.title))
    log.error("plugin_left_out", plugin=manifest.id, reason=reason[:500])


def _import(host: Host, one: Found) -> None:
    plugin_id = one.manifest.id
    loaded = sys.modules.get(one.module)
    if loaded is not None and one.folder not in Path(str(loaded.__file__)).resolve().parents:
        tables.forget(plugin_id, one.module)
        loaded = None
    module = loaded or _fresh(one)
    tables.check(plugin_id)
    host.plugins[plugin_id] = Plugin(one.manifest, one.folder, module)


def _fresh(one: Found) -> ModuleType:
    """Only the plugin's own folder becomes importable, not everything that lies beside it."""
    if "." not in one.module:
        return importlib.import_module(one.module)
    spec = spec_from_file_location(
        one.module, one.folder / "__init__.py", submodule_search_locations=[str(one.folder)]
    )
    if spec is None or spec.loader is None:
        raise LoadError("the folder holds no __init__.py")
    module = sys.modules[one.module] = module_from_spec(spec)
    spec.loader.exec_module(module)
    parent, _, name = one.module.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], name, module)
    return module


def _register(app: Flask, host: Host, manifest: Manifest) -> None:
    plugin = host.plugins[manifest.id]
    host.manager.register(plugin.module, name=manifest.id)
    own: Mapping[str, HookImpl] = {
        caller.name: impl
        for caller in host.manager.get_hookcallers(plugin.module) or ()
        for impl in caller.get_hookimpls()
        if impl.plugin_name == manifest.id
    }
    if strange := sorted(set(own) - set(hooks.STYLES)):
        raise LoadError(f"there is no hook named {', '.join(strange)}")
    if wrappers := sorted(name for name, impl in own.items() if impl.wrapper or impl.hookwrapper):
        raise LoadError(f"a hook may not wrap the others: {', '.join(wrappers)}")
    if manifest.personal_data and not set(PRIVACY) <= set(own):
        raise LoadError("personal_data needs the hooks export_person and erase_person")
    mount.mount(app, manifest.id, plugin.folder, own)


def _without_needs(host: Host) -> list[tuple[Manifest, str]]:
    return [
        (plugin.manifest, need)
        for plugin in list(host.plugins.values())
        for need in plugin.manifest.needs[:]
        if need not in host.plugins
    ][:1]
