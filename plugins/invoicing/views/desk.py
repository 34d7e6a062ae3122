"""Invoices at the desk: the list, one of them, and everything that may happen to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.lists import page_number, paginate
from marketplace.kit.models import new_public_id, session

from .. import drafting, export, finding, issuing, paper_page, parties, reminding, sending
from ..forms import CreditForm, DraftForm, PaperFilter
from ..models import Paper
from ..states import WORDS

blueprint = Blueprint("desk", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/balie/facturen")
def index() -> str:
    """Every invoice and credit note, the newest first."""
    form = PaperFilter(request.args)
    page = paginate(finding.papers(**form.wanted()), page_number(), per_page=50)
    return render_template("@invoicing/desk_list.html", form=form, page=page, words=WORDS)


@blueprint.get("/balie/facturen.csv")
def as_csv() -> ResponseReturnValue:
    """The list for bookkeeping, as CSV."""
    data = export.as_csv(_wanted())
    return _download(data, "text/csv; charset=utf-8", "facturen.csv")


@blueprint.get("/balie/facturen.xlsx")
def as_xlsx() -> ResponseReturnValue:
    """The list for bookkeeping, as XLSX."""
    return _download(export.as_xlsx(_wanted()), XLSX, "facturen.xlsx")


@blueprint.get("/balie/facturen/<public_id>")
def show(public_id: str) -> str:
    """One paper, with what may be done now."""
    paper = finding.paper_of(public_id)
    draft = DraftForm(obj=paper, data={"treatment": None})
    return _page(paper, draft, CreditForm(key=new_public_id()))


@blueprint.get("/balie/facturen/<public_id>/afdrukken")
def printed(public_id: str) -> str:
    """The paper alone, to print."""
    return paper_page.print_view(finding.paper_of(public_id))


@blueprint.get("/balie/facturen/<public_id>/ubl")
def xml(public_id: str) -> ResponseReturnValue:
    """The Peppol file."""
    return paper_page.xml_file(finding.paper_of(public_id))


@blueprint.get("/balie/facturen/<public_id>/pdf")
def pdf(public_id: str) -> ResponseReturnValue:
    """The paper as PDF."""
    return paper_page.pdf_file(finding.paper_of(public_id))


@blueprint.post("/balie/facturen/<public_id>/aanvullen")
def complete(public_id: str) -> ResponseReturnValue:
    """Fill in what a draft lacks."""
    paper, form = finding.paper_of(public_id), DraftForm()
    if not form.validate():
        return _page(paper, form, CreditForm(formdata=None)), 422
    values = (form.purchase_order.data or "", form.treatment.data)
    return _done(paper, lambda one: drafting.complete(one, *values), _("Het ontwerp is bewaard."))


@blueprint.post("/balie/facturen/<public_id>/uitgeven")
def issue(public_id: str) -> ResponseReturnValue:
    """Make a legal invoice of it."""
    return _done(finding.paper_of(public_id), issuing.issue, _("De factuur is uitgegeven."))


@blueprint.post("/balie/facturen/<public_id>/laten-vallen")
def drop(public_id: str) -> ResponseReturnValue:
    """Invoice nothing for it."""
    return _done(finding.paper_of(public_id), drafting.drop, _("Het ontwerp is vervallen."))


@blueprint.post("/balie/facturen/<public_id>/verstuurd")
def sent(public_id: str) -> ResponseReturnValue:
    """A person sent the file."""
    return _done(
        finding.paper_of(public_id), sending.mark_sent, _("De factuur staat als verstuurd.")
    )


@blueprint.post("/balie/facturen/<public_id>/herinneren")
def remind(public_id: str) -> ResponseReturnValue:
    """Send a reminder."""
    return _done(finding.paper_of(public_id), reminding.remind, _("De herinnering vertrekt."))


@blueprint.post("/balie/facturen/<public_id>/crediteren")
def credit(public_id: str) -> ResponseReturnValue:
    """Take back a part, or everything, by a credit note."""
    paper, form = finding.paper_of(public_id), CreditForm()
    if form.validate():
        try:
            key = f"{paper.id}:{(form.key.data or new_public_id())[:40]}"
            made = issuing.credit(paper, form.amount.data or 0, form.reason.data, key)
            session.commit()
            flash(_("De creditnota is uitgegeven."), "ok")
            return _to(made)
        except DomainError as error:
            session.rollback()
            form.refuse(error.message, error.field)
    return _page(finding.paper_of(public_id), DraftForm(formdata=None), form), 422


def _page(paper: Paper, draft: DraftForm, credit_form: CreditForm) -> str:
    facts = paper_page.context(paper) if paper.issued else {}
    return render_template(
        "@invoicing/desk.html",
        paper=paper,
        facts=facts,
        draft=draft,
        credit_form=credit_form,
        credits=finding.credits_of(paper),
        lacks=_lacks(paper),
        is_reviewed=drafting.is_reviewed(paper),
        is_late=reminding.is_late(paper),
        words=WORDS,
    )


def _lacks(paper: Paper) -> list[str]:
    """What stands in the way of issuing a draft, as people read it."""
    found = []
    for look in (
        lambda: parties.seller_of(paper.slug),
        lambda: parties.buyer_of(paper.organisation),
    ):
        try:
            look()
        except DomainError as error:
            found.append(error.message)
    return found if paper.state == "draft" else []


def _done(paper: Paper, act: Callable[[Paper], None], said: str) -> ResponseReturnValue:
    try:
        act(paper)
        session.commit()
        flash(said, "ok")
    except DomainError as error:
        session.rollback()
        flash(error.message, "danger")
    return _to(finding.paper_of(paper.public_id))


def _to(paper: Paper) -> ResponseReturnValue:
    return redirect(url_for("x_invoicing.desk.show", public_id=paper.public_id))


def _wanted() -> list[Paper]:
    query = finding.papers(**PaperFilter(request.args).wanted())
    return cast(list[Paper], list(session.scalars(query)))


def _download(data: bytes, kind: str, name: str) -> Response:
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=kind, headers=head)
