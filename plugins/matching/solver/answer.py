"""The exact best bundle of a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.contract.values import Problem

from .model import Model, build
from .search import Found, search


@dataclass(frozen=True, slots=True)
class Solution:
    """A choice of option ids, sorted, with its value, net price in cents and hours.

    ``optimal`` tells whether it is proven that nothing is better. When it is not, no choice has a
    value above ``value_bound``.
    """

    chosen: tuple[str, ...]
    value: int
    net_cents: int
    hours: int
    optimal: bool
    value_bound: int


def solve(problem: Problem, order: Sequence[str] | None = None, *, effort: int = 100) -> Solution:
    """The bundle with the greatest value, then the lowest net price, then the fewest hours.

    ``order`` is the tie order of all option ids (default: sorted). Of bundles that still tie, the
    one wins that lacks the last option, in that order, on which the two differ. ``effort`` is
    the percentage of the usual budget of work; only past that the answer may be other than optimal,
    and then it says so.
    """
    model = build(problem, order)
    return describe(problem, model, search(model, effort))


def describe(problem: Problem, model: Model, found: Found) -> Solution:
    """The figures of what was found, counted again from the problem itself."""
    ids = {item.id for item in found.items or ()}
    value, net, hours = figures(problem, ids)
    bound = value
    if not found.optimal:
        goal = model.goal
        spent = goal.net * max(0, model.net_limit) + goal.hours * model.hours_limit
        bound = max(value, (found.ceiling + spent) // goal.value)
    return Solution(tuple(sorted(ids)), value, net, hours, found.optimal, bound)


def figures(problem: Problem, chosen: set[str]) -> tuple[int, int, int]:
    """Value, net price in cents and hours of a set of option ids."""
    value = net = hours = 0
    drawn = dict.fromkeys(problem.pools, 0)
    for option in problem.options:
        if option.id in chosen:
            value += option.value
            net += option.gross_cents
            hours += option.hours
            for pool, cents in option.subsidy_cents.items():
                drawn[pool] += cents
    for pair in problem.pairs:
        if pair.a in chosen and pair.b in chosen:
            value += pair.value
            net += pair.gross_cents
    net -= sum(min(cents, problem.pools[pool]) for pool, cents in drawn.items())
    return value, net, hours
