"""Pages that other sites reach: closed by default, each one is registered by name.

A cookie of ours has no meaning inside a page of another site, so these pages never set one.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect

KINDS = ("read", "framed", "posted")
"""``read``: fetched. ``framed``: also shown in a frame, to whom its own content policy says.
``posted``: framed too, and its form has a token of its own in place of the session's."""


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, except where another site is behind the request."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie and vary by it; neither on a registered page, nor for a foreign form.

        Browsers send no Lax cookie with a form that another site posts, so its answer would hold
        a fresh session in place of the person's own: any page could sign people out.
        """
        if request.endpoint not in _table(app) and not _is_foreign_form():
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Nothing is open until somebody registers it."""
    app.extensions["cross_site"] = {}
    app.session_interface = Sessions()


def register(app: Flask, table: Mapping[str, str]) -> None:
    """Open endpoints by kind. Raises ValueError for an unknown kind."""
    for endpoint, kind in table.items():
        if kind not in KINDS:
            raise ValueError(f"{endpoint}: unknown kind {kind!r}")
        if kind == "posted":
            csrf: CSRFProtect = app.extensions["csrf"]
            csrf.exempt(app.view_functions[endpoint])
    _table(app).update(table)


def is_fetched(endpoint: str) -> bool:
    """Whether scripts and pages of other sites only read it."""
    return _table(current_app).get(endpoint) == "read"


def may_be_framed(response: Response) -> bool:
    """Whether this page was registered for frames and its own policy names who may frame it."""
    kind = _table(current_app).get(request.endpoint or "")
    policy = response.headers.get("Content-Security-Policy", "")
    return kind in {"framed", "posted"} and "frame-ancestors " in policy


def _is_foreign_form() -> bool:
    is_cross = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return is_cross and request.method not in {"GET", "HEAD", "OPTIONS"}


def _table(app: Flask) -> dict[str, str]:
    table: dict[str, str] = app.extensions["cross_site"]
    return table
