"""The best value for every budget at once, as the steps at which it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.contract.values import Problem

from .answer import Solution, describe
from .model import build
from .search import search


@dataclass(frozen=True, slots=True)
class Step:
    """From ``net_cents`` of budget on, ``value`` is the best there is, reached by ``chosen``."""

    net_cents: int
    value: int
    chosen: tuple[str, ...]
    hours: int
    optimal: bool


def curve(
    problem: Problem, order: Sequence[str] | None = None, *, percent: int = 125
) -> tuple[Step, ...]:
    """The steps of value against money, lowest first, up to ``percent`` of the money budget.

    The hours stay those of the problem. Each bundle has the lowest price of its value, so the next
    step down is the best bundle for one cent less.
    """
    limit = problem.budget.net_cents * percent // 100
    steps: list[Step] = []
    while limit >= 0:
        found = _best_within(problem, order, limit)
        steps.append(Step(found.net_cents, found.value, found.chosen, found.hours, found.optimal))
        limit = found.net_cents - 1
    return tuple(reversed(steps))


def _best_within(problem: Problem, order: Sequence[str] | None, limit: int) -> Solution:
    model = build(problem, order, net_limit=limit)
    return describe(problem, model, search(model))
