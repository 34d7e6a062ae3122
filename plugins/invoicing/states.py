"""The states of an invoice and of a credit note, and which one follows from the money."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.kit.i18n import lazy_

STATES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"issued", "dropped"}),
    "dropped": frozenset(),
    "issued": frozenset({"sent", "reminded", "partly_paid", "paid", "credited"}),
    "sent": frozenset({"reminded", "partly_paid", "paid", "credited"}),
    "reminded": frozenset({"reminded", "partly_paid", "paid", "credited"}),
    "partly_paid": frozenset({"reminded", "partly_paid", "paid", "credited"}),
    "paid": frozenset({"credited"}),
    "credited": frozenset(),
}
"""State → the states it may become. Nothing leads back to a draft: an issued one never changes."""

WORDS: Mapping[str, tuple[object, str]] = {
    "draft": (lazy_("ontwerp"), "neutral"),
    "dropped": (lazy_("vervallen"), "neutral"),
    "issued": (lazy_("uitgegeven"), "accent"),
    "sent": (lazy_("verstuurd"), "accent"),
    "reminded": (lazy_("herinnerd"), "caution"),
    "partly_paid": (lazy_("deels betaald"), "caution"),
    "paid": (lazy_("betaald"), "ok"),
    "credited": (lazy_("gecrediteerd"), "neutral"),
}
OPEN = frozenset({"issued", "sent", "reminded", "partly_paid"})
"""States in which money is still expected."""


def after_money(state: str, total_cents: int, credited_cents: int, paid_cents: int) -> str:
    """The state that follows from what was paid and credited of the total, all in cents."""
    if credited_cents >= total_cents:
        return "credited"
    if paid_cents + credited_cents >= total_cents:
        return "paid"
    return "partly_paid" if paid_cents else state
