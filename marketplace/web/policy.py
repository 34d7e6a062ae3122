"""Who may reach which endpoint: one table per area, one gate, closed by default."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.db import set_write_intent
from marketplace.i18n import _

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

ROLES: Mapping[str, frozenset[str]] = {
    "signed_in": frozenset({"employer", "consultant", "partner", "federation", "administrator"}),
    "employer": frozenset({"employer"}),
    "consultant": frozenset({"consultant"}),
    "partner": frozenset({"partner"}),
    "federation": frozenset({"federation"}),
    "administrator": frozenset({"administrator"}),
    "desk": frozenset({"consultant", "administrator"}),
}
"""Policy name → the roles that pass. ``public`` passes everybody, ``machine`` asks for a token,
``webhook`` passes everybody without a CSRF token: its view must check a signature itself.
"""

Identify = Callable[[], frozenset[str]]


def init_app(app: Flask) -> None:
    """Start with the static files only; areas and plugins add their tables."""
    app.extensions["policies"] = {"static": "public"}
    app.extensions["identify"] = _nobody
    app.before_request(_gate)


def register(app: Flask, table: Mapping[str, str]) -> None:
    """Add an area's table of endpoint → policy. Raises ValueError for an unknown policy."""
    for endpoint, policy in table.items():
        if policy not in {"public", "machine", "webhook", *ROLES}:
            raise ValueError(f"{endpoint}: unknown policy {policy!r}")
        if policy == "webhook":
            app.extensions["csrf"].exempt(app.view_functions[endpoint])
    app.extensions["policies"].update(table)


def policy_of(app: Flask, endpoint: str) -> str | None:
    """The policy of an endpoint; None means nobody may."""
    policies: Mapping[str, str] = app.extensions["policies"]
    return policies.get(endpoint)


def may_reach(endpoint: str) -> bool:
    """Whether the person in hand may reach an endpoint; menus show nothing else."""
    policy = policy_of(current_app, endpoint)
    return policy == "public" or bool(ROLES.get(policy or "", frozenset()) & _roles())


def _roles() -> frozenset[str]:
    identify: Identify = current_app.extensions["identify"]
    return identify()


def _nobody() -> frozenset[str]:
    return frozenset()


def _gate() -> ResponseReturnValue | None:
    set_write_intent(request.method not in SAFE)
    if "\x00" in request.path or b"%00" in request.query_string:
        abort(404)  # no address of ours holds it, and PostgreSQL cannot look it up
    if request.endpoint is None:
        return None
    policy = policy_of(current_app, request.endpoint)
    if policy in {"public", "webhook"}:
        return None
    if policy == "machine":
        return None if _is_machine() else abort(404)
    if policy is None:
        abort(403)
    roles = _roles()
    if not roles:
        flash(_("Meld u aan om verder te gaan."))
        back = request.full_path.rstrip("?") if request.method in SAFE else None
        return redirect(url_for("accounts.sign_in", next=back))
    return None if roles & ROLES[policy] else abort(403)


def _is_machine() -> bool:
    """With a token set, only its bearer. Without one only this machine, and in production nobody:
    behind a proxy on the same machine every visitor looks local.
    """
    token = str(current_app.config["METRICS_TOKEN"])
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    is_production = current_app.config["ENVIRONMENT"] == "production"
    return not is_production and request.remote_addr in {"127.0.0.1", "::1"}
