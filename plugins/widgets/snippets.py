"""What a federation pastes: three forms of the same, from rich to plain."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for

from marketplace.kit.i18n import _

from .models import EmbedKey
from .script_file import NEWEST


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text to paste, with its name for an address and when to use it."""

    name: str
    title: str
    when: str
    text: str


def every(key: EmbedKey) -> list[Snippet]:
    """The snippets of a key."""
    facts = {
        "key": key.key,
        "script": _address("x_widgets.public.script", major="v1"),
        "pinned": _address("x_widgets.public.pinned_script", major="v1", name=NEWEST.name),
        "integrity": NEWEST.integrity,
        "frame": _address("x_widgets.public.frame", major="v1", key=key.key),
        "offers": _address("catalogue.index", src=key.key),
        "start": _address("requests.start", src=key.key),
    }
    return [
        Snippet(
            name, title, when, render_template(f"@widgets/snippets/{name}.snippet", **facts).strip()
        )
        for name, title, when in (
            ("full", _("Volledig"), _("Aanbod en formulier. Dit past zich aan uw pagina aan.")),
            (
                "pinned",
                _("Volledig, met vaste versie"),
                _("Voor wie zelf beslist wanneer het script verandert."),
            ),
            ("frame", _("Alleen het formulier"), _("Voor sites die geen scripts toelaten.")),
            ("link", _("Gewone links"), _("Werkt overal, ook in een mail of een nieuwsbrief.")),
        )
    ]


def _address(endpoint: str, **values: str) -> str:
    return url_for(endpoint, _external=True, **values)
