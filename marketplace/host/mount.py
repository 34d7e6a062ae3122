"""Give a plugin its room in the house: pages under ``/x/<id>``, policies, templates, commands."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader
from pluggy import HookImpl
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from marketplace.db import hook_running, set_write_intent
from marketplace.errors import NotFound
from marketplace.host import answers, faults, switch
from marketplace.web import cross_site, policy

APP_WIDE = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "template_context_processors",
    "url_value_preprocessors",
    "url_default_functions",
    "error_handler_spec",
)
"""Where a blueprint can reach past its own pages. A plugin may not."""
LATELY_SECONDS = 10.0
SHORT: Mapping[str, str] = {"widgets": "/widgets"}
"""Plugin id → an address of its own: other sites paste it, so it may never change."""


View = Callable[..., ResponseReturnValue]


class MountError(RuntimeError):
    """A plugin's pages, permissions or commands cannot be mounted; the message says why."""


def init_app(app: Flask) -> None:
    """Prepare the doors: the loader of ``@id/`` templates and the gate before every page."""
    rooms: dict[str, BaseLoader] = {}
    app.extensions["plugin_templates"] = rooms
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(Path(app.root_path) / "templates"), PrefixLoader(rooms)]
    )
    app.before_request_funcs.setdefault(None, []).insert(0, _gate)


def room_of(endpoint: str) -> str | None:
    """The plugin that an endpoint belongs to; None for the house's own."""
    first = endpoint.partition(".")[0]
    return first.removeprefix("x_") if first.startswith("x_") else None


def mount(app: Flask, plugin_id: str, folder: Path, own: Mapping[str, HookImpl]) -> None:
    """Mount everything, or raise; a half-mounted plugin is left out and its room stays shut."""
    with hook_running(f"{plugin_id} at start"):
        _pages(app, plugin_id, folder, _answer(own, "blueprints", []))
        policy.register(app, _policies(app, plugin_id, _answer(own, "permissions", {})))
        cross_site.register(
            app, _known(app, plugin_id, "cross_site", _answer(own, "cross_site", {}))
        )
        commands = _answer(own, "commands", [])
    for command in commands:
        if command.name in app.cli.commands:
            raise MountError(f"there is already a command {command.name!r}")
    for command in commands:
        app.cli.add_command(command)
    rooms: dict[str, BaseLoader] = app.extensions["plugin_templates"]
    rooms[f"@{plugin_id}"] = FileSystemLoader(folder / "templates")


def _answer(own: Mapping[str, HookImpl], hook: str, empty: object):  # type: ignore[no-untyped-def]
    if hook not in own:
        return empty
    value = own[hook].function()
    answers.check(hook, value, {})
    return empty if value is None else value


def _pages(app: Flask, plugin_id: str, folder: Path, blueprints: list[Blueprint]) -> None:
    static = folder / "static"
    room = Blueprint(
        f"x_{plugin_id}",
        __name__,
        url_prefix=SHORT.get(plugin_id, f"/x/{plugin_id}"),
        static_folder=str(static) if static.is_dir() else None,
        static_url_path="/static",
    )
    for blueprint in blueprints:
        room.register_blueprint(blueprint)
    with _nothing_app_wide(app):
        app.register_blueprint(room)
    for endpoint in _endpoints(app, plugin_id):
        view = cast("View", app.view_functions[endpoint])
        app.view_functions[endpoint] = _watched(plugin_id, view)


@contextmanager
def _nothing_app_wide(app: Flask) -> Iterator[None]:
    """Put back what a blueprint hung on every page, and say so."""
    before = {name: _copy(getattr(app, name).get(None)) for name in APP_WIDE}
    jinja = {name: dict(getattr(app.jinja_env, name)) for name in ("filters", "globals", "tests")}
    try:
        yield
    finally:
        changed = [name for name in APP_WIDE if _copy(getattr(app, name).get(None)) != before[name]]
        for name in changed:
            getattr(app, name)[None] = before[name] or type(getattr(app, name)[None])()
        changed += [name for name in jinja if getattr(app.jinja_env, name) != jinja[name]]
        for name, known in jinja.items():
            getattr(app.jinja_env, name).clear()
            getattr(app.jinja_env, name).update(known)
    if changed:
        raise MountError(f"a blueprint may not act on every page: {', '.join(changed)}")


def _copy(value: object) -> object:
    """Deep enough for Flask's tables: lists of functions, and handlers by code and class."""
    if isinstance(value, defaultdict):
        filled = {key: dict(part) for key, part in value.items() if part}
        return defaultdict(value.default_factory, filled)
    return list(value) if isinstance(value, list) else value


def _endpoints(app: Flask, plugin_id: str) -> list[str]:
    return [name for name in app.view_functions if room_of(name) == plugin_id]


def _watched(plugin_id: str, view: View) -> View:
    """A page that crashes shows the house's error page and is counted; it never ends the server."""

    @wraps(view)
    def watched(*args: object, **kwargs: object) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except (HTTPException, NotFound):
            raise
        except OperationalError as error:  # the house answers "busy" to this one
            faults.note(plugin_id, f"page {request.endpoint}"[:80], error)
            raise
        except (Exception, SystemExit) as error:
            faults.note(plugin_id, f"page {request.endpoint}"[:80], error)
            raise RuntimeError(f"page of plugin {plugin_id} failed") from error

    return watched


def _policies(app: Flask, plugin_id: str, table: Mapping[str, str]) -> Mapping[str, str]:
    static = f"x_{plugin_id}.static"
    open_files = {static: "public"} if static in app.view_functions else {}
    return {**_known(app, plugin_id, "permissions", table), **open_files}


def _known(app: Flask, plugin_id: str, hook: str, table: Mapping[str, str]) -> Mapping[str, str]:
    """The table with whole endpoints; each must be a page of this plugin."""
    found = {f"x_{plugin_id}.{name}": value for name, value in table.items()}
    if unknown := sorted(set(found) - set(_endpoints(app, plugin_id))):
        raise MountError(f"{hook} name pages that do not exist: {', '.join(unknown)}")
    return found


def _gate() -> None:
    """The pages of a plugin that is off, left out or not migrated do not exist."""
    for name in ("plugin_choices", "plugins_active", "nav_items"):
        g.pop(name, None)
    plugin_id = room_of(request.endpoint or "")
    if plugin_id is not None:
        set_write_intent(request.method not in policy.SAFE)
        fetched = cross_site.is_fetched(str(request.endpoint))
        if plugin_id not in (_lately_active() if fetched else switch.active()):
            abort(404)


def _lately_active() -> frozenset[str]:
    """Plugins that were on within the last ten seconds, mostly without a query.

    For answers that browsers and caches keep longer than that anyway.
    """
    kept, now = current_app.extensions.get("plugins_lately"), time.monotonic()
    if kept is None or now - kept[0] > LATELY_SECONDS:
        kept = current_app.extensions["plugins_lately"] = (now, switch.active(""))
    found: frozenset[str] = kept[1]
    return found
