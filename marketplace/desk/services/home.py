"""What waits for a consultant today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.advice.models import Advice
from marketplace.db import db
from marketplace.desk.services.dossiers import Row, Wanted, find, row
from marketplace.orders.models import Order, Referral
from marketplace.requests.models import Request

MOST = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, and how many requests got an advice since Monday."""

    orders: int
    referrals: int
    advised: int


def counts() -> Counts:
    """The three figures, in one query."""
    orders = select(func.count()).select_from(Order).where(Order.status == "placed")
    referrals = select(func.count()).select_from(Referral).where(Referral.status == "sent")
    advised = select(func.count(Advice.request_id.distinct())).where(Advice.created >= monday())
    row = db.session.execute(
        select(orders.scalar_subquery(), referrals.scalar_subquery(), advised.scalar_subquery())
    ).one()
    return Counts(*row)


def waiting_orders() -> Sequence[Order]:
    """The orders that wait longest for confirmation."""
    query = select(Order).where(Order.status == "placed").options(joinedload(Order.organisation))
    return db.session.scalars(query.order_by(Order.created, Order.id).limit(MOST)).all()


def waiting_referrals() -> Sequence[Referral]:
    """The referrals that wait longest for an answer of the partner."""
    query = select(Referral).where(Referral.status == "sent")
    query = query.options(joinedload(Referral.organisation))
    return db.session.scalars(query.order_by(Referral.created, Referral.id).limit(MOST)).all()


def advised_requests() -> Sequence[Row]:
    """The last requests that got an advice this week."""
    this_week = select(Advice.request_id).where(Advice.created >= monday())
    query = find(Wanted()).where(Request.id.in_(this_week)).limit(MOST)
    return [row(request) for request in db.session.scalars(query).unique()]


def monday() -> datetime:
    """The begin of this week on a Brussels clock."""
    today = clock.today()
    first = today - timedelta(days=today.weekday())
    return datetime.combine(first, time(), clock.BRUSSELS)
