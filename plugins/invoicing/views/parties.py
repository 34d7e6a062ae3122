"""At the desk: who invoices, and where the invoices of an employer go."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.kit.models import session
from marketplace.kit.organisations import Party, acting_for, organisation

from .. import finding, parties
from ..forms import BuyerForm, SellerForm
from ..models import BuyerRow, SellerRow

blueprint = Blueprint("parties", __name__)


@blueprint.get("/balie/verkopers")
def sellers() -> str:
    """Who invoices, and who should but lacks what an invoice needs."""
    rows = parties.sellers()
    own = acting_for()
    wanted = {*finding.slugs(), *([own.slug] if own and own.slug else [])}
    missing = sorted(wanted - {row.slug for row in rows})
    return render_template("@invoicing/sellers.html", rows=rows, missing=missing)


@blueprint.route("/balie/verkopers/<slug>", methods=["GET", "POST"])
def seller(slug: str) -> ResponseReturnValue:
    """What stands on every invoice of one seller."""
    row, party = parties.seller_row(slug), _known(slug)
    name, number = (party.name, party.enterprise_number) if party else (slug, None)
    form = SellerForm.filled(row, name, number)
    if form.validate_on_submit():
        parties.save(row or SellerRow(slug=slug), form.answers())
        session.commit()
        flash(_("De verkoper is bewaard."), "ok")
        return redirect(url_for("x_invoicing.parties.sellers"))
    page = render_template("@invoicing/seller.html", form=form, name=row.name if row else name)
    return page, 422 if form.errors else 200


@blueprint.route("/balie/kopers/<public_id>", methods=["GET", "POST"])
def buyer(public_id: str) -> ResponseReturnValue:
    """Where the invoices of an employer go, filled in for it."""
    party = organisation(public_id)
    row = parties.buyer_row(party.organisation)
    form = BuyerForm.filled(row)
    if form.validate_on_submit():
        parties.save(row or BuyerRow(organisation=party.organisation), form.answers())
        session.commit()
        flash(_("De factuurgegevens zijn bewaard."), "ok")
        return redirect(url_for("x_invoicing.desk.index"))
    page = render_template("@invoicing/buyer.html", form=form, name=party.name)
    return page, 422 if form.errors else 200


def _known(slug: str) -> Party | None:
    """The organisation of a seller. Raises NotFound for a slug that nobody has."""
    try:
        return organisation(slug)
    except NotFound:
        if slug in finding.slugs() or parties.seller_row(slug):
            return None
        raise
