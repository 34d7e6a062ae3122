"""Pages: make an advice, read it, compare, ask why not, try another budget."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace import money
from marketplace.advice import compare as comparisons
from marketplace.advice import plans, services
from marketplace.advice import why as reckoning
from marketplace.advice.agenda import download, to_ask
from marketplace.advice.forms import WhatIfForm
from marketplace.advice.models import Advice
from marketplace.advice.page import Reader
from marketplace.advice.preview import changes
from marketplace.advice.reasons import LANGUAGES, texts, translations
from marketplace.advice.snapshot import Document
from marketplace.errors import DomainError
from marketplace.i18n import SOURCE
from marketplace.requests import services as requests
from marketplace.web.pages import page_number

blueprint = Blueprint("advice", __name__)
POLICY = {
    "advice.create": "public",
    "advice.latest": "public",
    "advice.show": "public",
    "advice.compare": "public",
    "advice.why": "public",
    "advice.calendar": "public",
    "advice.preview": "public",
    "advice.recompute": "public",
}
"""Public, because a request needs no account: the services check whose request it is."""


@blueprint.post("/aanvraag/<public_id>/advies")
def create(public_id: str) -> ResponseReturnValue:
    """Ask for the advice of a request that is ready."""
    asked = requests.load(public_id)
    try:
        advice = services.advise(asked)
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
    """The advice; ``redenen`` names the language of the reasons."""
    advice = services.load(public_id)
    return _page(advice, _ceilings(advice))


@blueprint.get("/advies/<public_id>/vergelijken/<need>")
def compare(public_id: str, need: str) -> ResponseReturnValue:
    """The offers for one need side by side."""
    advice = services.load(public_id)
    table = comparisons.for_need(_document(advice), need, texts())
    return render_template("advice/compare.html", advice=advice, table=table)


@blueprint.get("/advies/<public_id>/waarom/<need>")
def why(public_id: str, need: str) -> ResponseReturnValue:
    """Every offer for one need and why it was not chosen; ``voorwaarde`` lists who fails one."""
    advice = services.load(public_id)
    reader, choices = _reader(advice)
    code = request.args.get("voorwaarde")
    return render_template(
        "advice/why.html",
        advice=advice,
        need_id=need,
        why=reckoning.for_need(reader, need, code, page_number()),
        choices=choices,
    )


@blueprint.get("/advies/<public_id>/agenda.ics")
def calendar(public_id: str) -> ResponseReturnValue:
    """The deadlines of an advice for an agenda; not found when it has none."""
    advice = services.load(public_id)
    asks = to_ask(Reader(_document(advice), {}).plan().lines)
    url = url_for("advice.show", public_id=public_id, _external=True)
    return download(asks, public_id, advice.created, url)


@blueprint.post("/advies/<public_id>/wat-als")
def preview(public_id: str) -> ResponseReturnValue:
    """What another budget would give, as a part of the page; nothing is stored."""
    advice = services.look(public_id)
    form, found = WhatIfForm(), None
    if form.validate_on_submit():
        try:
            document = services.preview(advice, form.net.data or 0, form.hours.data or 0)
            found = changes(Reader(_document(advice), {}), Reader(document, {}))
        except DomainError as error:
            form.refuse(error.message, error.field)
    typed = {"net": money.plain(form.net.data or 0), "hours": form.hours.data or 0}
    part = render_template(
        "advice/preview.html", advice=advice, form=form, preview=found, typed=typed
    )
    return part, 200 if found else 422


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
    reader, choices = _reader(advice)
    plan = reader.plan()
    return render_template(
        "advice/show.html",
        advice=advice,
        plan=plan,
        asks=to_ask(plan.lines),
        calendar=url_for("advice.calendar", public_id=advice.public_id),
        others=plans.others(reader),
        sides=plans.sides(reader),
        curve=plans.curve(reader),
        proof=plans.proof(reader),
        form=form,
        history=services.history(advice.request),
        choices=choices,
    )


def _reader(advice: Advice) -> tuple[Reader, list[dict[str, object]]]:
    """The advice with its reasons in the language asked for, and the languages to choose from."""
    known = texts()
    there = translations(known)
    asked = request.args.get("redenen", SOURCE)
    shown = asked if asked in there else SOURCE
    choices: list[dict[str, object]] = [
        {"code": code, "name": name, "current": code == shown}
        for code, name in LANGUAGES.items()
        if code == SOURCE or code in there
    ]
    return Reader(_document(advice), known, there.get(shown)), choices


def _ceilings(advice: Advice) -> WhatIfForm:
    """The form with the budget of the advice, or with what a link on the page proposes."""
    budget = cast(dict[str, dict[str, int]], _document(advice)["request"])["budget"]
    form = WhatIfForm(net=budget["net_cents"], hours=budget["hours"])
    form.propose(request.args)
    return form


def _document(advice: Advice) -> Document:
    return cast(Document, advice.document)
