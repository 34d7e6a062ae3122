"""The best value for every budget at once, as the steps at which it changes."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.contract.values import Problem

from .analysis import Analysis
from .solution import Step


def curve(
    problem: Problem, order: Sequence[str] | None = None, *, percent: int = 125
) -> tuple[Step, ...]:
    """The steps of value against money, lowest first, up to ``percent`` of the money budget.

    The hours stay those of the problem. Each bundle has the lowest price of its value, so the next
    step down is the best bundle for one cent less.
    """
    return Analysis(problem, order).curve(percent)
