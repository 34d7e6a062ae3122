"""Where a person lands after signing in, and what too many tries look like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.services import TooMany, current_roles
from marketplace.accounts.services.addresses import own_path
from marketplace.web.forms import Form


def landing(next_path: str | None) -> str:
    """The page that was asked for, if it is ours; else the first page for this person's role.

    An area sets the first page of a role by ``app.extensions["landing"][role] = endpoint``.
    """
    asked = own_path(next_path)
    if asked:
        return asked
    pages = cast(Mapping[str, str], current_app.extensions["landing"])
    roles = current_roles()
    endpoints = (endpoint for role, endpoint in pages.items() if role in roles)
    return url_for(next(endpoints, "accounts.profile"))


def answer_too_many(
    error: TooMany, form: Form, template: str, **context: object
) -> ResponseReturnValue:
    """The same form again, with how long to wait."""
    form.refuse(error.message)
    page = render_template(template, form=form, **context)
    return page, 429, {"Retry-After": str(error.seconds)}
