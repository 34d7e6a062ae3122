"""What invoicing does when something happens elsewhere; told at least once, in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marketplace.contract.pages import Event
from marketplace.kit import audit
from marketplace.kit.errors import DomainError
from marketplace.kit.models import session
from marketplace.kit.orders import facts_of

from .drafting import draft_for
from .finding import invoice_of_order
from .issuing import issue
from .models import PaidOrder
from .moving import book
from .parties import seller_row
from .statements import intake
from .states import OPEN


def delivered(event: Event) -> None:
    """Make the draft of an order; issue it where the seller chose so.

    What stands in the way leaves the draft for a person, with the reason in the audit log.
    """
    draft = draft_for(facts_of(event.subject))
    if draft is None or draft.state != "draft":
        return
    seller = seller_row(draft.slug)
    if seller is not None and seller.automatic:
        try:
            issue(draft)
        except DomainError as error:
            audit.record("invoice.refused", f"invoice:{draft.public_id}", new={"code": error.code})


def paid(event: Event) -> None:
    """Another plugin got money for an order: ``paid_cents`` is all of it so far.

    What this plugin booked itself is part of it, so only the difference is new.
    """
    total = event.facts.get("paid_cents")
    if type(total) is not int or total <= 0:
        return
    row = session.get(PaidOrder, event.subject)
    if row is None:
        row = PaidOrder(order=event.subject, paid_cents=0)
        session.add(row)
    row.paid_cents = max(row.paid_cents, total)
    paper = invoice_of_order(event.subject)
    if paper is not None and paper.state in OPEN:
        new = min(row.paid_cents - paper.paid_cents, paper.open_cents)
        if new > 0:
            book(paper, new, f"order:{event.subject}:{row.paid_cents}")


TOLD: Mapping[str, Callable[[Event], None]] = {
    "order.delivered": delivered,
    "payment.paid": paid,
    "bank.claimed": intake.claimed,
}


def hear(event: Event) -> None:
    """Do what the table says; every other event is not for us."""
    act = TOLD.get(event.name)
    if act is not None:
        act(event)
