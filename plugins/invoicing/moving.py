"""Change the state of a paper by the transition table; money is booked once per reference."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from marketplace.contract.pages import Event
from marketplace.contract.values import Json
from marketplace.kit import ask, audit
from marketplace.kit.clock import now
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.models import session

from .models import Paper, Receipt
from .states import STATES, after_money


def move(paper: Paper, state: str, **values: object) -> None:
    """Take a state by a conditional update: of two posts at once only one does it.

    Other columns change with it. Raises DomainError ``not-now``.
    """
    old = paper.state
    if state not in STATES[old]:
        raise _not_now()
    _change(paper, {"state": state, **values})
    if state != old:
        audit.record(
            "invoice.state", f"invoice:{paper.public_id}", old={"state": old}, new={"state": state}
        )
        ask.tell(Event(f"invoice.{state}", paper.public_id, _facts(paper)))


def book(paper: Paper, cents: int, reference: str) -> bool:
    """Book money on an issued invoice, in the transaction in hand; False when it was booked before.

    Raises DomainError ``over`` when it is more than is open, ``not-now`` when it is no invoice
    that waits for money, or when another change was faster.
    """
    try:
        with session.begin_nested():
            session.add(Receipt(paper_id=paper.id, reference=reference, cents=cents))
    except IntegrityError:
        return False
    if not 0 < cents <= paper.open_cents:
        raise DomainError("over", _("Er staat nog maar een kleiner bedrag open."))
    paid = paper.paid_cents + cents
    move(paper, _state(paper, paper.credited_cents, paid), paid_cents=paid)
    return True


def take_credit(paper: Paper, net_cents: int, total_cents: int) -> None:
    """Note on an invoice what a credit note takes back. Raises DomainError as ``book``."""
    net = paper.credited_net_cents + net_cents
    if net_cents <= 0 or net > paper.net_cents:
        raise DomainError(
            "too-much", _("U kunt niet meer crediteren dan er op de factuur staat."), "amount"
        )
    credited = paper.credited_cents + total_cents
    state = _state(paper, credited, paper.paid_cents)
    values = {"credited_net_cents": net, "credited_cents": credited}
    if state == paper.state:
        _change(paper, values)
    else:
        move(paper, state, **values)


def _state(paper: Paper, credited: int, paid: int) -> str:
    return after_money(paper.state, paper.total_cents, credited, paid)


def _change(paper: Paper, values: Mapping[str, object]) -> None:
    """Only when nothing moved since it was read: state and amounts are all compared."""
    seen = ("state", "paid_cents", "credited_net_cents", "reminders")
    same = [getattr(Paper, name) == getattr(paper, name) for name in seen]
    session.flush()
    values = {**values, "changed": now()}
    changed = session.execute(
        update(Paper)
        .where(Paper.id == paper.id, *same)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise _not_now()
    for name, value in values.items():
        set_committed_value(paper, name, value)


def _facts(paper: Paper) -> Mapping[str, Json]:
    return {
        "order": paper.order,
        "kind": paper.kind,
        "number": paper.number,
        "total_cents": paper.total_cents,
    }


def _not_now() -> DomainError:
    return DomainError("not-now", _("Dit is intussen al veranderd. Laad de pagina opnieuw."))
