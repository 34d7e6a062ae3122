"""Pages: confirm, order or refer, see it, take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from marketplace.accounts.services import current_person
from marketplace.advice import page
from marketplace.advice import services as advices
from marketplace.advice.agenda import download, to_ask
from marketplace.advice.models import Advice
from marketplace.advice.reasons import texts
from marketplace.advice.snapshot import Document
from marketplace.clock import local
from marketplace.contract.answers import Line
from marketplace.errors import DomainError, NotFound
from marketplace.i18n import _
from marketplace.money import euro
from marketplace.orders import services
from marketplace.orders.forms import OrderForm, ReferralForm
from marketplace.orders.models import STATUS_WORDS, Agreed, Order

blueprint = Blueprint("orders", __name__)
POLICY = {
    "orders.confirm": "employer",
    "orders.place": "employer",
    "orders.index": "employer",
    "orders.show": "employer",
    "orders.calendar": "employer",
    "orders.cancel": "employer",
    "orders.referral": "employer",
    "orders.withdraw": "employer",
}


@blueprint.get("/advies/<advice_id>/aanvragen/<version_id>")
def confirm(advice_id: str, version_id: str) -> ResponseReturnValue:
    """What will be ordered or handed over, before anything happens."""
    advice = advices.load(advice_id)
    line = services.line_of(advice, version_id)
    form = _form(line)
    form.key.data = services.new_key()
    if isinstance(form, ReferralForm):
        form.note.data = services.hand_over_note(advice, line)
        form.contact.data = _contact()
    return _confirm_page(advice, line, form)


@blueprint.post("/advies/<advice_id>/aanvragen/<version_id>")
def place(advice_id: str, version_id: str) -> ResponseReturnValue:
    """Order, or hand over."""
    advice = advices.load(advice_id)
    line = services.line_of(advice, version_id)
    form = _form(line)
    if not form.validate_on_submit():
        return _confirm_page(advice, line, form), 422
    try:
        return redirect(_agree(advice, version_id, form))
    except DomainError as error:
        form.refuse(error.message, error.field)
        status = 409 if error.code == "in-flight" else 422
        return _confirm_page(advices.load(advice_id), line, form), status


@blueprint.get("/bestellingen")
def index() -> ResponseReturnValue:
    """Everything this employer ordered or asked for."""
    rows = [_row(agreed) for agreed in services.history()]
    return render_template("orders/index.html", rows=rows)


@blueprint.get("/bestelling/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """One order."""
    order = services.load_order(public_id)
    return _agreed_page("orders/show.html", order, url_for("orders.calendar", public_id=public_id))


@blueprint.get("/bestelling/<public_id>/agenda.ics")
def calendar(public_id: str) -> ResponseReturnValue:
    """The deadlines of an order for an agenda; not found when it has none."""
    order = services.load_order(public_id)
    url = url_for("orders.show", public_id=public_id, _external=True)
    return download(to_ask([services.price_of(order)]), public_id, order.created, url)


@blueprint.get("/doorverwijzing/<public_id>")
def referral(public_id: str) -> ResponseReturnValue:
    """One referral."""
    found = services.load_referral(public_id)
    calendar = url_for("advice.calendar", public_id=found.advice.public_id)
    return _agreed_page("orders/referral.html", found, calendar)


@blueprint.post("/bestelling/<public_id>/annuleren")
def cancel(public_id: str) -> ResponseReturnValue:
    """Cancel an order; the places are free again."""
    order = services.load_order(public_id)
    _try(lambda: services.cancel_order(order), _("Uw bestelling is geannuleerd."))
    return redirect(url_for("orders.show", public_id=public_id))


@blueprint.post("/doorverwijzing/<public_id>/intrekken")
def withdraw(public_id: str) -> ResponseReturnValue:
    """Take a request to a partner back."""
    found = services.load_referral(public_id)
    _try(lambda: services.withdraw_referral(found), _("Uw aanvraag is ingetrokken."))
    return redirect(url_for("orders.referral", public_id=public_id))


def _agreed_page(template: str, agreed: Agreed, calendar: str) -> str:
    line = services.price_of(agreed)
    return render_template(
        template, agreed=agreed, line=line, asks=to_ask([line]), calendar=calendar
    )


def _row(agreed: Agreed) -> list[object]:
    endpoint = "orders.show" if isinstance(agreed, Order) else "orders.referral"
    title = {"text": agreed.title, "url": url_for(endpoint, public_id=agreed.public_id)}
    status = {"tag": STATUS_WORDS[agreed.status]}
    day = format_date(local(agreed.created), "d MMMM y")
    return [title, agreed.provider_name, status, euro(agreed.net_cents), day]


def _form(line: Line) -> OrderForm:
    return OrderForm() if line.owner == "agency" else ReferralForm()


def _agree(advice: Advice, version_id: str, form: OrderForm) -> str:
    person = current_person()
    if person is None:
        raise NotFound(version_id)
    if isinstance(form, ReferralForm):
        made = services.refer(
            advice, version_id, form.key.data, person, form.note.data, form.contact.data
        )
        return url_for("orders.referral", public_id=made.public_id)
    order = services.place_order(advice, version_id, form.key.data, person)
    return url_for("orders.show", public_id=order.public_id)


def _confirm_page(advice: Advice, line: Line, form: OrderForm) -> str:
    view = page.Reader(cast(Document, advice.document), texts()).line(line)
    agreed = services.agreed_lines(advice).get(line.version_id)
    return render_template(
        "orders/confirm.html", advice=advice, line=view, form=form, agreed=agreed
    )


def _contact() -> str:
    person = current_person()
    return f"{person.name}, {person.email}" if person else ""


def _try(change: Callable[[], None], done: str) -> None:
    try:
        change()
        flash(done, "ok")
    except DomainError as error:
        flash(error.message, "danger")
