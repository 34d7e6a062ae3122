"""A mail some days before the last day to ask for an aid, for what was ordered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from flask import current_app
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.services.people import by_public_id
from marketplace.advice.snapshot import line_from
from marketplace.contract.answers import Aid
from marketplace.db import db
from marketplace.i18n import _
from marketplace.jobs import mail
from marketplace.jobs.services import enqueue, handler
from marketplace.orders.models import Order
from marketplace.pricing.calculator import deadlines_of

MORNING = time(8)
OPEN = frozenset({"placed", "confirmed"})
"""Statuses in which there is still something to ask for."""


def remind_later(order: Order, url: str) -> None:
    """Queue a reminder per deadline that is not past, in the transaction in hand.

    ``url`` is the address of the order: the worker has no request to make one from. What is queued
    already is not queued again.
    """
    before = timedelta(days=int(str(current_app.config["REMIND_DAYS"])))
    for one in deadlines_of(line_from(order.line).aid):
        if one.day is None or one.day < clock.today():
            continue
        moment = datetime.combine(one.day - before, MORNING, clock.BRUSSELS)
        facts = {"order": order.public_id, "rule": one.aid.rule, "url": url}
        enqueue("orders.remind", facts, _key("remind", order, one.aid), moment)


@handler("orders.remind")
def remind(payload: Mapping[str, object]) -> None:
    """Mail who placed the order, unless it ended, the day is past or the account was closed.

    The mail has a key of its own, so that a repeat sends nothing twice.
    """
    found = select(Order).where(Order.public_id == str(payload["order"]))
    order = db.session.scalars(found).one_or_none()
    if order is None or order.status not in OPEN:
        return
    aid = _still_open(order, str(payload["rule"]))
    person = by_public_id(order.placed_by)
    if aid is None or person is None or person.deactivated_at is not None:
        return
    mail.send(
        person.email,
        _("Vraag uw steun op tijd aan: %(title)s", title=aid.title or aid.rule),
        "orders/mail/deadline",
        key=_key("deadline", order, aid),
        agreed=order,
        aid=aid,
        url=str(payload["url"]),
    )


def _still_open(order: Order, rule: str) -> Aid | None:
    """The aid of this rule on the order, when its last day is not past."""
    for aid in line_from(order.line).aid:
        if aid.rule == rule and aid.apply_by and aid.apply_by >= clock.today():
            return aid
    return None


def _key(what: str, order: Order, aid: Aid) -> str:
    digest = hashlib.sha256(f"{aid.rule} {aid.apply_by}".encode()).hexdigest()[:16]
    return f"{what}:{order.public_id}:{digest}"
