"""Money that waits for a person: assign it, note that it goes back, or ignore it with a reason."""

from __future__ import annotations

from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload

from marketplace.kit import audit
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.models import session

from ..finding import by_number
from ..models import Entry, Paper
from ..moving import book
from ..states import OPEN
from .intake import received, reference_of


def waiting() -> Select[Entry]:
    """What waits, the oldest first."""
    return (
        select(Entry)
        .where(Entry.state.in_(["waiting", "refund"]))
        .options(joinedload(Entry.paper))
        .order_by(Entry.id)
    )


def entry_of(public_id: str) -> Entry:
    """One line. Raises NotFound."""
    found = session.scalars(select(Entry).where(Entry.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return found


def assign(entry: Entry, number: str) -> None:
    """Book it on the open invoice with this number; what is over is to be paid back.

    Raises DomainError ``no-invoice`` or ``not-now``.
    """
    paper = _open_invoice(entry, number)
    cents = min(entry.cents, paper.open_cents)
    over = entry.cents - cents
    _leave(entry, "refund" if over else "matched", "", paper.id, over)
    book(paper, cents, reference_of(entry))
    received(entry, paper, cents)


def give_back(entry: Entry, note: str) -> None:
    """Note that the money must go back to who paid it. Raises DomainError ``not-now``."""
    _leave(entry, "refund", note, entry.paper_id, entry.cents)


def given_back(entry: Entry) -> None:
    """The bank transfer back was made. Raises DomainError ``not-now``."""
    _leave(entry, "refunded", entry.note, entry.paper_id, entry.over_cents, before="refund")


def ignore(entry: Entry, reason: str) -> None:
    """It is not about an invoice; the reason is kept. Raises DomainError ``not-now``."""
    _leave(entry, "ignored", reason, None, 0)


def _open_invoice(entry: Entry, number: str) -> Paper:
    for paper in by_number(number.strip()):
        is_same = paper.issued is not None and paper.issued.account == entry.account
        if is_same and paper.state in OPEN:
            return paper
    raise DomainError(
        "no-invoice",
        _("Wij vinden geen open factuur met dit nummer op deze rekening."),
        "number",
    )


def _leave(
    entry: Entry, state: str, note: str, paper_id: int | None, over: int, before: str = "waiting"
) -> None:
    """By a conditional update: of two people at once only one decides."""
    values = {"state": state, "note": note, "paper_id": paper_id, "over_cents": over}
    done = session.execute(
        update(Entry)
        .where(Entry.id == entry.id, Entry.state == before)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise DomainError("not-now", _("Iemand deed dit al. Laad de pagina opnieuw."))
    session.refresh(entry)
    audit.record(f"bank.{state}", f"bank:{entry.public_id}", new={"note": note})
