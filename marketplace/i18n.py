"""Dutch is the source text: every message id is the Dutch sentence itself."""

from __future__ import annotations

from flask import Flask, has_request_context, session
from flask_babel import Babel, LazyString, format_date, gettext, lazy_gettext, ngettext

from marketplace.clock import local

LOCALES = ("nl",)


def _(message: str, **facts: object) -> str:
    """The message in the person's language, with its facts filled in."""
    return str(gettext(message, **facts))


def n_(one: str, many: str, num: int, **facts: object) -> str:
    """As ``_``, by number; the message shows the number as ``%(num)d``."""
    return str(ngettext(one, many, num, **facts))


def lazy_(message: str, **facts: object) -> LazyString:
    """As ``_``, looked up only when it is shown: for tables and forms."""
    return lazy_gettext(message, **facts)


def init_app(app: Flask) -> None:
    """Dutch unless a person chose otherwise; the browser's language is never guessed from."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "nl")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/Brussels")
    Babel(app, locale_selector=_chosen)
    app.jinja_env.filters["day"] = lambda day: format_date(day, "d MMMM y")
    app.jinja_env.filters["moment"] = lambda at: format_date(local(at), "d MMMM y")


def _chosen() -> str:
    choice = session.get("locale", "nl") if has_request_context() else "nl"
    return choice if choice in LOCALES else "nl"
