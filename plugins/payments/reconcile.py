"""Compare with Stripe what neither side may be alone in knowing, and mend it by looking again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import click
import stripe
from flask.cli import AppGroup
from sqlalchemy import Select, select

from marketplace.kit.clock import now
from marketplace.kit.models import session, writing

from . import api, reading, webhook, worker
from .models import Attempt, Call, Message, Receipt, Refund
from .taking import STRIPE, take

group = AppGroup("payments", help="Payments and what Stripe knows of them.")
UNANSWERED = timedelta(hours=1)
FOUND_BY_US = "reconcile"


@dataclass(frozen=True, slots=True)
class Difference:
    """``kind``: theirs | ours | amount; ``about`` is a reference, ``text`` says what differs."""

    kind: str
    about: str
    text: str


@group.command("reconcile")
@click.option("--hours", type=click.IntRange(1, 24 * 30), default=72, show_default=True)
def reconcile(hours: int) -> None:
    """Name every difference with Stripe over the last hours, then look again at each.

    Status 1 when there were differences.
    """
    since = now() - timedelta(hours=hours)
    found = list(differences(since))
    for one in found:
        click.echo(f"{one.kind:<8}{one.about}  {one.text}")
    with writing():
        mended = mend(since)
    click.echo(f"{len(found)} differences; {mended} messages and pages looked at again")
    if found:
        raise SystemExit(1)


def differences(since: datetime) -> Iterator[Difference]:
    """Theirs only, ours only, another amount; of payments and refunds since then."""
    client = api.needed().v1
    moment = int(since.timestamp())
    sessions = client.checkout.sessions.list({"created": {"gte": moment}, "limit": 100})
    theirs = {
        reading.id_of(one.payment_intent) or one.id: int(one.amount_total or 0)
        for one in sessions.auto_paging_iter()
        if one.payment_status == "paid"
    }
    refunds = client.refunds.list({"created": {"gte": moment}, "limit": 100})
    back = {one.id: one.amount for one in refunds.auto_paging_iter() if one.status != "failed"}
    session.rollback()
    came = select(Receipt.reference, Receipt.cents).where(
        Receipt.provider == STRIPE, Receipt.at >= since
    )
    went = select(Refund.reference, Refund.cents).where(
        Refund.provider == STRIPE, Refund.at >= since, Refund.status.in_(("pending", "done"))
    )
    yield from _compare(
        "payment", theirs, {str(ref): cents for ref, cents in session.execute(came)}
    )
    yield from _compare("refund", back, {str(ref): cents for ref, cents in session.execute(went)})
    yield from _unanswered()


def mend(since: datetime) -> int:
    """Feed what they know into the inbox; read again what was left and what we wait for.

    Gives how many messages and pages.
    """
    client = api.needed().v1
    events = client.events.list({"created": {"gte": int(since.timestamp())}, "limit": 100})
    told = [(one.id, one.type, one.data.object["id"]) for one in events.auto_paging_iter()]
    count = sum(
        webhook.keep(event, kind, about, FOUND_BY_US)
        for event, kind, about in told
        if kind in reading.LOOKS and not _is_known(event)
    )
    left = [partial(worker.read_message, one) for one in _left()]
    waiting = [partial(_look, str(one)) for one in session.scalars(_waiting())]
    session.rollback()
    return count + sum(_again(act) for act in (*left, *waiting))


def _again(act: Callable[[], object]) -> bool:
    """False when Stripe does not know what we ask about."""
    try:
        act()
    except stripe.InvalidRequestError:
        session.rollback()
        return False
    session.commit()
    return True


def _look(reference: str) -> None:
    take(reading.of_session(reference), FOUND_BY_US)


def _compare(what: str, theirs: dict[str, int], ours: dict[str, int]) -> Iterator[Difference]:
    for about in sorted(theirs.keys() | ours.keys()):
        there, here = theirs.get(about), ours.get(about)
        if here is None:
            yield Difference("theirs", about, f"{what} of {there} cents is not in our books")
        elif there is None:
            yield Difference("ours", about, f"{what} of {here} cents is not known at Stripe")
        elif there != here:
            yield Difference("amount", about, f"{what} of {there} cents there, {here} here")


def _unanswered() -> Iterator[Difference]:
    """A call of ours that nobody answered may or may not have been carried out."""
    late = now() - UNANSWERED
    query = select(Call.key, Call.operation).where(Call.answered.is_(None), Call.written < late)
    for key, operation in session.execute(query):
        yield Difference("ours", key, f"{operation} was written down and never answered")


def _waiting() -> Select[str | None]:
    return select(Attempt.reference).where(
        Attempt.method == STRIPE,
        Attempt.reference.is_not(None),
        Attempt.status.in_(("open", "processing")),
    )


def _left() -> list[Mapping[str, object]]:
    """Messages that were taken in and not read for an hour: their job died."""
    late = now() - UNANSWERED
    rows = session.execute(
        select(Message.event, Message.kind, Message.about).where(
            Message.state == "new", Message.received < late
        )
    )
    return [{"event": event, "kind": kind, "about": about} for event, kind, about in rows]


def _is_known(event: str) -> bool:
    return session.scalar(select(Message.id).where(Message.event == event)) is not None
