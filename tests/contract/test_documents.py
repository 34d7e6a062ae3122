"""docs/hooks.md and docs/plugins.md say what the code says."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields

import pytest

from marketplace.config import ROOT
from marketplace.contract import hooks
from marketplace.contract.hooks import STYLES
from marketplace.contract.manifest import Manifest, read
from marketplace.contract.pages import SLOTS
from marketplace.web.policy import ROLES

HOOKS = (ROOT / "docs" / "hooks.md").read_text("utf-8")
PLUGINS = (ROOT / "docs" / "plugins.md").read_text("utf-8")
PARTS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", HOOKS, re.M | re.S))


def test_every_hook_has_a_style_a_specification_and_a_part():
    specified = {name for name in dir(hooks) if hasattr(getattr(hooks, name), "marketplace_spec")}
    assert set(STYLES) == specified == set(PARTS)


@pytest.mark.parametrize("hook", STYLES)
def test_each_part_names_the_style_and_the_arguments(hook):
    arguments = ", ".join(inspect.signature(getattr(hooks, hook)).parameters)
    assert PARTS[hook].startswith(f"`{STYLES[hook]}`")
    assert f"`{hook}({arguments})" in PARTS[hook]


@pytest.mark.parametrize("hook", STYLES)
def test_each_part_has_an_example_that_pluggy_accepts(hook):
    (example,) = re.findall(r"```python\n(.*?)```", PARTS[hook], re.S)
    compile(example, hook, "exec")
    (given,) = re.findall(rf"@impl\ndef {hook}\((.*?)\)", example)
    allowed = set(inspect.signature(getattr(hooks, hook)).parameters)
    assert set(filter(None, given.split(", "))) <= allowed


def test_the_slots_are_listed_with_their_subjects():
    assert dict(re.findall(r"^\| `([a-z.]+)` \| (.*) \|$", HOOKS, re.M)).items() >= SLOTS.items()


def test_templates_use_no_other_slots():
    used = set()
    for template in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r'panels\("([^"]+)"', template.read_text("utf-8")))
    assert used <= set(SLOTS)


def test_every_policy_is_named():
    named = set(re.findall(r"`(\w+)`", PARTS["permissions"]))
    assert {"public", "machine", "webhook", *ROLES} <= named


def test_the_example_manifest_holds_every_key_with_its_default():
    text, *_others = re.findall(r"```toml\n(.*?)```", PLUGINS, re.S)
    assert read(text) == Manifest("care2", "Zorg", "0.1", 1, needs=("matching",))
    assert all(f"{field.name} = " in text for field in fields(Manifest))


def test_every_command_exists(app):
    for name in set(re.findall(r"^flask ([a-z]+ [a-z]+)", PLUGINS, re.M)):
        result = app.test_cli_runner().invoke(args=[*name.split(), "--help"])
        assert result.exit_code == 0, name
