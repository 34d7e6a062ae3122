"""Register an employer, a few questions per page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.forms import AccountForm, CompanyForm, EstablishmentsForm, SectorForm
from marketplace.accounts.forms.lookup import committee_names, municipality_names
from marketplace.accounts.models import Registration
from marketplace.accounts.services import TooMany, registration, visitor
from marketplace.errors import DomainError, NotFound

from .blueprint import blueprint
from .landing import answer_too_many, landing
from .summary import registration_rows


@dataclass(frozen=True)
class Page:
    """A page of the registration; ``suggest`` fills the list under its text fields."""

    form: type[CompanyForm] | type[SectorForm] | type[EstablishmentsForm]
    template: str
    suggest: Callable[[], list[str]] = list


PAGES: Mapping[str, Page] = {
    "organisatie": Page(CompanyForm, "accounts/register_company.html"),
    "paritair-comite": Page(SectorForm, "accounts/register_sector.html", committee_names),
    "vestigingen": Page(
        EstablishmentsForm, "accounts/register_establishments.html", municipality_names
    ),
}
DRAFT, NEXT = "registration", "registration_next"


@blueprint.get("/registreren")
def register() -> ResponseReturnValue:
    """Start a registration, or go on with the one that was begun."""
    if visitor():
        return redirect(landing(request.args.get("next")))
    if "next" in request.args:
        session[NEXT] = request.args["next"][:2000]
    return _to(registration.first_gap(_draft()))


@blueprint.route("/registreren/<page>", methods=["GET", "POST"])
def register_page(page: str) -> ResponseReturnValue:
    """One page of questions."""
    if page not in PAGES:
        raise NotFound
    draft = _draft()
    gap = registration.first_gap(draft, until=page)
    if gap:
        return _to(gap)
    form = PAGES[page].form.filled(draft.pages.get(page) if draft else None)
    if not form.wants_row() and form.validate_on_submit():
        draft = draft or registration.begin(session.pop(NEXT, None))
        session[DRAFT] = draft.public_id
        registration.save_page(draft, page, form.answers())
        return _to(registration.first_gap(draft))
    return render_template(
        PAGES[page].template, form=form, suggestions=PAGES[page].suggest(), back=_before(page)
    )


@blueprint.route("/registreren/account", methods=["GET", "POST"])
def register_account() -> ResponseReturnValue:
    """Name, address and password; the answer never says whether the address was known."""
    draft = _draft()
    gap = registration.first_gap(draft)
    if draft is None or gap:
        return _to(gap)
    form = AccountForm()
    rows = registration_rows(draft.pages)
    if form.validate_on_submit():
        try:
            registration.finish(draft, form.name.data, form.email.data, form.new_password.data)
            session.pop(DRAFT, None)
            return redirect(url_for("accounts.mailbox"))
        except TooMany as error:
            return answer_too_many(error, form, "accounts/register_account.html", rows=rows)
        except DomainError as error:
            form.refuse(error.message, error.field)
    return render_template("accounts/register_account.html", form=form, rows=rows)


@blueprint.get("/kijk-in-uw-mailbox")
def mailbox() -> ResponseReturnValue:
    """The one answer to a registration and to a forgotten password."""
    return render_template("accounts/mailbox.html")


def _draft() -> Registration | None:
    return registration.started(session.get(DRAFT))


def _to(page: str | None) -> ResponseReturnValue:
    if page is None:
        return redirect(url_for("accounts.register_account"))
    return redirect(url_for("accounts.register_page", page=page))


def _before(page: str) -> str | None:
    pages = list(PAGES)
    place = pages.index(page)
    return url_for("accounts.register_page", page=pages[place - 1]) if place else None
