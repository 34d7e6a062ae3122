"""Example pages that show every macro with made-up facts; the accessibility test visits them."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import FileField

from marketplace.web import policy
from marketplace.web.forms import (
    Choice,
    Choices,
    Day,
    Email,
    Euro,
    Form,
    LongText,
    Password,
    Text,
    Tick,
    Whole,
    YesNo,
)
from marketplace.web.showcase_facts import ADVICE, COLUMNS, MODES, PARTS, ROWS, SHIFTS

blueprint = Blueprint("showcase", __name__, url_prefix="/voorbeelden")
POLICY = {
    "showcase.parts": "public",
    "showcase.advice": "public",
    "showcase.wizard": "public",
}


class SampleForm(Form):
    """One field of every kind."""

    name = Text("Naam van de vestiging", hint="Zoals in de Kruispuntbank van Ondernemingen.")
    mail = Email("E-mailadres")
    secret = Password("Wachtwoord", hint="Minstens 12 tekens. Plakken mag.")
    people = Whole("Aantal medewerkers", most=5000)
    budget = Euro("Budget", hint="U mag 0 invullen.")
    start = Day("Gewenste start", required=False)
    mode = Choice("Waar mag het doorgaan?", MODES)
    shifts = Choices("In welke diensten werkt de groep?", SHIFTS)
    recoverable = YesNo("Kunt u de btw terugvragen?", unknown=True)
    agree = Tick("Ik mag voor deze organisatie aanvragen.")
    remarks = LongText("Opmerkingen", hint="Schrijf geen namen van medewerkers.")
    sheet = FileField("Bestand met aanbod")


class CountForm(Form):
    """Counts per level band and skill, as the wizard asks them."""


for _row, _label in ROWS:
    for _column, _skill in COLUMNS:
        setattr(CountForm, f"{_row}_{_column}", Whole(f"{_label}, {_skill}", 0, 999, False))
CountForm.unknown = Tick("Ik ken de niveaus niet. Het agentschap helpt ons die te bepalen.")


def init_app(app: Flask) -> None:
    """Mount the examples where people build and test, never in production."""
    if app.config["ENVIRONMENT"] == "production":
        return
    app.register_blueprint(blueprint)
    policy.register(app, POLICY)


@blueprint.route("", methods=["GET", "POST"])
def parts() -> ResponseReturnValue:
    """Every small macro; posting the form shows its errors."""
    form = SampleForm()
    if form.is_submitted():
        form.validate()
    else:
        flash("Uw antwoorden zijn bewaard.", "ok")
    return render_template("web/showcase.html", form=form, **PARTS)


@blueprint.get("/advies")
def advice() -> ResponseReturnValue:
    """The advice page as look.md draws it."""
    return render_template("web/showcase_advice.html", form=SampleForm(), **ADVICE)


@blueprint.route("/wizard", methods=["GET", "POST"])
def wizard() -> ResponseReturnValue:
    """A question page of the wizard; ``?one`` shows a page with a single field."""
    form = CountForm()
    if form.is_submitted():
        form.validate()
    single = SampleForm() if "one" in request.args else None
    return render_template(
        "web/showcase_wizard.html", form=form, single=single, rows=ROWS, columns=COLUMNS
    )
