"""The exact best bundle of a problem."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.contract.values import Problem

from .choices import AT_ONCE, Choices, work
from .model import Limits, Stock, build
from .search import search
from .solution import Solution, describe

NOTHING = Solution((), 0, 0, 0, True, 0)


def solve(problem: Problem, order: Sequence[str] | None = None, *, effort: int = 100) -> Solution:
    """The bundle with the greatest value, then the lowest net price, then the fewest hours.

    ``order`` is the tie order of all option ids (default: sorted). Of bundles that still tie, the
    one wins that lacks the last option, in that order, on which the two differ. ``effort`` is
    the percentage of the usual budget of work; only past that the answer may be other than optimal,
    and then it says so.
    """
    found = best_within(problem, Stock.of(problem, order), Limits.of(problem), effort)
    return found or NOTHING


def best_within(
    problem: Problem, stock: Stock, limits: Limits, effort: int = 100
) -> Solution | None:
    """The best choice of a stock within the limits, which uses the stock up; None: there is none.

    A handful of choices is listed; anything larger is searched.
    """
    slack = stock.prune(limits)
    if work(stock) <= AT_ONCE:
        return Choices(stock, limits).first(limits.first)
    model = build(stock, limits, slack)
    found = search(model, effort)
    return None if found.items is None else describe(problem, model, found)
