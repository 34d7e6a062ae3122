"""What another budget would change: the plan in hand beside the one that would be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from marketplace.advice import plans
from marketplace.advice.page import Reader, Stored


@dataclass(frozen=True, slots=True)
class Preview:
    """The new plan in figures, and the offers that come and go; amounts in cents."""

    covered: Sequence[str]
    uncovered: Sequence[str]
    total: int
    net_cents: int
    budget_cents: int
    hours: int
    hours_budget: int
    difference: str
    comes: Sequence[str]
    goes: Sequence[str]
    proof: str
    unchanged: bool


def changes(old: Reader, new: Reader) -> Preview:
    """What the new document changes in the old one."""
    before, after = plans.chosen(old.bundle), plans.chosen(new.bundle)
    covered = plans.covered(new.bundle)
    budget = cast(Stored, new.request["budget"])
    comes = [str(new.titles[after[one]]["title"]) for one in after if one not in before]
    goes = [str(old.titles[before[one]]["title"]) for one in before if one not in after]
    return Preview(
        covered=[new.need_text(need) for need in new.needs if need in covered],
        uncovered=[new.need_text(need) for need in new.needs if need not in covered],
        total=len(new.needs),
        net_cents=cast(int, new.bundle["net_cents"]),
        budget_cents=cast(int, budget["net_cents"]),
        hours=cast(int, new.bundle["hours"]),
        hours_budget=cast(int, budget["hours"]),
        difference=plans.between(old.bundle, new.bundle),
        comes=comes,
        goes=goes,
        proof=plans.proof(new),
        unchanged=not comes and not goes and budget == old.request["budget"],
    )
