"""Ask the plugins. One that fails is skipped, counted and shown, and never harms the work in hand.

pluggy's own call stops at the first exception and leaves the session broken, so the house calls
each implementation itself, behind a savepoint.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import click
from flask import current_app, has_request_context
from pluggy import HookImpl

from marketplace.contract.hooks import STYLES
from marketplace.contract.pages import Event, Refused
from marketplace.db import db, hook_running, write_intent
from marketplace.host import answers, faults, schema, switch
from marketplace.host.state import host_of
from marketplace.i18n import _
from marketplace.jobs.services import enqueue, handler

SLOW_SECONDS = 2.0
ALWAYS = frozenset({"export_person", "erase_person"})
"""A plugin that is off still stores what it stored about people."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What each plugin answered, by plugin id, and the plugins that failed to."""

    values: list[tuple[str, object]]
    silent: tuple[str, ...]


class PluginFailed(RuntimeError):
    """A plugin did not do what it was told; the outbox tries again."""


def ask(hook: str, **arguments: object) -> Answers:
    """Collect the answers of every active plugin, in their order; None is no answer."""
    values, silent = [], []
    for impl in _impls(hook, "ask"):
        try:
            value = _call(impl, hook, arguments)
        except PluginFailed:
            silent.append(impl.plugin_name)
        else:
            values += [(impl.plugin_name, value)] if value is not None else []
    return Answers(values, tuple(silent))


def first(hook: str, **arguments: object) -> object | None:
    """The first answer; a plugin that fails is passed over. None when nobody answers."""
    for impl in _impls(hook, "first"):
        try:
            value = _call(impl, hook, arguments)
        except PluginFailed:
            continue
        if value is not None:
            return value
    return None


def one(plugin_id: str, hook: str, **arguments: object) -> object | None:
    """The answer of one plugin, active or not; None when it has none or failed."""
    impl = host_of().impl(plugin_id, hook)
    try:
        return _call(impl, hook, arguments) if impl else None
    except PluginFailed:
        return None


def veto(hook: str, **arguments: object) -> None:
    """Let every plugin refuse. Raises Refused, also when a plugin fails: no check is skipped."""
    for impl in _impls(hook, "veto"):
        try:
            _call(impl, hook, arguments)
        except PluginFailed:
            title = host_of().plugins[impl.plugin_name].manifest.title
            message = _(
                "De controle “%(title)s” werkt nu niet. Probeer het straks opnieuw of bel uw"
                " agentschap.",
                title=title,
            )
            raise Refused("plugin.failed", message) from None


def tell(event: Event) -> None:
    """Tell every active plugin after the commit: one job each, so that none waits for another."""
    facts = asdict(event)
    for impl in _impls("tell", "tell"):
        _enqueue(impl, "tell", facts)


def erase_person(email: str) -> None:
    """Have every plugin, also one that is off, erase a person after the commit."""
    for impl in _impls("erase_person", "tell"):
        _enqueue(impl, "erase_person", {"email": email})


def _enqueue(impl: HookImpl, hook: str, facts: Mapping[str, object]) -> None:
    payload = {"plugin": impl.plugin_name, "hook": hook, "federation": switch.federation()}
    enqueue("plugin.tell", payload | {"facts": facts})


@handler("plugin.tell")
def carry_out(payload: Mapping[str, object]) -> None:
    """Run one told hook. Raises PluginFailed, so that the outbox tries again."""
    plugin_id, hook, facts = str(payload["plugin"]), str(payload["hook"]), payload["facts"]
    plugin, impl = host_of().plugins.get(plugin_id), host_of().impl(plugin_id, hook)
    if hook not in ALWAYS and plugin and not switch.is_on(plugin.manifest, _slug(payload)):
        return
    if plugin is None or impl is None or not schema.well(plugin):
        raise PluginFailed(f"{plugin_id} takes no part now, so {hook} waits")
    assert isinstance(facts, dict)  # noqa: S101 - written by _enqueue
    _call(impl, hook, {"event": Event(**facts)} if hook == "tell" else facts)


def _slug(payload: Mapping[str, object]) -> str:
    return str(payload.get("federation", ""))


def _impls(hook: str, style: str) -> list[HookImpl]:
    if STYLES[hook] != style:
        raise LookupError(f"{hook} is called by {STYLES[hook]}, not by {style}")
    found = host_of().impls(hook)
    if not found or hook in ALWAYS:
        return found
    active = switch.active()
    return [impl for impl in found if impl.plugin_name in active]


def _call(impl: HookImpl, hook: str, arguments: Mapping[str, object]) -> object | None:
    """One plugin's answer, judged. Raises Refused from a veto, PluginFailed from anything else."""
    started = time.perf_counter()
    try:
        with _undone_on_failure(), hook_running(f"{impl.plugin_name}.{hook}"):
            value: object = impl.function(*(arguments[name] for name in impl.argnames))
            answers.check(hook, value, arguments)
            db.session.flush()  # what the plugin left half-done must fail here, not later
    except Refused:
        if STYLES[hook] == "veto":
            raise
        faults.note(impl.plugin_name, hook, f"Refused raised in a hook called by {STYLES[hook]}")
        raise PluginFailed(f"{impl.plugin_name}.{hook}") from None
    except (Exception, SystemExit) as error:
        faults.note(impl.plugin_name, hook, error)
        raise PluginFailed(f"{impl.plugin_name}.{hook}: {type(error).__name__}") from error
    finally:
        _measure(impl.plugin_name, hook, time.perf_counter() - started)
    return value


def _measure(plugin_id: str, hook: str, seconds: float) -> None:
    if current_app.config.get("PLUGIN_TRACE"):
        click.echo(f"{plugin_id}.{hook} {seconds * 1000:.1f} ms", err=True)
    if seconds > SLOW_SECONDS:
        faults.note(plugin_id, hook, f"took {seconds:.1f} seconds")


@contextmanager
def _undone_on_failure() -> Iterator[None]:
    """A savepoint; but a page that only reads has nothing to lose by a plain rollback."""
    if write_intent() or not has_request_context():
        with db.session.begin_nested():
            yield
        return
    try:
        yield
    except BaseException:
        with hook_running(""):
            db.session.rollback()
        raise
