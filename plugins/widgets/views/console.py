"""The console of a federation: its sites, and everything that one of them needs."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit import federations
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _

from .. import sectors, services
from ..forms import SiteForm

POLICY = {"console.index": "federation"}

blueprint = Blueprint("console", __name__, url_prefix="/beheer")


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The sites of the federation, and a form for another one."""
    federation = federations.in_hand()
    form = SiteForm.with_sectors(sectors.every())
    if form.validate_on_submit():
        try:
            services.add_site(federation.slug, form.name.data, form.sector.data or "")
        except DomainError as error:
            form.refuse(error.message, error.field)
        else:
            flash(_("De site is toegevoegd."), "ok")
            return redirect(url_for("x_widgets.console.index"))
    sites = services.sites(federation.slug)
    page = render_template("@widgets/index.html", form=form, sites=sites, federation=federation)
    return page, 422 if form.errors else 200
