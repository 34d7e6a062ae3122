"""What a plugin may know of an order: frozen as it was agreed, with what is to be paid for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.accounts.services import current_employer
from marketplace.advice.models import Advice
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.orders.models import Order
from marketplace.reference import vat_cents
from marketplace.requests.models import Request


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order with the public ids of what it belongs to. Money is euro cents.

    ``vat_cents`` is the VAT on the invoice, whether the employer gets it back or not; as long as
    nobody reviewed the treatment, none is charged.
    """

    order: str
    request: str
    organisation: str
    organisation_name: str
    status: str
    title: str
    provider: str
    provider_name: str
    gross_cents: int
    vat_cents: int
    vat: str | None
    start: date
    placed_at: datetime
    placed_by: str

    @property
    def due_cents(self) -> int:
        """What is to be paid: the gross price with VAT. Aid is claimed, not taken off here."""
        return self.gross_cents + self.vat_cents


def facts_of(public_id: str) -> Ordered:
    """An order, whoever asks: for the desk and the worker. Raises NotFound."""
    found = db.session.scalars(_orders().where(Order.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return _facts(found)


def own_facts(public_id: str) -> Ordered:
    """An order of the employer in hand. Raises NotFound for any other."""
    found, employer = facts_of(public_id), current_employer()
    if employer is None or found.organisation != employer.public_id:
        raise NotFound(public_id)
    return found


def facts_of_request(request: str) -> Sequence[Ordered]:
    """The orders of a dossier (public id of the request), the oldest first."""
    query = _orders().join(Order.advice).join(Advice.request).where(Request.public_id == request)
    return [_facts(one) for one in db.session.scalars(query.order_by(Order.id))]


def buyer_email(placed_by: str) -> str | None:
    """Where to mail who placed an order; None when the account was closed."""
    email: str | None = db.session.scalar(
        select(Person.email).where(Person.public_id == placed_by, Person.deactivated_at.is_(None))
    )
    return email


def _orders() -> Select[Order]:
    return select(Order).options(
        joinedload(Order.advice).joinedload(Advice.request), joinedload(Order.organisation)
    )


def _facts(order: Order) -> Ordered:
    found = order.line.get("vat")
    vat = found if isinstance(found, str) else None
    return Ordered(
        order=order.public_id,
        request=order.advice.request.public_id,
        organisation=order.organisation.public_id,
        organisation_name=order.organisation.name,
        status=order.status,
        title=order.title,
        provider=order.provider,
        provider_name=order.provider_name,
        gross_cents=order.gross_cents,
        vat_cents=vat_cents(order.gross_cents, vat) if vat else 0,
        vat=vat,
        start=order.start,
        placed_at=order.created,
        placed_by=order.placed_by,
    )
