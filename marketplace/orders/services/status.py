"""Change the status of an order or a referral, by the transition tables."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import update

from marketplace import clock, states
from marketplace.accounts.services.people import by_public_id
from marketplace.audit.services import record
from marketplace.catalogue import services as catalogue
from marketplace.contract.pages import Event
from marketplace.db import db
from marketplace.errors import DomainError
from marketplace.host import ask
from marketplace.i18n import _
from marketplace.jobs import mail
from marketplace.orders.models import ORDER_STATES, REFERRAL_STATES, Order, Referral

ENDED = frozenset({"cancelled", "withdrawn"})
"""Statuses after which the same line of an advice may be agreed again."""


def confirm_order(order: Order) -> None:
    """The agency takes the order on; mails the employer and commits.

    Raises DomainError ``not-now`` when the order is past that, here or in another window.
    """
    _move(order, "order", ORDER_STATES, "confirmed")
    _mail(order, _("Uw bestelling is bevestigd: %(title)s", title=order.title), "confirmed")
    db.session.commit()


def deliver_order(order: Order) -> None:
    """What was ordered took place; commits. Raises DomainError ``not-now`` as confirm_order."""
    _move(order, "order", ORDER_STATES, "delivered")
    db.session.commit()


def cancel_order(order: Order) -> None:
    """Cancel, give the places back and mail the employer; commits. Raises as confirm_order."""
    _move(order, "order", ORDER_STATES, "cancelled")
    catalogue.release(order.version_id, order.participants)
    _mail(order, _("Uw bestelling is geannuleerd: %(title)s", title=order.title), "cancelled")
    db.session.commit()


def withdraw_referral(referral: Referral) -> None:
    """Take a request to a partner back; commits. Raises DomainError when it is too late."""
    _move(referral, "referral", REFERRAL_STATES, "withdrawn")
    db.session.commit()


def _move(
    agreed: Order | Referral, kind: str, transitions: states.Transitions, status: str
) -> None:
    """Take a status by a conditional update, so that of two posts at once only one does it."""
    states.check(transitions, agreed.status, status)
    model, old = type(agreed), agreed.status
    moved = db.session.execute(
        update(model)
        .where(model.id == agreed.id, model.status == old)
        .values(status=status, changed=clock.now(), live=None if status in ENDED else agreed.live)
    )
    if not moved.rowcount:  # type: ignore[attr-defined]
        raise DomainError("not-now", _("Dit is intussen al veranderd. Laad de pagina opnieuw."))
    subject = f"{kind}:{agreed.public_id}"
    record("status.changed", subject, old={"status": old}, new={"status": status})
    ask.tell(Event(f"{kind}.{status}", agreed.public_id))


def _mail(order: Order, subject: str, name: str) -> None:
    """Tell who placed the order; an account that was closed gets no mail."""
    person = by_public_id(order.placed_by)
    if person is None or person.deactivated_at is not None:
        return
    url = url_for("orders.show", public_id=order.public_id, _external=True)
    mail.send(person.email, subject, f"orders/mail/{name}", agreed=order, url=url)
