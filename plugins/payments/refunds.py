"""Give money back, whole or in part: taken from what is kept before anybody is asked.

The payment is held from the look at what is left until the commit, so that two refunds at once
cannot take the same money.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select

from marketplace.contract.values import Json
from marketplace.kit import audit
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.models import session
from marketplace.kit.money import euro

from . import books, calls
from .models import Payment, Receipt, Refund
from .taking import STRIPE


def ask(payment: Payment, cents: int, key: str, person: str) -> Refund:
    """Ask for a refund; the same key again gives the same one. Does not commit.

    One refund comes from one receipt. Raises DomainError: key-reused, no-amount, too-much.
    """
    known = session.scalars(select(Refund).where(Refund.key == key)).one_or_none()
    if known is not None:
        if (known.payment_id, known.cents) != (payment.id, cents):
            raise DomainError("key-reused", _("Deze pagina is al gebruikt. Laad ze opnieuw."))
        return known
    if cents <= 0:
        raise DomainError("no-amount", _("Typ een bedrag dat meer is dan nul."), "amount")
    payment = books.hold(payment.id)
    receipt = _receipt_with(payment.id, cents) if cents <= payment.kept_cents else None
    if receipt is None:
        most = euro(most_of(payment))
        text = _("U kunt in één keer ten hoogste %(most)s terugbetalen.", most=most)
        raise DomainError("too-much", text, "amount")
    return _ask(payment, receipt, cents, key, person)


def mark_done(refund: Refund, person: str) -> None:
    """A refund that people make by hand was transferred. Does not commit."""
    payment = books.hold(refund.payment_id)
    if refund.provider == STRIPE or refund.status != "asked":
        raise DomainError("not-now", _("Dit kan nu niet meer. Laad de pagina opnieuw."))
    refund.status = "done"
    audit.record("refund.done", f"order:{payment.order}", new={"by": person, "cents": refund.cents})
    books.settle(payment, "refund.done")


def most_of(payment: Payment) -> int:
    """The most that one refund can take now: what is left of the fullest receipt."""
    left = session.scalars(select(_left()).where(Receipt.payment_id == payment.id))
    return min(payment.kept_cents, max((int(one) for one in left), default=0))


def _ask(payment: Payment, receipt: Receipt, cents: int, key: str, person: str) -> Refund:
    made = Refund(
        key=key,
        payment_id=payment.id,
        provider=receipt.provider,
        receipt_id=receipt.id,
        cents=cents,
        status="asked",
        asked_by=person,
    )
    session.add(made)
    session.flush()
    audit.record("refund.asked", f"order:{payment.order}", new={"cents": cents})
    if receipt.provider == STRIPE:
        marks: Mapping[str, Json] = {"order": payment.order, "key": key}
        body: Mapping[str, Json] = {
            "payment_intent": receipt.reference,
            "amount": cents,
            "metadata": marks,
        }
        calls.queue_refund(calls.write(payment, "refund.create", f"refund.{key}", body))
    books.settle(payment, "refund.asked")
    return made


def _receipt_with(payment_id: int, cents: int) -> Receipt | None:
    found: Receipt | None = session.scalars(
        select(Receipt)
        .where(Receipt.payment_id == payment_id, _left() >= cents)
        .order_by(_left().desc(), Receipt.id)
    ).first()
    return found


def _left() -> ColumnElement[int]:
    """What refunds left of a receipt; one that failed took nothing."""
    back = (
        select(func.coalesce(func.sum(Refund.cents), 0))
        .where(Refund.receipt_id == Receipt.id, Refund.status != "failed")
        .correlate(Receipt)
        .scalar_subquery()
    )
    return Receipt.cents - back
