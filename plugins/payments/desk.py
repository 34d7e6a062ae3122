"""Payments at the desk: the books of a dossier, money by hand, refunds, what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.contract.pages import NavItem, Panel
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.models import new_public_id, session
from marketplace.kit.orders import Ordered, facts_of

from . import accounts, words
from .forms import AmountForm

blueprint = Blueprint("desk", __name__)
POLICY = {
    "desk.attention": "desk",
    "desk.settled": "desk",
    "desk.show": "desk",
    "desk.receive": "desk",
    "desk.refund": "desk",
    "desk.refunded": "desk",
}


@blueprint.get("/balie/nakijken")
def attention() -> str:
    """What waits for a person, the oldest first."""
    rows = accounts.waiting()
    return render_template("@payments/attention.html", rows=rows, flags=words.FLAGS)


@blueprint.post("/balie/nakijken/<public_id>")
def settled(public_id: str) -> ResponseReturnValue:
    """A person dealt with it."""
    accounts.settle_flag(public_id)
    session.commit()
    flash(_("Dit is afgehandeld."), "ok")
    return redirect(url_for("x_payments.desk.attention"))


@blueprint.get("/balie/bestelling/<order>")
def show(order: str) -> str:
    """A payment with everything that came in and went out, and its books."""
    return _page(facts_of(order), _empty("in"), _empty("out"))


@blueprint.post("/balie/bestelling/<order>/ontvangen")
def receive(order: str) -> ResponseReturnValue:
    """Money that somebody saw on the account."""
    form = AmountForm(prefix="in")
    return _booked(order, form, accounts.receive, _("Het geld is geboekt."), is_refund=False)


@blueprint.post("/balie/bestelling/<order>/terugbetalen")
def refund(order: str) -> ResponseReturnValue:
    """Give money back: at Stripe by the worker, else by hand."""
    form = AmountForm(prefix="out")
    return _booked(order, form, accounts.refund, _("De terugbetaling is gevraagd."), is_refund=True)


@blueprint.post("/balie/terugbetaling/<key>")
def refunded(key: str) -> ResponseReturnValue:
    """A refund by hand was transferred."""
    try:
        order = accounts.refunded(key)
        session.commit()
        flash(_("De terugbetaling is geboekt."), "ok")
    except DomainError as error:
        session.rollback()
        order = accounts.order_of_refund(key)
        flash(error.message, "danger")
    return redirect(url_for("x_payments.desk.show", order=order))


def links(role: str | None) -> Sequence[NavItem]:
    """For the desk."""
    shown = role in {"consultant", "administrator"}
    return (NavItem(_("Betalingen"), "desk.attention"),) if shown else ()


def dossier_panel(request: str) -> Sequence[Panel]:
    """What the orders of a dossier cost and what was paid."""
    rows = accounts.dossier(request)
    return (Panel("@payments/dossier_panel.html", {"rows": rows}),) if rows else ()


def _booked(
    order: str,
    form: AmountForm,
    act: Callable[[Ordered, int, str], None],
    done: str,
    is_refund: bool,
) -> ResponseReturnValue:
    ordered = facts_of(order)
    if form.validate_on_submit():
        try:
            act(ordered, form.amount.data or 0, form.key.data)
            session.commit()
            flash(done, "ok")
            return redirect(url_for("x_payments.desk.show", order=order))
        except DomainError as error:
            session.rollback()
            form.refuse(error.message, error.field)
    forms = (_empty("in"), form) if is_refund else (form, _empty("out"))
    return _page(facts_of(order), *forms), 422


def _empty(prefix: str) -> AmountForm:
    return AmountForm(formdata=None, prefix=prefix, key=new_public_id())


def _page(ordered: Ordered, came: AmountForm, back: AmountForm) -> str:
    return render_template(
        "@payments/desk_payment.html",
        ordered=ordered,
        view=accounts.view_of(ordered),
        came=came,
        back=back,
        words=words,
    )
