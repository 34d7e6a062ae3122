"""The wizard: one page after the other, then the answers to check."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.errors import DomainError, NotFound
from marketplace.i18n import _
from marketplace.requests import flow, services
from marketplace.requests.flow import Step
from marketplace.requests.forms import FORMS, form_for
from marketplace.requests.forms.base import PageForm
from marketplace.requests.known import Known
from marketplace.requests.models import Request
from marketplace.requests.summary import summary
from marketplace.requests.tasks import finished, tasks
from marketplace.requests.views.blueprint import blueprint
from marketplace.requests.views.frame import frame
from marketplace.requests.views.rows import latest_advice_url
from marketplace.requests.vocabulary import TOPICS


@blueprint.route("/aanvraag/<public_id>/<page>", methods=["GET", "POST"], endpoint="page")
def one_page(public_id: str, page: str) -> ResponseReturnValue:
    """One question. A post is saved at once and leads to the next page without an answer."""
    asked = services.load(public_id)
    known = services.known(asked)
    step = flow.step(known, page)
    if step is None:
        return _gone(asked, page)
    form = form_for(step, known)
    if form.validate_on_submit() and _saved(asked, step, form):
        return redirect(_next(asked, page))
    return _show(asked, known, step, form), 422 if form.errors else 200


@blueprint.get("/aanvraag/<public_id>", endpoint="tasks")
def task_list(public_id: str) -> str:
    """What is done and what is left."""
    asked = services.load(public_id)
    known = services.known(asked)
    return render_template(
        "requests/tasks.html",
        tasks=tasks(known),
        finished=finished(known),
        following=flow.following(known),
        **frame(asked, known),
    )


@blueprint.get("/aanvraag/<public_id>/nakijken")
def check(public_id: str) -> str:
    """Every answer with a link to change it, and the button that asks for the advice."""
    asked = services.load(public_id)
    known = services.known(asked)
    return render_template(
        "requests/check.html",
        parts=summary(known),
        latest_advice_url=latest_advice_url(asked),
        following=flow.following(known),
        **frame(asked, known),
    )


def _saved(asked: Request, step: Step, form: PageForm) -> bool:
    try:
        services.save_page(asked, step.key, form.answers())
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    return True


def _next(asked: Request, page: str) -> str:
    following = flow.following(services.known(asked), page)
    if following is None:
        return url_for("requests.check", public_id=asked.public_id)
    return url_for("requests.page", public_id=asked.public_id, page=following.key)


def _gone(asked: Request, page: str) -> ResponseReturnValue:
    """A page that exists, but that this request does not have (any more)."""
    name, _dot, topic = page.partition(".")
    known_page = name == "extra" or (name in FORMS and (not topic or topic in TOPICS))
    if not known_page:
        raise NotFound(page)
    flash(_("Die vraag hoort niet meer bij uw aanvraag. Ga hier verder."), "info")
    return redirect(url_for("requests.tasks", public_id=asked.public_id))


def _show(asked: Request, known: Known, step: Step, form: PageForm) -> str:
    before = flow.preceding(known, step.key)
    return render_template(
        "requests/page.html",
        form=form,
        step=step,
        question=step.question(known),
        before=before,
        **frame(asked, known),
    )
