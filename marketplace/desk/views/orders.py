"""Orders and referrals at the desk: the lists, one of them, and the next status of an order."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.desk import words
from marketplace.desk.forms import OrderFilter, ReferralFilter
from marketplace.desk.rows import agreed_row
from marketplace.desk.services import agreed as services
from marketplace.desk.services.dossiers import note_viewing
from marketplace.desk.views.blueprint import blueprint
from marketplace.errors import DomainError
from marketplace.i18n import _
from marketplace.orders import services as agreements
from marketplace.orders.models import ORDER_STATES, STATUS_WORDS, Agreed, Order, Referral
from marketplace.web.pages import page_number, paginate


@blueprint.get("/bestellingen")
def orders() -> str:
    """Orders of agency offers."""
    form = OrderFilter(request.args)
    form.validate()
    page = paginate(services.find(Order, form.fine("stand")), page_number(), per_page=50)
    rows = [agreed_row(one) for one in page.rows]
    return render_template("desk/orders.html", form=form, page=page, rows=rows)


@blueprint.get("/doorverwijzingen")
def referrals() -> str:
    """Referrals to partners."""
    form = ReferralFilter(request.args)
    form.validate()
    page = paginate(services.find(Referral, form.fine("stand")), page_number(), per_page=50)
    rows = [agreed_row(one) for one in page.rows]
    return render_template("desk/referrals.html", form=form, page=page, rows=rows)


@blueprint.get("/bestellingen/<public_id>")
def order(public_id: str) -> str:
    """One order, with what may become of it now."""
    found = agreements.find_order(public_id)
    return _shown("order", found, able=ORDER_STATES[found.status])


@blueprint.get("/doorverwijzingen/<public_id>")
def referral(public_id: str) -> str:
    """One referral, to be read: the partner answers it."""
    return _shown("referral", agreements.find_referral(public_id))


@blueprint.post("/bestellingen/<public_id>/bevestigen")
def confirm_order(public_id: str) -> ResponseReturnValue:
    """The agency takes it on; the employer gets a mail."""
    return _changed(public_id, agreements.confirm_order, _("De bestelling is bevestigd."))


@blueprint.post("/bestellingen/<public_id>/uitgevoerd")
def deliver_order(public_id: str) -> ResponseReturnValue:
    """It took place."""
    return _changed(public_id, agreements.deliver_order, _("De bestelling is uitgevoerd."))


@blueprint.post("/bestellingen/<public_id>/annuleren")
def cancel_order(public_id: str) -> ResponseReturnValue:
    """Cancel; the places are free again and the employer gets a mail."""
    return _changed(public_id, agreements.cancel_order, _("De bestelling is geannuleerd."))


def _shown(kind: str, agreed: Agreed, **context: object) -> str:
    page = render_template(
        f"desk/{kind}.html",
        agreed=agreed,
        person=services.placed_by(agreed),
        status=(STATUS_WORDS[agreed.status], words.AGREED_TONES[agreed.status]),
        **context,
    )
    note_viewing(kind, agreed.public_id)
    return page


def _changed(public_id: str, change: Callable[[Order], None], done: str) -> ResponseReturnValue:
    try:
        change(agreements.find_order(public_id))
        flash(done, "ok")
    except DomainError as error:
        flash(error.message, "danger")
    return redirect(url_for("desk.order", public_id=public_id))
