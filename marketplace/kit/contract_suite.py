"""What every plugin must keep to, as checks that a plugin's own tests run on it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from marketplace.contract.hooks import STYLES
from marketplace.db import writing
from marketplace.host import ask, faults, schema, switch, tables
from marketplace.host.mount import room_of
from marketplace.host.state import Plugin, host_of
from marketplace.web import policy

ALLOWED = ("marketplace.contract", "marketplace.kit")


def keeps_the_contract(app: Flask, plugin_id: str) -> None:
    """Run every check on a plugin that is installed in this application."""
    reasons = {one.id: one.reason for one in app.extensions["host"].left_out}
    assert plugin_id not in reasons, f"{plugin_id} is left out: {reasons[plugin_id]}"
    plugin: Plugin = app.extensions["host"].plugins[plugin_id]
    for check in CHECKS:
        with app.app_context():
            check(app, plugin)


def _imports_only_contract_and_kit(_app: Flask, plugin: Plugin) -> None:
    for path in plugin.folder.rglob("*.py"):
        strange = [name for name in _imported(path) if _is_foreign(name, plugin)]
        assert not strange, f"{path.name} imports {', '.join(strange)}: use contract or kit"


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module)


def _is_foreign(name: str, plugin: Plugin) -> bool:
    is_inside = name.startswith("plugins.") and not f"{name}.".startswith(
        f"{plugin.module.__name__}."
    )
    return is_inside or (name.startswith("marketplace") and not name.startswith(ALLOWED))


def _marks_its_hooks(_app: Flask, plugin: Plugin) -> None:
    for name in STYLES:
        found = getattr(plugin.module, name, None)
        unmarked = callable(found) and not hasattr(found, "marketplace_impl")
        assert not unmarked, f"{name} is named like a hook but lacks @impl"


def _migrates_up_down_and_up(_app: Flask, plugin: Plugin) -> None:
    plugin_id = plugin.manifest.id
    if not tables.has_any(plugin_id):
        return
    assert schema.state(plugin).kind == "ok", schema.state(plugin).detail
    with writing():
        schema.downgrade("base", plugin_id)
        assert schema.left_by(plugin_id) == [], "downgrade to base leaves tables behind"
        (outcome,) = schema.upgrade(plugin_id)
    assert outcome.kind == "ok", outcome.detail
    (found,) = [one for one in schema.check() if one.owner == plugin_id]
    assert found.kind == "ok", f"the models differ from the migrations: {found.detail}"


def _templates_compile(app: Flask, plugin: Plugin) -> None:
    root = plugin.folder / "templates"
    for path in root.rglob("*.*"):
        if path.is_file():
            app.jinja_env.get_template(f"@{plugin.manifest.id}/{path.relative_to(root)}")


def _every_page_has_a_policy(app: Flask, plugin: Plugin) -> None:
    for rule in _rules(app, plugin):
        assert policy.policy_of(app, rule.endpoint), f"{rule.endpoint} has no policy"


def _exports_and_erases_a_stranger(_app: Flask, plugin: Plugin) -> None:
    if plugin.manifest.personal_data:
        for hook in ("export_person", "erase_person"):
            with writing():
                assert not ask.one(plugin.manifest.id, hook, email="nobody@example.org")
                _assert_no_fault(plugin, hook)


def _assert_no_fault(plugin: Plugin, hook: str) -> None:
    own = [one for one in faults.known() if one.plugin == plugin.manifest.id]
    assert hook not in {one.hook for one in own}, [one.error for one in own]


def _off_means_gone(app: Flask, plugin: Plugin) -> None:
    client = app.test_client()
    with writing():
        switch.turn(plugin.manifest.id, False)
    for rule in _pages(app, plugin):
        assert client.get(rule.rule).status_code == 404, f"{rule.rule} answers while it is off"
    with writing():
        switch.turn(plugin.manifest.id, True)


def _no_page_crashes(app: Flask, plugin: Plugin) -> None:
    client = app.test_client()
    for rule in _pages(app, plugin):
        assert client.get(rule.rule).status_code < 500, f"{rule.rule} crashes"


def _raising_hooks_break_no_page(app: Flask, plugin: Plugin) -> None:
    impls = [impl for hook in STYLES if (impl := host_of().impl(plugin.manifest.id, hook))]
    kept = [impl.function for impl in impls]
    try:
        for impl in impls:
            impl.function = _raise  # type: ignore[misc]  # pluggy calls it final
        _answers(app.test_client())
    finally:
        for impl, function in zip(impls, kept, strict=True):
            impl.function = function  # type: ignore[misc]


def _raise(*_arguments: object) -> object:
    raise RuntimeError("raised by the contract suite")


def _answers(client: FlaskClient) -> None:
    for page in ("/", "/a-page-that-is-not-there"):
        assert client.get(page).status_code < 500, f"{page} breaks when the plugin does"


def _rules(app: Flask, plugin: Plugin) -> list[Rule]:
    return [one for one in app.url_map.iter_rules() if room_of(one.endpoint) == plugin.manifest.id]


def _pages(app: Flask, plugin: Plugin) -> list[Rule]:
    """Pages without parts to fill in, that only read."""
    return [
        one for one in _rules(app, plugin) if not one.arguments and "GET" in (one.methods or ())
    ]


CHECKS: tuple[Callable[[Flask, Plugin], None], ...] = (
    _imports_only_contract_and_kit,
    _marks_its_hooks,
    _migrates_up_down_and_up,
    _templates_compile,
    _every_page_has_a_policy,
    _exports_and_erases_a_stranger,
    _no_page_crashes,
    _raising_hooks_break_no_page,
    _off_means_gone,
)
