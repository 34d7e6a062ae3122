"""The pages on which consultants keep the rules of aid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit.clock import today
from marketplace.kit.errors import DomainError
from marketplace.kit.forms import Form
from marketplace.kit.i18n import _
from marketplace.kit.models import new_public_id, session

from . import bodies, comparing, effect, keeping, listing, trying, words
from .forms import BodyForm, CaseForm, CheckedForm, PublishForm, WithdrawForm, day_of
from .keys import KEYS
from .models import RuleVersion

blueprint = Blueprint("rules", __name__, url_prefix="/desk/regels")
PAGES = ("every", "keys", "rule", "new", "version", "edit", "trial", "publish", "withdraw")
POLICY = {f"rules.{page}": "consultant" for page in (*PAGES, "look_again")}


@blueprint.get("")
def every() -> str:
    """Every rule, those whose source waits for a look first, and every version."""
    found = listing.overview()
    return render_template(
        "@subsidies/desk_rules.html",
        found=found,
        names=words.names_in(found.versions),
        words=words,
    )


@blueprint.get("/sleutels")
def keys() -> str:
    """What each key of a record means."""
    return render_template("@subsidies/desk_keys.html", keys=KEYS)


@blueprint.get("/regel/<rule_id>")
def rule(rule_id: str) -> str:
    """What counts of one rule today, and its versions."""
    records, versions = listing.of_rule(rule_id)
    return render_template(
        "@subsidies/desk_rule.html",
        rule_id=rule_id,
        records=records,
        versions=versions,
        names=words.names_in(versions),
        words=words,
    )


@blueprint.route("/nieuw", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Draft a rule, from one that is there or from an empty one; the same post makes it once."""
    form = BodyForm()
    if form.is_submitted():
        rows = form.rows() if form.validate() else None
        if rows and _done(form, partial(keeping.begin, str(form.key.data), rows)):
            flash(_("Het ontwerp is bewaard."), "ok")
            return redirect(url_for(".version", public_id=form.key.data))
    else:
        source = request.args.get("van", "")
        rows = keeping.body_of(source) if source else bodies.template()
        form.key.data, form.body.data = new_public_id(), bodies.shown(rows)
    return _body_page(form, None)


@blueprint.get("/versie/<public_id>")
def version(public_id: str) -> str:
    """One version: what differs from the one before, its own cases, and what was done to it."""
    found = keeping.find(public_id)
    return render_template(
        "@subsidies/desk_version.html",
        one=found,
        fault=effect.fault(found),
        differences=comparing.differences(keeping.before(found), found.body),
        trials=trying.own_cases(bodies.shape(found.body)),
        names=words.names_in([found]),
        words=words,
    )


@blueprint.route("/versie/<public_id>/wijzigen", methods=["GET", "POST"])
def edit(public_id: str) -> ResponseReturnValue:
    """Change a draft; whoever is later than a colleague is told, and keeps what was typed."""
    found = keeping.find(public_id)
    form = BodyForm(key=public_id, version=found.seen, body=bodies.shown(found.body))
    if form.is_submitted():
        rows = form.rows() if form.validate() else None
        if rows and _done(form, partial(keeping.save, public_id, rows, form.seen)):
            flash(_("Het ontwerp is bewaard."), "ok")
            return redirect(url_for(".version", public_id=public_id))
    return _body_page(form, found)


@blueprint.route("/versie/<public_id>/testen", methods=["GET", "POST"])
def trial(public_id: str) -> ResponseReturnValue:
    """Try a version: its own cases, one that is typed, and what it does to the examples."""
    found = keeping.find(public_id)
    form, records = CaseForm(), bodies.shape(found.body)
    case = form.found() if form.is_submitted() and form.validate() else None
    page = render_template(
        "@subsidies/desk_trial.html",
        one=found,
        form=form,
        own=trying.own_cases(records),
        typed=trying.on_case(records, case) if case is not None else [],
        fault=effect.fault(found),
        effects=effect.with_version(found),
        words=words,
    )
    return page, 422 if form.errors else 200


@blueprint.route("/versie/<public_id>/publiceren", methods=["GET", "POST"])
def publish(public_id: str) -> ResponseReturnValue:
    """Ask from when and why; a post puts the version in force, or says why it cannot be."""
    found, form = keeping.find(public_id), PublishForm(starts=today())
    if form.validate_on_submit() and _done(
        form, lambda: keeping.publish(public_id, day_of(form.starts), str(form.reason.data))
    ):
        flash(_("De versie is gepubliceerd."), "ok")
        return redirect(url_for(".version", public_id=public_id))
    return _ask_page(form, "desk_publish.html", one=found, fault=effect.fault(found))


@blueprint.route("/regel/<rule_id>/intrekken", methods=["GET", "POST"])
def withdraw(rule_id: str) -> ResponseReturnValue:
    """Ask why; a post takes every published version of the rule out of force."""
    _records, versions = listing.of_rule(rule_id)
    form = WithdrawForm()
    if form.validate_on_submit() and _done(
        form, partial(keeping.withdraw, rule_id, str(form.reason.data))
    ):
        flash(_("De regel van het team is ingetrokken."), "ok")
        return redirect(url_for(".every"))
    is_bundled = rule_id in bodies.bundled_rows()
    return _ask_page(
        form, "desk_withdraw.html", rule_id=rule_id, versions=versions, is_bundled=is_bundled
    )


@blueprint.route("/regel/<rule_id>/nagekeken", methods=["GET", "POST"])
def look_again(rule_id: str) -> ResponseReturnValue:
    """Note that the source was read again: a new version with that day, published at once."""
    records, _versions = listing.of_rule(rule_id)
    form = CheckedForm(checked_on=today())
    if form.validate_on_submit() and _done(
        form, lambda: keeping.look_again(rule_id, day_of(form.checked_on), str(form.note.data))
    ):
        flash(_("De dag van de controle is bewaard."), "ok")
        return redirect(url_for(".rule", rule_id=rule_id))
    return _ask_page(form, "desk_checked.html", rule_id=rule_id, records=records)


def _done(form: Form, change: Callable[[], object]) -> bool:
    """Make the change and commit; False leaves the error in the form, and nothing written."""
    try:
        change()
    except DomainError as error:
        session.rollback()
        form.refuse(error.message, error.field)
        return False
    session.commit()
    return True


def _body_page(form: BodyForm, found: RuleVersion | None) -> ResponseReturnValue:
    stored = None
    if found is not None and form.errors and form.seen != found.seen:
        stored, form.version.data = bodies.shown(found.body), found.seen
    page = render_template(
        "@subsidies/desk_rule_form.html", form=form, one=found, stored=stored, keys=KEYS
    )
    return page, 422 if form.errors else 200


def _ask_page(form: Form, template: str, **facts: object) -> ResponseReturnValue:
    page = render_template(f"@subsidies/{template}", form=form, **facts)
    return page, 422 if form.errors else 200
