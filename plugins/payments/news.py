"""Mails about a payment, each once."""

from __future__ import annotations

from marketplace.kit import jobs
from marketplace.kit.i18n import _
from marketplace.kit.links import absolute
from marketplace.kit.orders import Ordered, buyer_email

from .opening import find


def paid(ordered: Ordered) -> None:
    """Tell who ordered that the money arrived; an account that was closed gets no mail."""
    email, payment = buyer_email(ordered.placed_by), find(ordered.order)
    if email is None or payment is None:
        return
    jobs.send(
        email,
        _("Uw betaling is ontvangen: %(title)s", title=ordered.title),
        "@payments/mail/paid",
        key=f"x_payments.paid.{ordered.order}",
        ordered=ordered,
        payment=payment,
        url=absolute("x_payments.payments.show", order=ordered.order),
    )
