"""The settings form of a plugin for the platform or one federation, with what it falls back to.

Only what differs from the fallback is kept, so a platform that changes its mind still reaches the
federations that never chose. A plugin's form is a plugin's code: what fails in it is counted as
its fault and never becomes a crash of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import cast

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, Form

from marketplace.contract.values import Json
from marketplace.desk.services.plugins import title
from marketplace.errors import DomainError
from marketplace.host import faults, settings, switch
from marketplace.i18n import _
from marketplace.money import euro
from marketplace.web.forms import Day, Euro

TOKEN = "csrf_token"  # noqa: S105 - the name of a field


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form to show or save: ``own`` is stored here, ``fallback`` holds without it."""

    plugin: str
    slug: str
    form: Form
    own: Mapping[str, Json]
    fallback: Mapping[str, Json]

    def fields(self) -> list[tuple[Field, str, bool]]:
        """Each field, what it falls back to in words, and whether it was chosen here."""
        return [
            (field, in_words(field, self.fallback.get(field.name)), field.name in self.own)
            for field in self.form
            if field.name != TOKEN
        ]


def has_form(plugin_id: str) -> bool:
    """Whether the plugin can be set at all."""
    return settings.form_of(plugin_id) is not None


def sheet(plugin_id: str, slug: str, posted: MultiDict[str, str] | None = None) -> Sheet:
    """The form with what holds now, or with what was posted.

    Raises NotFound for a plugin that takes no part, DomainError when it has no form that works.
    """
    title(plugin_id)
    made = settings.form_of(plugin_id)
    if made is None:
        raise DomainError("plugin.no_settings", _("Deze uitbreiding heeft nu geen instellingen."))
    with _its_own_fault(plugin_id):
        bare = made(formdata=None, meta={"csrf": False})
        own = _own(plugin_id, slug)
        fallback = {field.name: plain(field.data) for field in bare if field.name != TOKEN}
        if slug:
            fallback.update(_own(plugin_id, ""))
        held = {**fallback, **own}
        data = {field.name: revived(field, held.get(field.name)) for field in bare}
        form = made(formdata=posted, data=data)
        return Sheet(plugin_id, slug, form, own, fallback)


def save(asked: Sheet) -> bool:
    """Keep what was posted when it is sound, and commit; False leaves the errors in the form."""
    with _its_own_fault(asked.plugin):
        if not asked.form.validate():
            return False
        values = {f.name: plain(f.data) for f in asked.form if f.name != TOKEN}
    chosen = {key: value for key, value in values.items() if value != asked.fallback.get(key)}
    settings.save(asked.plugin, chosen, asked.slug)
    return True


def forget(plugin_id: str, slug: str) -> None:
    """Go back to what it falls back to; commits. Raises NotFound for an unknown plugin."""
    title(plugin_id)
    settings.save(plugin_id, {}, slug)


def plain(value: object) -> Json:
    """The value as JSON: a date as ISO text. Raises TypeError for what cannot be stored."""
    text = json.dumps(value.isoformat() if isinstance(value, date) else value)
    return cast(Json, json.loads(text))


def revived(field: Field, value: Json) -> object:
    """The stored value as the field wants it."""
    if isinstance(field, Day | DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def in_words(field: Field, value: Json) -> str:
    """A stored value as a person reads it."""
    if value is None or value in ("", []):
        return _("leeg")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(field, Euro) and isinstance(value, int):
        return euro(value)
    labels = {str(choice): str(label) for choice, label in _choices(field)}
    codes = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(code), str(code)) for code in codes)


def _choices(field: Field) -> Iterator[tuple[object, object]]:
    if hasattr(field, "iter_choices"):
        for choice in field.iter_choices():
            yield choice[0], choice[1]


def _own(plugin_id: str, slug: str) -> Mapping[str, Json]:
    row = switch.choices().get((plugin_id, slug))
    return row.settings if row else {}


@contextmanager
def _its_own_fault(plugin_id: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        faults.note(plugin_id, "settings_form", error)
        raise DomainError(
            "plugin.settings_failed",
            _("Het formulier van deze uitbreiding werkt niet. De fout staat op haar pagina."),
        ) from error
