"""Dutch is the source text: every message id is the Dutch sentence itself."""

from __future__ import annotations

from flask import Flask, has_request_context, session
from flask_babel import Babel, LazyString, format_date, get_domain

from marketplace.clock import local

SOURCE = "nl"
LOCALES = (SOURCE,)


def _(message: str, **facts: object) -> str:
    """The message in the person's language, with its facts filled in."""
    text = _message(message)
    return text % facts if facts else text


def n_(one: str, many: str, num: int, **facts: object) -> str:
    """As ``_``, by number; the message shows the number as ``%(num)d``."""
    return _plural(one, many, num) % {"num": num, **facts}


def lazy_(message: str, **facts: object) -> LazyString:
    """As ``_``, looked up only when it is shown: for tables and forms."""
    return LazyString(_, message, **facts)


def init_app(app: Flask) -> None:
    """Dutch unless a person chose otherwise; the browser's language is never guessed from."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "nl")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/Brussels")
    Babel(app, locale_selector=_chosen)
    app.jinja_env.install_gettext_callables(_message, _plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["day"] = lambda day: format_date(day, "d MMMM y")
    app.jinja_env.filters["moment"] = lambda at: format_date(local(at), "d MMMM y")


def _message(message: str) -> str:
    """Dutch needs no look-up; a page asks for hundreds of messages, so this path is short."""
    return (
        message if _chosen() == SOURCE else str(get_domain().get_translations().ugettext(message))
    )


def _plural(one: str, many: str, num: int) -> str:
    if _chosen() == SOURCE:
        return one if num == 1 else many
    return str(get_domain().get_translations().ungettext(one, many, num))


def _chosen() -> str:
    choice = session.get("locale", "nl") if has_request_context() else "nl"
    return choice if choice in LOCALES else "nl"
