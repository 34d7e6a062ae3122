"""The front door: the promise, the button, examples, and which agency helps."""

from __future__ import annotations

from flask import render_template, request

from marketplace import reference
from marketplace.requests.examples import EXAMPLES
from marketplace.requests.forms.around import AgencyForm
from marketplace.requests.views.blueprint import blueprint
from marketplace.requests.vocabulary import AGENCIES


@blueprint.get("/")
def landing() -> str:
    """What this service does, for whoever comes in."""
    form = AgencyForm(request.args)
    found = None
    if "gemeente" in request.args and form.validate():
        found = reference.municipality(form.gemeente.data)
    agency = AGENCIES[found.agency] if found else None
    return render_template(
        "requests/landing.html", form=form, found=found, agency=agency, examples=EXAMPLES
    )
