"""Find papers: by id, of an employer, for the desk, late ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.kit.errors import NotFound
from marketplace.kit.models import session

from .models import Issued, Paper
from .states import OPEN


def paper_of(public_id: str) -> Paper:
    """A paper with what was issued, whoever asks. Raises NotFound."""
    query = select(Paper).where(Paper.public_id == public_id).options(*_WHOLE)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return found


def own_paper(public_id: str, organisation: str) -> Paper:
    """An issued paper of this employer. Raises NotFound for any other, and for a draft."""
    found = paper_of(public_id)
    if found.organisation != organisation or found.issued is None:
        raise NotFound(public_id)
    return found


def own_papers(organisation: str) -> Select[Paper]:
    """What was issued to an employer, the newest first."""
    return (
        select(Paper)
        .where(Paper.organisation == organisation, Paper.number.is_not(None))
        .order_by(Paper.id.desc())
    )


def papers(state: str = "", buyer: str = "", slug: str = "") -> Select[Paper]:
    """Papers for the desk, the newest first; '' is everything, ``late`` a state of its own."""
    query = select(Paper).order_by(Paper.id.desc())
    if state:
        query = query.where(Paper.state == state)
    if buyer:
        query = query.where(Paper.buyer_name.icontains(buyer, autoescape=True))
    return query.where(Paper.slug == slug) if slug else query


def invoice_of_order(order: str) -> Paper | None:
    """The invoice of an order, a draft too."""
    query = select(Paper).where(Paper.origin == f"order:{order}").options(*_WHOLE)
    return session.scalars(query).one_or_none()


def credits_of(paper: Paper) -> Sequence[Paper]:
    """The credit notes of an invoice, the oldest first."""
    return session.scalars(
        select(Paper).where(Paper.original_id == paper.id).order_by(Paper.id)
    ).all()


def by_communications(communications: Sequence[str]) -> dict[str, Paper]:
    """Invoices by their structured communication, in one query."""
    query = (
        select(Paper)
        .join(Paper.issued)
        .where(Issued.communication.in_(communications))
        .options(*_WHOLE)
    )
    found = session.scalars(query)
    return {str(one.issued.communication): one for one in found if one.issued}


def by_number(number: str) -> Sequence[Paper]:
    """Issued invoices with this number: one per seller."""
    query = select(Paper).where(Paper.number == number, Paper.kind == "invoice").options(*_WHOLE)
    return session.scalars(query).all()


def late(day: date, pause_days: int, most: int) -> Sequence[Paper]:
    """Open invoices to remind of: ``pause_days`` after the due day, and after each reminder."""
    before = day - timedelta(days=pause_days)
    quiet = Paper.reminded_on.is_(None) | (Paper.reminded_on <= before)
    return session.scalars(
        select(Paper)
        .where(
            Paper.kind == "invoice",
            Paper.state.in_(OPEN),
            Paper.due_on <= before,
            Paper.reminders < most,
            quiet,
        )
        .order_by(Paper.id)
    ).all()


def slugs() -> frozenset[str]:
    """The providers that anything is or will be invoiced for."""
    return frozenset(session.scalars(select(Paper.slug).distinct()))


_WHOLE = (joinedload(Paper.issued).joinedload(Issued.seller), joinedload(Paper.original))
