"""Take in a statement: each line once, booked when it is exact, else kept for a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.contract.pages import Event
from marketplace.contract.values import Json
from marketplace.kit import ask, audit
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.models import session

from ..finding import by_communications
from ..models import Entry, Paper
from ..moving import book
from ..states import OPEN
from .lines import StatementLine
from .match import EXACT, judge


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brought: new lines, how many settled an invoice, how many wait for a person."""

    new: int
    settled: int
    waiting: int
    known: int


def take(data: bytes) -> Taken:
    """Take in a file in the transaction in hand: the same file again changes nothing.

    Raises DomainError ``no-extra``, ``unreadable``, ``not-euro``, or ``not-now`` when somebody
    takes in the same lines at this moment.
    """
    lines = reader_of(data)(data)
    try:
        with session.begin_nested():
            return _take(lines)
    except IntegrityError:
        raise DomainError(
            "not-now", _("Iemand leest dit bestand nu ook in. Probeer het zo nog eens."), "file"
        ) from None


def _take(lines: Sequence[StatementLine]) -> Taken:
    known = _known(lines)
    new = list({_name(line): line for line in lines if _name(line) not in known}.values())
    papers = by_communications([line.communication for line in new if line.communication])
    states = [_keep(line, papers.get(line.communication or "")) for line in new]
    settled = states.count("matched")
    audit.record("bank.taken", "bank", new={"lines": len(lines), "new": len(new)})
    return Taken(len(new), settled, len(new) - settled, len(lines) - len(new))


def reader_of(data: bytes) -> Callable[[bytes], tuple[StatementLine, ...]]:
    """CAMT begins as XML, CODA as a record of type 0. Raises DomainError without the extra."""
    try:
        from . import camt_file, coda_file
    except ImportError:
        raise DomainError(
            "no-extra",
            _("Hier kunnen geen uittreksels gelezen worden. De beheerder voegt dat toe."),
            "file",
        ) from None
    is_xml = data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    return camt_file.read if is_xml else coda_file.read


def claimed(event: Event) -> None:
    """Another plugin knows whose money this is: no person has to look for it."""
    query = select(Entry).where(Entry.public_id == event.subject, Entry.state == "waiting")
    entry = session.scalars(query).one_or_none()
    if entry is not None:
        entry.state = "elsewhere"


def received(entry: Entry, paper: Paper, cents: int) -> None:
    """Tell whoever keeps the payments of orders that money came in for one."""
    facts: dict[str, Json] = {"amount_cents": cents, "reference": reference_of(entry)}
    ask.tell(Event("money.received", paper.order, facts))


def reference_of(entry: Entry) -> str:
    """What names this money in other books."""
    return f"{entry.account}/{entry.statement}/{entry.sequence}"


def _keep(line: StatementLine, paper: Paper | None) -> str:
    if paper is not None and (paper.issued is None or paper.issued.account != line.account):
        paper = None
    waits_for_money = paper is not None and paper.state in OPEN
    open_cents = None if paper is None else paper.open_cents if waits_for_money else 0
    verdict = judge(line.cents, open_cents)
    entry = Entry(
        **asdict(line), state="waiting", why=verdict, paper_id=paper.id if paper else None
    )
    session.add(entry)
    session.flush()
    if verdict == EXACT and paper is not None:
        book(paper, line.cents, reference_of(entry))
        entry.state, entry.why = "matched", ""
        received(entry, paper, line.cents)
    elif paper is None:
        _tell_stranger(entry)
    return entry.state


def _tell_stranger(entry: Entry) -> None:
    """Money that no invoice explains may be a payment that another plugin waits for."""
    facts: dict[str, Json] = {
        "communication": entry.communication,
        "amount_cents": entry.cents,
        "account": entry.account,
        "reference": reference_of(entry),
    }
    ask.tell(Event("bank.received", entry.public_id, facts))


def _known(lines: Sequence[StatementLine]) -> set[tuple[str, str, str]]:
    """The lines of these statements that were taken in before, in one query."""
    statements = {line.statement for line in lines}
    rows = session.execute(
        select(Entry.account, Entry.statement, Entry.sequence).where(
            Entry.statement.in_(statements)
        )
    )
    return {(row.account, row.statement, row.sequence) for row in rows}


def _name(line: StatementLine) -> tuple[str, str, str]:
    return line.account, line.statement, line.sequence
