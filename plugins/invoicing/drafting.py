"""A draft is made when an order was delivered, once however often that is told.

Not when it is confirmed: VAT falls due when the service is done, and what is cancelled before then
needs no credit note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.contract.values import Json
from marketplace.kit import audit
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.models import session
from marketplace.kit.orders import Ordered

from .models import Paper
from .moving import move
from .treatments import TREATMENTS
from .values import InvoiceLine


def draft_for(order: Ordered) -> Paper | None:
    """The draft of an order, in the transaction in hand; None when it costs nothing."""
    if not order.gross_cents:
        return None
    origin = f"order:{order.order}"
    line = {
        "title": order.title,
        "quantity": 1,
        "price_cents": order.gross_cents,
        "treatment": order.vat,
    }
    made = Paper(
        origin=origin,
        kind="invoice",
        slug=order.provider,
        order=order.order,
        organisation=order.organisation,
        buyer_name=order.organisation_name,
        title=order.title,
        lines=[line],
        net_cents=order.gross_cents,
    )
    return _once(made)


def lines_of(paper: Paper) -> tuple[InvoiceLine, ...]:
    """The lines of a draft; a treatment that nobody reviewed is refused where VAT is reckoned."""
    return tuple(
        InvoiceLine(
            str(line["title"]),
            cast(int, line["quantity"]),
            cast(int, line["price_cents"]),
            cast(str, line["treatment"]),
        )
        for line in paper.lines
    )


def is_reviewed(paper: Paper) -> bool:
    """Whether a person decided the VAT of every line."""
    return all(line["treatment"] in TREATMENTS for line in paper.lines)


def complete(paper: Paper, purchase_order: str, treatment: str | None) -> None:
    """Fill in a draft: the buyer's order number, and the VAT of lines that nobody reviewed.

    What was reviewed with the offer stays as it was. Raises DomainError ``not-now``.
    """
    if paper.state != "draft":
        raise DomainError("not-now", _("Deze factuur is al uitgegeven en verandert niet meer."))
    old = {"purchase_order": paper.purchase_order, "lines": list(paper.lines)}
    paper.purchase_order = purchase_order
    paper.lines = _reviewed(paper.lines, treatment)
    new = {"purchase_order": purchase_order, "lines": list(paper.lines)}
    audit.record("invoice.draft", f"invoice:{paper.public_id}", old=old, new=new)


def drop(paper: Paper) -> None:
    """Let a draft go: nothing is invoiced for it. Raises DomainError ``not-now``."""
    move(paper, "dropped")


def _reviewed(
    lines: Sequence[Mapping[str, Json]], treatment: str | None
) -> Sequence[Mapping[str, Json]]:
    if treatment not in TREATMENTS:
        return lines
    return [
        line if line["treatment"] in TREATMENTS else {**line, "treatment": treatment}
        for line in lines
    ]


def _once(made: Paper) -> Paper:
    """The paper of this origin: two workers that are told at once make one."""
    query = select(Paper).where(Paper.origin == made.origin)
    found = session.scalars(query).one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return session.scalars(query).one()
    audit.record("invoice.drafted", f"invoice:{made.public_id}", new={"order": made.order})
    return made
