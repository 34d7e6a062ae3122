"""Requests: the list, the dossier and its advices. All to be read; every reading is noted."""

from __future__ import annotations

from typing import cast

from flask import render_template, request

from marketplace.advice.page import Reader
from marketplace.advice.reasons import texts
from marketplace.advice.snapshot import Document
from marketplace.desk.dossier_page import dossier_page
from marketplace.desk.forms import DossierFilter
from marketplace.desk.rows import request_row
from marketplace.desk.services import dossiers as services
from marketplace.desk.views.blueprint import blueprint
from marketplace.web.pages import page_number, paginate


@blueprint.get("/aanvragen")
def dossiers() -> str:
    """A dense list; its filters are the address."""
    form = DossierFilter(request.args)
    form.validate()
    page = paginate(services.find(form.wanted()), page_number(), per_page=50)
    rows = [request_row(services.row(one)) for one in page.rows]
    return render_template("desk/dossiers.html", form=form, page=page, rows=rows)


@blueprint.get("/aanvragen/<public_id>")
def dossier(public_id: str) -> str:
    """One request: next step on top, what came of it, the answers, the facts."""
    asked, known = services.load(public_id)
    context = dossier_page(asked, known, services.milestones(asked))
    shown = render_template("desk/dossier.html", **context)
    services.note_viewing("request", public_id)
    return shown


@blueprint.get("/aanvragen/<public_id>/advies/<advice_id>")
def advice(public_id: str, advice_id: str) -> str:
    """An advice as the employer got it, to be read only."""
    found = services.load_advice(advice_id, public_id)
    plan = Reader(cast(Document, found.document), texts()).plan()
    shown = render_template("desk/advice.html", advice=found, plan=plan)
    services.note_viewing("advice", advice_id)
    return shown
