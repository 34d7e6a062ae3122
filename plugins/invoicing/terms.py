"""When an invoice falls due, and how its structured communication is made."""

from __future__ import annotations

from datetime import date, timedelta

from stdnum.be import ogm_vcs

from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _

DAYS = 30
MOST_DAYS = 60
"""Between businesses, the time to check the invoice included: law of 2 August 2002 as changed on
14 August 2021. A longer term is void.
"""
MOST_SELLERS, MOST_NUMBERS = 999, 99_999


def due_on(issued: date, days: int = DAYS) -> date:
    """The last day to pay. Raises DomainError ``term`` outside 0 to 60 days."""
    if not 0 <= days <= MOST_DAYS:
        raise DomainError("term", _("De betaaltermijn is ten hoogste 60 dagen."), "term_days")
    return issued + timedelta(days=days)


def communication_of(year: int, seller: int, sequence: int) -> str:
    """Twelve digits: year, seller, number, and the rest modulo 97 (97 for 0).

    The year begins with 2 to 8: what begins with 9 belongs to payments without an invoice.
    Raises DomainError ``numbers-full`` when the digits do not suffice.
    """
    if not (0 < seller <= MOST_SELLERS and 0 < sequence <= MOST_NUMBERS and 2020 <= year < 2090):
        raise DomainError(
            "numbers-full", _("De nummers van deze verkoper zijn op. Bel de beheerder.")
        )
    digits = f"{year % 100:02d}{seller:03d}{sequence:05d}"
    return str(ogm_vcs.validate(f"{digits}{int(digits) % 97 or 97:02d}"))


def communication_in(text: str) -> str | None:
    """The valid communication that a text holds and nothing else, as twelve digits; else None."""
    digits = "".join(char for char in text if char in "0123456789")
    strange = set(text) - set("0123456789+*/ .-")
    return digits if not strange and ogm_vcs.is_valid(digits) else None


def shown(communication: str) -> str:
    """As it is written on a transfer: ``+++260/0010/00071+++``."""
    return f"+++{ogm_vcs.format(communication)}+++"
