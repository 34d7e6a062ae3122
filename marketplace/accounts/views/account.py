"""A person's own page."""

from __future__ import annotations

import json

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.forms import ChangePasswordForm, NameForm
from marketplace.accounts.services import (
    TooMany,
    account,
    current_employer,
    current_organisation,
    privacy,
)
from marketplace.accounts.services.organisation import facts
from marketplace.errors import DomainError
from marketplace.i18n import _

from .blueprint import blueprint
from .landing import answer_too_many
from .signed_in import person_in_hand
from .summary import committee_row, company_rows, figure_rows, place_label


@blueprint.get("/account")
def profile() -> ResponseReturnValue:
    """Own data, and for an employer those of the organisation."""
    employer = current_employer()
    rows: list[object] = []
    places: list[object] = []
    if employer:
        edit = url_for("accounts.organisation")
        answers = facts(employer)
        rows = [*company_rows(answers, edit), *figure_rows(answers, edit)]
        rows.append(committee_row(answers, url_for("accounts.committees")))
        places = [(row, place_label(row.name, row.refnis)) for row in employer.establishments]
    return render_template(
        "accounts/profile.html",
        person=person_in_hand(),
        organisation=current_organisation(),
        rows=rows,
        places=places,
    )


@blueprint.route("/account/naam", methods=["GET", "POST"])
def rename() -> ResponseReturnValue:
    """Change the own name."""
    person = person_in_hand()
    form = NameForm(name=person.name)
    if form.validate_on_submit():
        account.rename(person, form.name.data)
        flash(_("Uw naam is bewaard."), "ok")
        return redirect(url_for("accounts.profile"))
    return render_template("accounts/rename.html", form=form)


@blueprint.route("/account/wachtwoord", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """Change the own password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            account.change_password(person_in_hand(), form.password.data, form.new_password.data)
            flash(_("Uw wachtwoord is gewijzigd. Elders bent u afgemeld."), "ok")
            return redirect(url_for("accounts.profile"))
        except TooMany as error:
            return answer_too_many(error, form, "accounts/change_password.html")
        except DomainError as error:
            form.refuse(error.message, error.field)
    return render_template("accounts/change_password.html", form=form)


@blueprint.get("/account/mijn-gegevens.json")
def my_data() -> ResponseReturnValue:
    """Everything stored about the person, as a file."""
    text = json.dumps(privacy.export_person(person_in_hand()), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="mijn-gegevens.json"'}
    return Response(text + "\n", mimetype="application/json", headers=headers)
