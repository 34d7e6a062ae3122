"""What came from a federation's site: open it once, read it, and take it on with a click."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from marketplace.accounts.services import current_employer
from marketplace.errors import DomainError
from marketplace.i18n import _
from marketplace.requests import intake, services
from marketplace.requests.forms.around import ClaimForm
from marketplace.requests.models import Draft
from marketplace.requests.views.blueprint import blueprint


@blueprint.get("/start/<token>")
def hand_over(token: str) -> ResponseReturnValue:
    """Take a draft into this browser, and go on at an address without the token."""
    try:
        found = services.open_draft(token)
    except services.Gone:
        return render_template("requests/draft_gone.html"), 410, {"Referrer-Policy": "no-referrer"}
    answer: Response = redirect(url_for("requests.draft", public_id=found.public_id), 303)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/needs/drafts/<public_id>")
def draft(public_id: str) -> str:
    """What was typed and where, before it is anybody's."""
    found = services.load_draft(public_id)
    return _page(found, ClaimForm())


@blueprint.post("/needs/drafts/<public_id>/claim")
def claim_draft(public_id: str) -> ResponseReturnValue:
    """Make a request of it; a visitor without an employer says where the link may go."""
    found = services.load_draft(public_id)
    form = ClaimForm()
    if current_employer() or found.is_test:
        del form.email
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        asked = services.claim_draft(found, form.email.data if form.email else None)
    except DomainError as error:
        form.refuse(error.message, error.field)
        return _page(found, form), 422
    if asked is None:
        flash(_("De test is gelukt. Er is niets verstuurd en niets bewaard."), "ok")
        return redirect(url_for("requests.draft", public_id=public_id))
    return redirect(url_for("requests.tasks", public_id=asked.public_id))


def _page(found: Draft, form: ClaimForm) -> str:
    return render_template(
        "requests/draft.html",
        draft=found,
        form=form,
        lines=intake.lines(found.told),
        federation=services.federation_name(found.federation),
        employer=current_employer(),
    )
