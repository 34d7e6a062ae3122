"""Pages: make an advice, read it, compare, try another budget."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.advice import compare as comparisons
from marketplace.advice import services
from marketplace.advice.forms import WhatIfForm
from marketplace.advice.models import Advice
from marketplace.advice.page import Reader
from marketplace.advice.reasons import texts
from marketplace.advice.snapshot import Document
from marketplace.errors import DomainError
from marketplace.requests import services as requests

blueprint = Blueprint("advice", __name__)
POLICY = {
    "advice.create": "public",
    "advice.latest": "public",
    "advice.show": "public",
    "advice.compare": "public",
    "advice.recompute": "public",
}
"""Public, because a request needs no account: the services check whose request it is."""


@blueprint.post("/aanvraag/<public_id>/advies")
def create(public_id: str) -> ResponseReturnValue:
    """Ask for the advice of a request that is ready."""
    request = requests.load(public_id)
    try:
        advice = services.advise(request)
    except DomainError as error:
        flash(error.message, "danger")
        return redirect(url_for("requests.check", public_id=public_id))
    return redirect(url_for("advice.show", public_id=advice.public_id))


@blueprint.get("/aanvraag/<public_id>/advies")
def latest(public_id: str) -> ResponseReturnValue:
    """The newest advice of a request; without one, its answers to check."""
    given = services.history(requests.load(public_id))
    if not given:
        return redirect(url_for("requests.check", public_id=public_id))
    return redirect(url_for("advice.show", public_id=given[0].public_id))


@blueprint.get("/advies/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """The advice."""
    advice = services.load(public_id)
    return _page(advice, _ceilings(advice))


@blueprint.get("/advies/<public_id>/vergelijken/<need>")
def compare(public_id: str, need: str) -> ResponseReturnValue:
    """The offers for one need side by side."""
    advice = services.load(public_id)
    table = comparisons.for_need(_document(advice), need, texts())
    return render_template("advice/compare.html", advice=advice, table=table)


@blueprint.post("/advies/<public_id>/opnieuw")
def recompute(public_id: str) -> ResponseReturnValue:
    """A new advice for the same needs with another budget; the old one stays."""
    advice = services.load(public_id)
    form = WhatIfForm()
    if not form.validate_on_submit():
        return _page(advice, form), 422
    try:
        again = services.advise_with(advice, form.net.data or 0, form.hours.data or 0)
    except DomainError as error:
        form.refuse(error.message, error.field)
        return _page(services.load(public_id), form), 422
    return redirect(url_for("advice.show", public_id=again.public_id))


def _page(advice: Advice, form: WhatIfForm) -> str:
    return render_template(
        "advice/show.html",
        advice=advice,
        plan=Reader(_document(advice), texts()).plan(),
        form=form,
        history=services.history(advice.request),
    )


def _ceilings(advice: Advice) -> WhatIfForm:
    budget = cast(dict[str, dict[str, int]], _document(advice)["request"])["budget"]
    return WhatIfForm(net=budget["net_cents"], hours=budget["hours"])


def _document(advice: Advice) -> Document:
    return cast(Document, advice.document)
