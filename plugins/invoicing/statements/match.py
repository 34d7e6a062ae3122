"""Whether money on a statement settles an invoice by itself. Pure, money is euro cents."""

from __future__ import annotations

EXACT, PARTIAL, OVER, UNKNOWN = "exact", "partial", "over", "unknown"


def judge(cents: int, open_cents: int | None) -> str:
    """``open_cents`` of the invoice with this communication on this account; None: there is none.

    Only the exact amount is booked without a person.
    """
    if open_cents is None:
        return UNKNOWN
    if cents == open_cents:
        return EXACT
    return PARTIAL if cents < open_cents else OVER
