"""The first page of the desk."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.desk import words
from marketplace.desk.rows import agreed_row, request_row
from marketplace.desk.services import home as services
from marketplace.desk.views.blueprint import blueprint


@blueprint.get("")
def door() -> ResponseReturnValue:
    """The short address leads to the first page."""
    return redirect(url_for("desk.home"))


@blueprint.get("/overzicht")
def home() -> str:
    """What waits, and what is new this week."""
    return render_template(
        "desk/home.html",
        counts=services.counts(),
        orders=[agreed_row(one) for one in services.waiting_orders()],
        referrals=[agreed_row(one) for one in services.waiting_referrals()],
        advised=[request_row(one) for one in services.advised_requests()],
        words=words,
    )
