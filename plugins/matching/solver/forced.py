"""What it takes to cover certain needs: the least more money, or the least more hours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from marketplace.contract.values import Problem

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
    if resource == "net_cents":
        model = build(problem, order, net_limit=_all_money(problem), must=need_ids, first=resource)
    else:
        model = build(
            problem, order, hours_limit=_all_hours(problem), must=need_ids, first=resource
        )
    found = search(model)
    if found.items is None:
        return None
    least = describe(problem, model, found)
    more_money = max(0, least.net_cents - problem.budget.net_cents)
    more_hours = max(0, least.hours - problem.budget.hours)
    raised = build(
        problem,
        order,
        net_limit=problem.budget.net_cents + more_money,
        hours_limit=problem.budget.hours + more_hours,
        must=need_ids,
    )
    best = describe(problem, raised, search(raised))
    more = more_money if resource == "net_cents" else more_hours
    return Forced(resource, more, best, found.optimal)


def _all_money(problem: Problem) -> int:
    """A budget that no choice exceeds."""
    prices = [option.gross_cents for option in problem.options]
    prices += [pair.gross_cents for pair in problem.pairs]
    return problem.budget.net_cents + sum(price for price in prices if price > 0)


def _all_hours(problem: Problem) -> int:
    return problem.budget.hours + sum(option.hours for option in problem.options)
