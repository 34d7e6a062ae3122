"""Orders and referrals as the desk lists them."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.orders.models import Agreed, Order, Referral

Kind = TypeVar("Kind", Order, Referral)


def find(kind: type[Kind], status: str = "") -> Select[Kind]:
    """Orders or referrals with their employer, the newest first; '' is every status."""
    query = (
        select(kind)
        .order_by(kind.created.desc(), kind.id.desc())
        .options(joinedload(kind.organisation))
    )
    return query.where(kind.status == status) if status else query


def placed_by(agreed: Agreed) -> Person | None:
    """Whoever placed it; None when that account is erased."""
    query = select(Person).where(Person.public_id == agreed.placed_by)
    return db.session.scalars(query).one_or_none()
