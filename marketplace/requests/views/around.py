"""Around the wizard: begin, go on later, and the list of an employer's requests."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.services import current_employer, current_person
from marketplace.errors import DomainError, NotFound
from marketplace.i18n import _
from marketplace.requests import flow, services
from marketplace.requests.forms.around import LinkForm
from marketplace.requests.models import Request
from marketplace.requests.views.blueprint import blueprint
from marketplace.requests.views.frame import frame, saved
from marketplace.requests.views.rows import row
from marketplace.web.forms import Form
from marketplace.web.pages import page_number, paginate


@blueprint.route("/aanvraag", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Say what is coming; a post begins a request and leads to its first page.

    ``src`` is the public key of a federation whose link was followed, with its ``campaign``.
    """
    form, told = Form(), {name: request.args.get(name, "") for name in ("src", "campaign")}
    if not form.validate_on_submit():
        return render_template("requests/start.html", form=form, told=told)
    asked = services.start(services.source_of(told["src"], told["campaign"]))
    first = flow.following(services.known(asked))
    page = first.key if first else "place"
    return redirect(url_for("requests.page", public_id=asked.public_id, page=page))


@blueprint.route("/aanvraag/<public_id>/later", methods=["GET", "POST"])
def later(public_id: str) -> ResponseReturnValue:
    """The link to go on later, and a form to have it mailed."""
    asked = services.load(public_id)
    form = LinkForm(email=getattr(current_person(), "email", None))
    if form.validate_on_submit() and _mailed(asked, form):
        flash(_("Wij sturen de link naar %(email)s.", email=form.email.data), "ok")
        return redirect(url_for("requests.later", public_id=public_id))
    page = render_template(
        "requests/later.html",
        form=form,
        link=services.resume_link(asked),
        **frame(asked, services.known(asked)),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/verder/<token>")
def resume(token: str) -> ResponseReturnValue:
    """Open a request from its signed link."""
    try:
        asked = services.resume(token)
    except NotFound:
        return render_template("requests/dead_link.html"), 404
    if services.needs_account(asked):
        return redirect(url_for("accounts.sign_in", next=request.path))
    return redirect(url_for("requests.tasks", public_id=asked.public_id))


@blueprint.get("/aanvragen")
def index() -> str:
    """The requests of the signed-in employer."""
    employer = current_employer()
    if employer is None:
        raise NotFound
    page = paginate(services.mine(employer), page_number())
    rows = [row(asked, services.known(asked), saved(asked)) for asked in page.rows]
    return render_template("requests/index.html", page=page, rows=rows)


def _mailed(asked: Request, form: LinkForm) -> bool:
    try:
        services.mail_link(asked, form.email.data)
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    return True
