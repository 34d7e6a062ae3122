"""What it takes to cover certain needs: the least more money, or the least more hours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from marketplace.contract.values import Budget, Problem

from .answer import Solution, describe
from .model import build
from .search import search

RESOURCES = ("net_cents", "hours")


@dataclass(frozen=True, slots=True)
class Forced:
    """``more`` cents or hours above the budget cover the needs; ``solution`` is then the best.

    When ``exact`` is false the search ran out of its budget and less might do.
    """

    resource: str
    more: int
    solution: Solution
    exact: bool


def solve_covering(
    problem: Problem,
    need_ids: Collection[str],
    first: str = "value",
    order: Sequence[str] | None = None,
) -> Solution | None:
    """The best bundle within the budget that covers all of these needs; None: there is none.

    ``first`` is the figure that counts before the others: ``value``, ``net_cents`` or ``hours``.
    """
    model = build(problem, order, must=need_ids, first=first)
    found = search(model)
    return None if found.items is None else describe(problem, model, found)


def solve_forced(
    problem: Problem,
    need_ids: Collection[str],
    resource: str = "net_cents",
    order: Sequence[str] | None = None,
) -> Forced | None:
    """The least more of one resource with which all of these needs are covered.

    The other resource stays within its budget. None: no amount of this one can do it. ``resource``
    is ``net_cents`` or ``hours``; the solution is the greatest value within the raised budget.
    """
    if resource not in RESOURCES:
        raise ValueError(f"{resource} is not a resource")
    least = solve_covering(_boundless(problem, resource), need_ids, resource, order)
    if least is None:
        return None
    money, hours = problem.budget.net_cents, problem.budget.hours
    raised = Budget(max(money, least.net_cents), max(hours, least.hours))
    best = solve_covering(replace(problem, budget=raised), need_ids, order=order) or least
    more = raised.net_cents - money + raised.hours - hours
    return Forced(resource, more, best, least.optimal)


def _boundless(problem: Problem, resource: str) -> Problem:
    """The problem with a budget of one resource that no choice exceeds."""
    money, hours = problem.budget.net_cents, problem.budget.hours
    if resource == "net_cents":
        prices = [option.gross_cents for option in problem.options]
        prices += [pair.gross_cents for pair in problem.pairs]
        money += sum(price for price in prices if price > 0)
    else:
        hours += sum(option.hours for option in problem.options)
    return replace(problem, budget=Budget(money, hours))
