"""The pages of a federation that keeps pots, and the same to look at for consultants."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit import catalogue
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.models import new_public_id, session

from . import figures, keeping, words
from .forms import PotForm, filled
from .models import Pot

blueprint = Blueprint("pots", __name__, url_prefix="/potten")
POLICY = {
    "pots.own": "federation",
    "pots.show": "federation",
    "pots.new": "federation",
    "pots.edit": "federation",
    "pots.close": "federation",
    "pots.every": "consultant",
    "pots.look": "consultant",
}


@blueprint.get("")
def own() -> str:
    """The pots of the federation."""
    rows = words.rows(keeping.own_pots(), "pots.show")
    return render_template("@subsidies/pot_list.html", rows=rows, may_write=True)


@blueprint.get("/alle")
def every() -> str:
    """All pots, for consultants."""
    rows = words.rows(keeping.all_pots(), "pots.look", by_whom=True)
    return render_template("@subsidies/pot_list.html", rows=rows, may_write=False)


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    """One pot of the federation."""
    return _page(keeping.own_pot(public_id), may_write=True)


@blueprint.get("/alle/<public_id>")
def look(public_id: str) -> str:
    """One pot, for consultants."""
    return _page(keeping.any_pot(public_id), may_write=False)


@blueprint.route("/nieuw", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a pot; the same post again gives the same pot."""
    form = PotForm()
    if form.is_submitted():
        if made := _kept(form, lambda: keeping.create(form.terms(), form.key.data)):
            flash(_("De pot is open."), "ok")
            return redirect(url_for(".show", public_id=made.public_id))
    else:
        form.key.data = new_public_id()
    return _form_page(form, None)


@blueprint.route("/<public_id>/wijzigen", methods=["GET", "POST"])
def edit(public_id: str) -> ResponseReturnValue:
    """Change a pot; whoever was later than somebody else is told."""
    pot = keeping.own_pot(public_id)
    form = PotForm(data=filled(pot))
    if form.is_submitted() and _kept(form, lambda: _change(pot, form)):
        flash(_("De pot is gewijzigd."), "ok")
        return redirect(url_for(".show", public_id=public_id))
    return _form_page(form, pot)


@blueprint.route("/<public_id>/sluiten", methods=["GET", "POST"])
def close(public_id: str) -> ResponseReturnValue:
    """Ask first; a post closes the pot for new orders."""
    pot = keeping.own_pot(public_id)
    if request.method == "POST":
        keeping.close(pot)
        session.commit()
        flash(_("De pot is gesloten."), "ok")
        return redirect(url_for(".show", public_id=public_id))
    return render_template("@subsidies/pot_close.html", pot=pot)


def _change(pot: Pot, form: PotForm) -> Pot:
    keeping.change(pot, form.terms(), form.seen)
    return pot


def _kept(form: PotForm, keep: Callable[[], Pot]) -> Pot | None:
    """What was kept; None leaves the errors in the form."""
    if not form.validate():
        return None
    try:
        pot = keep()
    except DomainError as error:
        form.refuse(error.message, error.field)
        return None
    session.commit()
    return pot


def _page(pot: Pot, may_write: bool) -> str:
    return render_template(
        "@subsidies/pot.html",
        pot=pot,
        facts=words.facts(pot, catalogue.titles(pot.offers)),
        months=[words.month(one) for one in figures.months_of(pot)],
        may_write=may_write,
    )


def _form_page(form: PotForm, pot: Pot | None) -> ResponseReturnValue:
    page = render_template("@subsidies/pot_form.html", form=form, pot=pot)
    return page, 422 if form.errors else 200
