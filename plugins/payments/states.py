"""Where a payment stands, as a pure function of what is known. Money is euro cents.

Messages come late, twice and in any order. So nothing here counts messages: what is known of an
attempt, a refund or a dispute only ever moves up its rank, amounts are sums over distinct
references, and the state follows from the whole. Any order of the same facts ends the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

MONEY = frozenset({"paid", "partially_refunded", "refunded", "disputed", "lost"})
OPEN = frozenset({"created", "pending", "processing", "failed", "expired"})
"""States in which the employer can still choose how to pay."""

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "created": MONEY | {"free", "pending", "processing", "failed", "expired", "cancelled"},
    "free": MONEY | {"cancelled"},
    "pending": MONEY | {"processing", "failed", "expired", "cancelled"},
    "processing": MONEY | {"failed", "pending", "cancelled"},
    "failed": MONEY | {"pending", "processing", "expired", "cancelled"},
    "expired": MONEY | {"pending", "processing", "failed", "cancelled"},
    "cancelled": MONEY,
    "paid": frozenset({"partially_refunded", "refunded", "disputed", "lost"}),
    "partially_refunded": frozenset({"paid", "refunded", "disputed", "lost"}),
    "refunded": frozenset({"paid", "partially_refunded", "disputed", "lost"}),
    "disputed": frozenset({"paid", "partially_refunded", "refunded", "lost"}),
    "lost": frozenset({"disputed"}),
}
"""State → the states it may become. Whatever else is asked is logged and changes nothing."""

ATTEMPT_RANK: Mapping[str, int] = {
    "open": 0,
    "processing": 1,
    "failed": 2,
    "expired": 2,
    "withdrawn": 3,
    "paid": 4,
}
REFUND_RANK: Mapping[str, int] = {"asked": 0, "pending": 1, "done": 2, "failed": 3}
DISPUTE_RANK: Mapping[str, int] = {"open": 0, "won": 1, "lost": 1}
"""What is known never moves to a lower rank, nor to another word of the same rank."""

STATE_OF_ATTEMPT: Mapping[str | None, str] = {
    None: "created",
    "open": "pending",
    "processing": "processing",
    "failed": "failed",
    "expired": "expired",
    "withdrawn": "expired",
    "paid": "pending",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that decides the state; ``attempt`` is the status of the latest one."""

    amount_cents: int
    state: str = "created"
    cancelled: bool = False
    attempt: str | None = None
    paid_cents: int = 0
    refunded_cents: int = 0
    contested_cents: int = 0
    lost_cents: int = 0

    @property
    def owed_cents(self) -> int:
        """What the order costs now: nothing once it is cancelled."""
        return 0 if self.cancelled else self.amount_cents


@dataclass(frozen=True, slots=True)
class Outcome:
    """The standing afterwards; ``flags`` name what a person must look at."""

    standing: Standing
    flags: tuple[str, ...] = ()
    illegal: str | None = None


SETTLED: tuple[tuple[str, Callable[[Standing], bool]], ...] = (
    ("disputed", lambda one: one.contested_cents > 0),
    ("lost", lambda one: one.lost_cents > 0),
    ("refunded", lambda one: 0 < one.paid_cents <= one.refunded_cents),
    ("partially_refunded", lambda one: one.refunded_cents > 0),
    ("paid", lambda one: one.paid_cents > 0 and one.paid_cents >= one.owed_cents),
)
"""The first that holds is the state of a payment that money has reached."""


def later(ranks: Mapping[str, int], known: str, seen: str) -> str:
    """The word that stands after seeing another: the one of the higher rank, else the known."""
    return seen if ranks[seen] > ranks[known] else known


def state_of(standing: Standing) -> str:
    """The state that follows from what is known."""
    for state, holds in SETTLED:
        if holds(standing):
            return state
    if standing.cancelled:
        return "cancelled"
    return STATE_OF_ATTEMPT[standing.attempt] if standing.amount_cents else "free"


def apply(before: Standing, seen: Standing) -> Outcome:
    """Where a payment stands once this is known; ``seen.state`` is not looked at.

    Amounts are always kept, also when the table forbids the step: money is never dropped.
    """
    wanted = state_of(seen)
    is_legal = wanted == before.state or wanted in TRANSITIONS[before.state]
    after = replace(seen, state=wanted if is_legal else before.state)
    return Outcome(after, _flags(before, after), None if is_legal else wanted)


def _flags(before: Standing, after: Standing) -> tuple[str, ...]:
    more = after.paid_cents > before.paid_cents
    found = {
        "late": more and (before.cancelled or before.state == "expired"),
        "overpaid": more and not after.cancelled and after.paid_cents > after.amount_cents,
        "cancelled-paid": after.cancelled and not before.cancelled and _held(after) > 0,
        "disputed": after.contested_cents > before.contested_cents,
        "lost": after.lost_cents > before.lost_cents,
        "refund-undone": after.refunded_cents < before.refunded_cents,
    }
    return tuple(name for name, holds in found.items() if holds)


def _held(standing: Standing) -> int:
    return standing.paid_cents - standing.refunded_cents - standing.lost_cents
