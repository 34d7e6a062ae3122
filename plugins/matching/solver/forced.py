"""What it takes to cover certain needs: the least more money, or the least more hours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from marketplace.contract.values import Problem

from .answer import best_within
from .model import Limits, Stock
from .solution import Solution

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
    stock = Stock.of(problem, order)
    limits = replace(Limits.of(problem), must=stock.mask(need_ids), first=first)
    return best_within(problem, stock, limits)


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
    stock = Stock.of(problem, order)
    limits = replace(Limits.of(problem), must=stock.mask(need_ids))

    def best(limits: Limits) -> Solution | None:
        return best_within(problem, stock.part(stock.items), limits)

    return force(best, limits, without_limit(problem), resource)


def force(
    best: Callable[[Limits], Solution | None], limits: Limits, free: Limits, resource: str
) -> Forced | None:
    """The least more of one resource with which there is a choice; ``free`` limits nothing."""
    if resource not in RESOURCES:
        raise ValueError(f"{resource} is not a resource")
    if resource == "net_cents":
        least = best(replace(limits, net=free.net, first=resource))
    else:
        least = best(replace(limits, hours=free.hours, first=resource))
    if least is None:
        return None
    net, hours = max(limits.net, least.net_cents), max(limits.hours, least.hours)
    raised = best(replace(limits, net=net, hours=hours)) or least
    return Forced(resource, net - limits.net + hours - limits.hours, raised, least.optimal)


def without_limit(problem: Problem) -> Limits:
    """Limits that no choice exceeds."""
    prices = [option.gross_cents for option in problem.options]
    prices += [pair.gross_cents for pair in problem.pairs]
    money = sum([price for price in prices if price > 0])
    return Limits(
        problem.budget.net_cents + money,
        problem.budget.hours + sum([option.hours for option in problem.options]),
    )
