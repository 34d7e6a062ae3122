"""Find orders and referrals of the employer in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.services import current_employer
from marketplace.advice.models import Advice
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.orders.models import Agreed, Order, Referral

Kind = TypeVar("Kind", Order, Referral)


def load_order(public_id: str) -> Order:
    """An order of the employer in hand. Raises NotFound for any other."""
    return _load(Order, public_id)


def load_referral(public_id: str) -> Referral:
    """A referral of the employer in hand. Raises NotFound for any other."""
    return _load(Referral, public_id)


def find_order(public_id: str) -> Order:
    """An order with its advice and employer, whoever asks: for the desk. Raises NotFound."""
    return _find(Order, public_id)


def find_referral(public_id: str) -> Referral:
    """A referral with its advice and employer, whoever asks: for the desk. Raises NotFound."""
    return _find(Referral, public_id)


def history() -> Sequence[Agreed]:
    """Orders and referrals of the employer in hand, newest first."""
    employer = current_employer()
    if employer is None:
        return ()
    orders = select(Order).where(Order.organisation_id == employer.id)
    referrals = select(Referral).where(Referral.organisation_id == employer.id)
    rows: list[Agreed] = [*db.session.scalars(orders), *db.session.scalars(referrals)]
    return sorted(rows, key=lambda row: row.created, reverse=True)


def agreed_lines(advice: Advice) -> Mapping[str, Agreed]:
    """Offer version → the live order or referral of this advice."""
    orders = select(Order).where(Order.advice_id == advice.id, Order.live == 1)
    referrals = select(Referral).where(Referral.advice_id == advice.id, Referral.live == 1)
    rows: list[Agreed] = [*db.session.scalars(orders), *db.session.scalars(referrals)]
    return {row.version_id: row for row in rows}


def standing(public_ids: Sequence[str]) -> Mapping[str, str]:
    """How these orders and referrals stand, as the event that made it so: ``order.cancelled``."""
    found: dict[str, str] = {}
    for model, kind in ((Order, "order"), (Referral, "referral")):
        rows = select(model.public_id, model.status).where(model.public_id.in_(public_ids))
        found |= {row[0]: f"{kind}.{row[1]}" for row in db.session.execute(rows)}
    return found


def _load(kind: type[Kind], public_id: str) -> Kind:
    employer = current_employer()
    found = _find(kind, public_id)
    if employer is None or found.organisation_id != employer.id:
        raise NotFound(public_id)
    return found


def _find(kind: type[Kind], public_id: str) -> Kind:
    found = db.session.scalars(
        select(kind)
        .where(kind.public_id == public_id)
        .options(joinedload(kind.advice).joinedload(Advice.request), joinedload(kind.organisation))
    ).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return found
