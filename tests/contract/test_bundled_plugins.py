"""The bundled plugins use the contract and nothing else: that is its proof."""

from __future__ import annotations

import pytest

from marketplace.config import ROOT
from marketplace.contract.hooks import STYLES
from marketplace.contract.manifest import read

BUNDLED = sorted(path.parent.name for path in (ROOT / "plugins").glob("*/plugin.toml"))


@pytest.mark.parametrize("plugin_id", BUNDLED)
def test_it_keeps_the_contract(contract_of, plugin_id):
    manifest = read((ROOT / "plugins" / plugin_id / "plugin.toml").read_text("utf-8"))
    contract_of(plugin_id, *manifest.needs)


def test_all_are_taken_in(app):
    host = app.extensions["host"]
    assert (sorted(host.plugins), host.left_out) == (BUNDLED, [])


def test_every_endpoint_of_the_application_has_a_policy(app):
    policies = app.extensions["policies"]
    assert [name for name in app.view_functions if name not in policies] == []


WAITING = {"export_person", "erase_person"}
"""Hooks that no bundled plugin uses yet."""


def test_every_hook_has_a_bundled_plugin_that_uses_it(app):
    host = app.extensions["host"]
    assert {hook for hook in STYLES if not host.impls(hook)} <= WAITING
