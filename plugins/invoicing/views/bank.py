"""Bank statements at the desk: take in a file, and decide on money that does not explain itself."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _, lazy_
from marketplace.kit.lists import page_number, paginate
from marketplace.kit.models import session

from ..forms import AssignForm, NoteForm, StatementForm
from ..models import Entry
from ..statements import intake, queue
from ..terms import shown

blueprint = Blueprint("bank", __name__)
WHY = {
    "partial": lazy_("Minder dan er open staat"),
    "over": lazy_("Meer dan er open staat"),
    "unknown": lazy_("Wij kennen de mededeling niet"),
}


@blueprint.route("/balie/uittreksels", methods=["GET", "POST"])
def statements() -> ResponseReturnValue:
    """Take in a file; below it what waits for a person."""
    form = StatementForm()
    if form.validate_on_submit():
        try:
            taken = intake.take(form.file.data.read())
            session.commit()
            flash(_told(taken), "ok")
            return redirect(url_for("x_invoicing.bank.statements"))
        except DomainError as error:
            session.rollback()
            form.refuse(error.message, error.field)
    return _page(form), 422 if form.errors else 200


@blueprint.get("/balie/uittreksels/<public_id>")
def entry(public_id: str) -> str:
    """One line of a statement, with what a person may decide."""
    return _entry_page(queue.entry_of(public_id), AssignForm(), NoteForm())


@blueprint.post("/balie/uittreksels/<public_id>/toewijzen")
def assign(public_id: str) -> ResponseReturnValue:
    """It is for this invoice."""
    form, found = AssignForm(), queue.entry_of(public_id)
    if form.validate():
        return _decided(found, form, lambda: queue.assign(found, form.number.data))
    return _entry_page(found, form, NoteForm(formdata=None)), 422


@blueprint.post("/balie/uittreksels/<public_id>/terugstorten")
def give_back(public_id: str) -> ResponseReturnValue:
    """It must go back."""
    return _noted(public_id, queue.give_back)


@blueprint.post("/balie/uittreksels/<public_id>/negeren")
def ignore(public_id: str) -> ResponseReturnValue:
    """It is not about an invoice."""
    return _noted(public_id, queue.ignore)


@blueprint.post("/balie/uittreksels/<public_id>/teruggestort")
def given_back(public_id: str) -> ResponseReturnValue:
    """It went back."""
    found = queue.entry_of(public_id)
    return _decided(found, NoteForm(formdata=None), lambda: queue.given_back(found))


def _noted(public_id: str, act: Callable[[Entry, str], None]) -> ResponseReturnValue:
    form, found = NoteForm(), queue.entry_of(public_id)
    if form.validate():
        return _decided(found, form, lambda: act(found, form.note.data))
    return _entry_page(found, AssignForm(formdata=None), form), 422


def _decided(
    found: Entry, form: AssignForm | NoteForm, act: Callable[[], None]
) -> ResponseReturnValue:
    public_id = found.public_id
    try:
        act()
        session.commit()
        flash(_("Uw beslissing is bewaard."), "ok")
        return redirect(url_for("x_invoicing.bank.statements"))
    except DomainError as error:
        session.rollback()
        form.refuse(error.message, error.field)
    again = queue.entry_of(public_id)
    if isinstance(form, AssignForm):
        return _entry_page(again, form, NoteForm(formdata=None)), 422
    return _entry_page(again, AssignForm(formdata=None), form), 422


def _entry_page(found: Entry, to: AssignForm, note: NoteForm) -> str:
    said = shown(found.communication) if found.communication else found.message
    return render_template(
        "@invoicing/entry.html", entry=found, said=said, to=to, note=note, why=WHY
    )


def _page(form: StatementForm) -> str:
    page = paginate(queue.waiting(), page_number())
    return render_template("@invoicing/statements.html", form=form, page=page, why=WHY)


def _told(taken: intake.Taken) -> str:
    return _(
        "%(new)s nieuw: %(settled)s geboekt, %(waiting)s wachten op u. %(known)s kenden wij al.",
        new=taken.new,
        settled=taken.settled,
        waiting=taken.waiting,
        known=taken.known,
    )
