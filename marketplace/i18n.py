"""Dutch is the source text: every message id is the Dutch sentence itself."""

from __future__ import annotations

from flask import Flask, has_request_context, session
from flask_babel import Babel, gettext, lazy_gettext, ngettext

_ = gettext
lazy_ = lazy_gettext
n_ = ngettext
LOCALES = ("nl",)

__all__ = ["LOCALES", "_", "init_app", "lazy_", "n_"]


def init_app(app: Flask) -> None:
    """Dutch unless a person chose otherwise; the browser's language is never guessed from."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "nl")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/Brussels")
    Babel(app, locale_selector=_chosen)


def _chosen() -> str:
    choice = session.get("locale", "nl") if has_request_context() else "nl"
    return choice if choice in LOCALES else "nl"
