"""The plugins of one application."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pluggy
from flask import Flask, current_app
from pluggy import HookImpl

from marketplace.contract.manifest import Manifest
from marketplace.host.find import LeftOut


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that takes part: its manifest, its folder and its imported package."""

    manifest: Manifest
    folder: Path
    module: ModuleType


@dataclass(slots=True)
class Host:
    """The plugins of one application: those that take part, in order, and those left out."""

    manager: pluggy.PluginManager
    plugins: dict[str, Plugin] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def impls(self, hook: str) -> list[HookImpl]:
        """The implementations of a hook, in the order of the plugins."""
        caller: pluggy.HookCaller = getattr(self.manager.hook, hook)
        return caller.get_hookimpls()[::-1]

    def impl(self, plugin_id: str, hook: str) -> HookImpl | None:
        """What one plugin answers to a hook with, if it does."""
        return next((one for one in self.impls(hook) if one.plugin_name == plugin_id), None)


def host_of(app: Flask | None = None) -> Host:
    """The plugins of this application, or of the one in hand."""
    host: Host = (app or current_app).extensions["host"]
    return host
