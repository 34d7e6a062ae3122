"""The employer's page of a payment, the panel on the order, and the door for Stripe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.contract.pages import Panel
from marketplace.contract.values import Json
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.models import session
from marketplace.kit.orders import Ordered, facts_of, own_facts

from . import methods, transfer, webhook
from .models import Payment
from .opening import find
from .states import OPEN
from .words import STATES

blueprint = Blueprint("payments", __name__)
POLICY = {"payments.show": "employer", "payments.choose": "employer", "payments.door": "webhook"}


@blueprint.get("/bestelling/<order>")
def show(order: str) -> str:
    """What is to be paid, how, and until when."""
    ordered, payment = own_facts(order), find(order)
    attempt = methods.current(payment)
    is_open = ordered.status != "cancelled" and (payment is None or payment.state in OPEN)
    return render_template(
        "@payments/payment.html",
        ordered=ordered,
        payment=payment,
        state=STATES[_state(ordered, payment)],
        attempt=attempt,
        methods=methods.offered(ordered.due_cents) if is_open and ordered.due_cents else [],
        account=transfer.account() if attempt and attempt.method == methods.TRANSFER else None,
        transfer=transfer,
        is_back=request.args.get("terug") == "ja",
    )


@blueprint.post("/bestelling/<order>/betalen")
def choose(order: str) -> ResponseReturnValue:
    """Choose how to pay. The page of Stripe is a link on the page that follows."""
    ordered = own_facts(order)
    try:
        methods.choose(ordered, request.form.get("method", ""))
    except DomainError as error:
        session.rollback()
        flash(error.message, "danger")
    return redirect(url_for("x_payments.payments.show", order=order))


@blueprint.post("/stripe")
def door() -> ResponseReturnValue:
    """A message of Stripe: kept once, answered at once."""
    webhook.accept()
    return "", 200


def order_panel(order: str) -> Sequence[Panel]:
    """What is to be paid for an order; a referral has no payment."""
    try:
        ordered = facts_of(order)
    except NotFound:
        return ()
    payment = find(order)
    word, tone = STATES[_state(ordered, payment)]
    facts: Mapping[str, Json] = {
        "order": order,
        "cents": ordered.due_cents,
        "word": str(word),
        "tone": tone,
    }
    return (Panel("@payments/order_panel.html", facts),)


def _state(ordered: Ordered, payment: Payment | None) -> str:
    """Also before the worker opened the payment."""
    if payment is None:
        return "created" if ordered.due_cents else "free"
    return payment.state
