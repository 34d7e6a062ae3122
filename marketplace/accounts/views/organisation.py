"""An employer's own organisation and places of work."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.forms import EstablishmentForm, OrganisationForm, SectorForm
from marketplace.accounts.forms.lookup import committee_names, municipality_names
from marketplace.accounts.services import organisation as service
from marketplace.errors import DomainError
from marketplace.i18n import _

from .blueprint import blueprint
from .signed_in import employer_in_hand


@blueprint.route("/account/organisatie", methods=["GET", "POST"])
def organisation() -> ResponseReturnValue:
    """Change number, name, size and figures."""
    employer = employer_in_hand()
    form = OrganisationForm.filled(service.facts(employer))
    if form.validate_on_submit():
        service.update(employer, form.answers())
        return _saved(_("Uw organisatie is bewaard."))
    return render_template("accounts/organisation.html", form=form)


@blueprint.route("/account/paritair-comite", methods=["GET", "POST"])
def committees() -> ResponseReturnValue:
    """Change the joint committees."""
    employer = employer_in_hand()
    form = SectorForm.filled(service.facts(employer))
    if not form.wants_row() and form.validate_on_submit():
        service.update(employer, form.answers())
        return _saved(_("Uw paritair comité is bewaard."))
    return render_template("accounts/committees.html", form=form, suggestions=committee_names())


@blueprint.route("/account/vestigingen/nieuw", methods=["GET", "POST"])
def add_establishment() -> ResponseReturnValue:
    """Add a place of work."""
    employer = employer_in_hand()
    form = EstablishmentForm.filled(None)
    if form.validate_on_submit():
        try:
            service.add_establishment(employer, **form.answers())
            return _saved(_("De vestiging is toegevoegd."))
        except DomainError as error:
            form.refuse(error.message, error.field)
    return _establishment_page(form, None)


@blueprint.route("/account/vestigingen/<public_id>", methods=["GET", "POST"])
def establishment(public_id: str) -> ResponseReturnValue:
    """Change a place of work."""
    place = service.establishment(employer_in_hand(), public_id)
    form = EstablishmentForm.filled(place)
    if form.validate_on_submit():
        service.change_establishment(place, **form.answers())
        return _saved(_("De vestiging is bewaard."))
    return _establishment_page(form, public_id)


@blueprint.post("/account/vestigingen/<public_id>/weg")
def remove_establishment(public_id: str) -> ResponseReturnValue:
    """Remove a place of work."""
    try:
        service.remove_establishment(service.establishment(employer_in_hand(), public_id))
    except DomainError as error:
        flash(error.message, "caution")
        return redirect(url_for("accounts.profile"))
    return _saved(_("De vestiging is weggehaald."))


def _establishment_page(form: EstablishmentForm, public_id: str | None) -> ResponseReturnValue:
    return render_template(
        "accounts/establishment.html",
        form=form,
        suggestions=municipality_names(),
        public_id=public_id,
    )


def _saved(message: str) -> ResponseReturnValue:
    flash(message, "ok")
    return redirect(url_for("accounts.profile"))
