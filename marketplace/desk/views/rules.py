"""The page of rules: those of every source, and the ones that consultants write."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.catalogue.criteria import OPERATORS, SUBJECTS
from marketplace.catalogue.faults import FileRefused
from marketplace.catalogue.services import rules as keeping
from marketplace.desk import words
from marketplace.desk.rows import rule_row
from marketplace.desk.rule_form import ChangeForm, RuleForm, filled
from marketplace.desk.services import rules as services
from marketplace.desk.views.blueprint import blueprint
from marketplace.errors import DomainError
from marketplace.i18n import _
from marketplace.web.policy import may_reach


@blueprint.get("/regels")
def rules() -> str:
    """Every rule, with its source and how long ago that was looked at."""
    own = services.of_consultants()
    given, left_out = services.of_plugins()
    return render_template(
        "desk/rules.html",
        own=[rule_row(one) for one in own],
        given=[rule_row(one) for one in given],
        stale=sum(one.is_stale for one in (*own, *given)),
        left_out=left_out,
        may_write=may_reach("desk.new_rule"),
    )


@blueprint.get("/regels/<slug>")
def rule(slug: str) -> str:
    """One rule of a consultant, tried on its own two cases."""
    found = services.one(slug)
    return render_template(
        "desk/rule.html",
        one=found,
        trials=services.trials(found.rule),
        words=words,
        may_write=may_reach("desk.edit_rule"),
    )


@blueprint.route("/regels/nieuw/schrijven", methods=["GET", "POST"])
def new_rule() -> ResponseReturnValue:
    """Write a rule; a post keeps it as a draft."""
    form = RuleForm()
    if form.is_submitted() and form.validate() and _keep(form, form.slug.data, is_new=True):
        return redirect(url_for("desk.rule", slug=form.slug.data))
    return _form_page(form, None)


@blueprint.route("/regels/<slug>/wijzigen", methods=["GET", "POST"])
def edit_rule(slug: str) -> ResponseReturnValue:
    """Change a rule; a post keeps it as a draft beside what is published."""
    form = ChangeForm(data=filled(keeping.find(slug).document))
    if form.is_submitted() and form.validate() and _keep(form, slug):
        return redirect(url_for("desk.rule", slug=slug))
    return _form_page(form, slug)


@blueprint.post("/regels/<slug>/publiceren")
def publish_rule(slug: str) -> ResponseReturnValue:
    """Put it in force; a rule with a fault stays a draft."""
    return _changed(slug, keeping.publish, _("De regel is gepubliceerd en geldt nu."))


@blueprint.route("/regels/<slug>/intrekken", methods=["GET", "POST"])
def withdraw_rule(slug: str) -> ResponseReturnValue:
    """Ask first; a post takes it out of force."""
    if request.method == "POST":
        return _changed(slug, keeping.withdraw, _("De regel is ingetrokken."))
    return render_template("desk/rule_withdraw.html", one=services.one(slug))


def _keep(form: RuleForm, slug: str, is_new: bool = False) -> bool:
    """Keep what was typed; False leaves the errors in the form."""
    document = form.document(slug)
    if document is None:
        return False
    try:
        keeping.save(document, is_new)
    except FileRefused as refused:
        form.blame(refused.faults)
        return False
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    flash(_("Het ontwerp is bewaard."), "ok")
    return True


def _form_page(form: RuleForm, slug: str | None) -> ResponseReturnValue:
    page = render_template(
        "desk/rule_form.html",
        form=form,
        slug=slug,
        subjects=sorted(SUBJECTS),
        operators=list(OPERATORS),
    )
    return page, 422 if form.errors else 200


def _changed(slug: str, change: Callable[[str], None], done: str) -> ResponseReturnValue:
    try:
        change(slug)
        flash(done, "ok")
    except FileRefused:
        flash(_("De regel heeft nog fouten. U leest ze hieronder."), "danger")
    except DomainError as error:
        flash(error.message, "danger")
    return redirect(url_for("desk.rule", slug=slug))
