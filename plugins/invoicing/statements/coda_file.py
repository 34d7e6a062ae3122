"""CODA 2, the file of Belgian banks, read with febelfin-coda (extra ``bank``)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from coda import CODA, Move, Statement

from ..terms import communication_in
from .lines import StatementLine, not_euro, plain, unreadable

STRUCTURED = frozenset({"101", "102"})
"""Types of structured communication that are an OGM."""


def read(data: bytes) -> tuple[StatementLine, ...]:
    """What came in. Raises DomainError ``unreadable`` or ``not-euro``.

    The reader checks balances, sums and counts by ``assert``: a file that lost a line is refused,
    and so is one that does not end.
    """
    try:
        found = CODA(io.StringIO(data.decode("windows-1252", "replace"), newline=None))
        if not found.statements or any(one.number_records is None for one in found.statements):
            raise unreadable()
        return tuple(line for one in found.statements for line in _lines(one))
    except (ValueError, KeyError, IndexError, AssertionError, ArithmeticError):
        raise unreadable() from None
    except (TypeError, AttributeError):  # fields that the file should have and does not
        raise unreadable() from None


def _lines(statement: Statement) -> Iterator[StatementLine]:
    if statement.account_currency != "EUR":
        raise not_euro()
    day = statement.new_balance_date
    name = f"{day.year}-{statement.new_sequence}"
    for move in statement.moves:
        for part in move.moves or [move]:  # a sum with its details counts by its details
            if part.amount > 0:
                yield _line(statement.account.strip(), name, part)


def _line(account: str, statement: str, move: Move) -> StatementLine:
    structured = move.communication_type in STRUCTURED
    message = str(move.communication or "").strip()
    return StatementLine(
        account=plain(account, 34),
        statement=plain(statement, 60),
        sequence=plain(f"{move.sequence}.{move.detail_sequence}", 40),
        day=move.entry_date,
        cents=round(move.amount * 100),
        communication=communication_in(message)
        if structured or "+" in message or "*" in message
        else None,
        message=plain(message, 400),
        payer=plain(str(move.counterparty_name or ""), 140),
        payer_account=plain(str(move.counterparty_account or ""), 40),
    )
