"""Change the status of an order or a referral, by the transition table."""

from __future__ import annotations

from sqlalchemy import update

from marketplace import clock, states
from marketplace.audit.services import record
from marketplace.catalogue import services as catalogue
from marketplace.contract.pages import Event
from marketplace.db import db
from marketplace.errors import DomainError
from marketplace.host import ask
from marketplace.i18n import _
from marketplace.orders.models import ORDER_STATES, REFERRAL_STATES, Order, Referral


def cancel_order(order: Order) -> None:
    """Cancel and give the places back; commits. Raises DomainError when it is too late."""
    states.check(ORDER_STATES, order.status, "cancelled")
    _move(order, "cancelled", f"order:{order.public_id}")
    catalogue.release(order.version_id, order.participants)
    ask.tell(Event("order.cancelled", order.public_id))
    db.session.commit()


def withdraw_referral(referral: Referral) -> None:
    """Take a request to a partner back; commits. Raises DomainError when it is too late."""
    states.check(REFERRAL_STATES, referral.status, "withdrawn")
    _move(referral, "withdrawn", f"referral:{referral.public_id}")
    ask.tell(Event("referral.withdrawn", referral.public_id))
    db.session.commit()


def _move(agreed: Order | Referral, status: str, subject: str) -> None:
    """End it by a conditional update, so that of two posts at once only one gives places back."""
    kind = type(agreed)
    moved = db.session.execute(
        update(kind)
        .where(kind.id == agreed.id, kind.status == agreed.status)
        .values(status=status, changed=clock.now(), live=None)
    )
    if not moved.rowcount:  # type: ignore[attr-defined]
        raise DomainError("not-now", _("Dit is intussen al veranderd. Laad de pagina opnieuw."))
    record("status.changed", subject, old={"status": agreed.status}, new={"status": status})
