"""Settings of plugins: federation, else deployment, else the default in the plugin's own form."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flask import current_app
from wtforms import Form

from marketplace.audit.services import record
from marketplace.contract.values import Json
from marketplace.db import db
from marketplace.host import ask, switch


def form_of(plugin_id: str) -> type[Form] | None:
    """The plugin's settings form; None when it has none or its hook failed."""
    found = ask.one(plugin_id, "settings_form")
    return found if isinstance(found, type) and issubclass(found, Form) else None


def of(plugin_id: str, slug: str | None = None) -> Mapping[str, Json]:
    """What holds for the federation in hand (or ``slug``), every field of the form included."""
    federation = switch.federation() if slug is None else slug
    rows = switch.choices()
    merged: dict[str, Json] = dict(_defaults(plugin_id))
    for key in ((plugin_id, ""), (plugin_id, federation)):
        if key in rows:
            merged |= rows[key].settings
    return merged


def save(plugin_id: str, values: Mapping[str, Json], slug: str = "") -> None:
    """Keep validated values of the form and commit; the audit log keeps old and new."""
    row = switch.row_of(plugin_id, slug)
    new = {key: value for key, value in values.items() if key != "csrf_token"}
    subject = f"plugin:{plugin_id}" + (f"@{slug}" if slug else "")
    record("plugin.settings", subject, row.settings, new)
    row.settings = dict(new)
    db.session.commit()
    switch.forget()


def secret(plugin_id: str, name: str) -> str | None:
    """A secret, only ever from the environment: ``X_<ID>_<NAME>``."""
    return os.environ.get(f"X_{plugin_id}_{name}".upper())


def _defaults(plugin_id: str) -> Mapping[str, Json]:
    """Building a form is dear, so its defaults are read once per application."""
    kept: dict[str, Mapping[str, Json]] = current_app.extensions.setdefault("plugin_defaults", {})
    if plugin_id not in kept:
        form = form_of(plugin_id)
        if form is None:
            return {}
        fields = form(formdata=None, meta={"csrf": False})
        kept[plugin_id] = {field.name: field.data for field in fields}
    return kept[plugin_id]
