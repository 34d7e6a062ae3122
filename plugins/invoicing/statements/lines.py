"""A line of a bank statement, and what is wrong with a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Money that came in. ``account``, ``statement`` and ``sequence`` name it for ever.

    ``communication`` has the twelve digits of a valid OGM; None when there was none.
    """

    account: str
    statement: str
    sequence: str
    day: date
    cents: int
    communication: str | None
    message: str
    payer: str
    payer_account: str


def plain(text: str, most: int) -> str:
    """A text of the bank as it can be stored and shown: one line, at most so many characters."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return shown.strip()[:most]


def unreadable() -> DomainError:
    """The file is no statement that we can read; nothing of it is kept."""
    return DomainError(
        "unreadable",
        _("Wij kunnen dit bestand niet lezen. Kies een CODA- of CAMT.053-bestand van uw bank."),
        "file",
    )


def not_euro() -> DomainError:
    """The account is in another currency."""
    return DomainError("not-euro", _("Dit uittreksel is niet in euro."), "file")
