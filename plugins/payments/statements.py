"""Money that another plugin found on a bank statement."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.contract.pages import Event
from marketplace.kit import ask
from marketplace.kit.models import session

from . import taking, transfer
from .models import Payment

BANK = "bank"


def for_order(event: Event) -> None:
    """Money for the order that the event is about: ``amount_cents``, ``reference``."""
    cents, reference = event.facts["amount_cents"], event.facts["reference"]
    assert isinstance(cents, int)  # noqa: S101 - promised in docs/payments.md
    taking.receive_for(event.subject, BANK, str(reference), cents, event.name)


def by_communication(event: Event) -> None:
    """Money that no invoice explains: ours when our account and communication are on it.

    Who found it is told so (``bank.claimed``); anything else is left for a person to look at.
    """
    order, cents = _order_of(event), event.facts["amount_cents"]
    assert isinstance(cents, int)  # noqa: S101 - promised in docs/invoicing.md
    if order is None or cents <= 0:
        return
    reference = str(event.facts["reference"])
    taking.receive_for(order, BANK, reference, cents, event.name)
    ask.tell(Event("bank.claimed", event.subject, {"order": order, "reference": reference}))


def _order_of(event: Event) -> str | None:
    ours, communication = transfer.account(), event.facts["communication"]
    if ours is None or communication is None or event.facts["account"] != ours.iban:
        return None
    found: str | None = session.scalar(
        select(Payment.order).where(Payment.communication == communication)
    )
    return found
