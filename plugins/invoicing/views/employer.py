"""What an employer sees: its own invoices, and where they go."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit.i18n import _
from marketplace.kit.lists import page_number, paginate
from marketplace.kit.models import session
from marketplace.kit.organisations import own_employer

from .. import finding, paper_page, parties
from ..forms import BuyerForm
from ..models import BuyerRow, Paper
from ..states import WORDS

blueprint = Blueprint("employer", __name__)


@blueprint.get("/facturen")
def index() -> str:
    """Everything that was invoiced, the newest first."""
    employer = own_employer()
    page = paginate(finding.own_papers(employer.organisation), page_number())
    has_address = parties.buyer_row(employer.organisation) is not None
    return render_template(
        "@invoicing/own_list.html", page=page, words=WORDS, has_address=has_address
    )


@blueprint.get("/facturen/<public_id>")
def show(public_id: str) -> str:
    """One invoice or credit note."""
    return render_template(
        "@invoicing/own.html", words=WORDS, **paper_page.context(_own(public_id))
    )


@blueprint.get("/facturen/<public_id>/afdrukken")
def printed(public_id: str) -> str:
    """The paper alone, to print."""
    return paper_page.print_view(_own(public_id))


@blueprint.get("/facturen/<public_id>/ubl")
def xml(public_id: str) -> ResponseReturnValue:
    """The Peppol file."""
    return paper_page.xml_file(_own(public_id))


@blueprint.get("/facturen/<public_id>/pdf")
def pdf(public_id: str) -> ResponseReturnValue:
    """The paper as PDF."""
    return paper_page.pdf_file(_own(public_id))


@blueprint.route("/factuurgegevens", methods=["GET", "POST"])
def details() -> ResponseReturnValue:
    """Where the invoices of this employer go."""
    organisation = own_employer().organisation
    row = parties.buyer_row(organisation)
    form = BuyerForm.filled(row)
    if form.validate_on_submit():
        parties.save(row or BuyerRow(organisation=organisation), form.answers())
        session.commit()
        flash(_("Uw factuurgegevens zijn bewaard."), "ok")
        return redirect(url_for("x_invoicing.employer.index"))
    page = render_template("@invoicing/buyer.html", form=form, name=None)
    return page, 422 if form.errors else 200


def _own(public_id: str) -> Paper:
    return finding.own_paper(public_id, own_employer().organisation)
