"""The books of one payment: four accounts whose balances follow from where it stands.

A transaction is the difference between two standings, so it sums to zero whatever happened.
"""

from __future__ import annotations

from collections.abc import Mapping

from .states import Standing

ACCOUNTS = ("claim", "sales", "money", "contested", "losses")
"""What the employer owes (below zero: what we owe), what was sold, what we hold, what a bank
holds back in a dispute, what was lost in one. Cents; a debit is positive."""

EMPTY: Mapping[str, int] = dict.fromkeys(ACCOUNTS, 0)


def balances(standing: Standing) -> Mapping[str, int]:
    """The balance of each account; together zero.

    A refund first gives back what was paid too much; the rest of it undoes the sale.
    """
    too_much = max(0, standing.paid_cents - standing.owed_cents)
    given_back = min(standing.refunded_cents, too_much)
    undone = standing.refunded_cents - given_back
    held_back = standing.contested_cents + standing.lost_cents
    return {
        "claim": standing.owed_cents - standing.paid_cents + given_back,
        "sales": undone - standing.owed_cents,
        "money": standing.paid_cents - standing.refunded_cents - held_back,
        "contested": standing.contested_cents,
        "losses": standing.lost_cents,
    }


def entries(before: Mapping[str, int], after: Mapping[str, int]) -> Mapping[str, int]:
    """What to write so that the balances become ``after``; accounts that stay are left out."""
    moved = {account: after[account] - before[account] for account in ACCOUNTS}
    return {account: cents for account, cents in moved.items() if cents}
