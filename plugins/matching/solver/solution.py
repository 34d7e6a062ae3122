"""What a solve gives back: a choice with its figures."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.contract.values import Problem

from .model import Model
from .search import Found
from .tree import Items


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


@dataclass(frozen=True, slots=True)
class Step:
    """From ``net_cents`` of budget on, ``value`` is the best there is, reached by ``chosen``.

    When ``optimal`` is false, more value may be had before the next step.
    """

    net_cents: int
    value: int
    chosen: tuple[str, ...]
    hours: int
    optimal: bool


def step_of(found: Solution) -> Step:
    """The step at which a bundle comes within reach."""
    return Step(found.net_cents, found.value, found.chosen, found.hours, found.optimal)


def describe(problem: Problem, model: Model, found: Found) -> Solution:
    """The figures of what was found, counted again from the problem itself."""
    ids = {item.id for item in found.items or ()}
    value, net, hours = figures(problem, ids)
    bound = value if found.optimal else max(value, value_bound(model, found.ceiling))
    return Solution(tuple(sorted(ids)), value, net, hours, found.optimal, bound)


def value_bound(model: Model, ceiling: int) -> int:
    """The most value of any choice, when value counts first and no score exceeds the ceiling."""
    goal = model.goal
    spent = goal.net * max(0, model.net_limit) + goal.hours * model.hours_limit
    return (ceiling + spent) // goal.value


def floor_of(model: Model, ceiling: int, resource: str) -> int:
    """The least net price or hours of any choice, when that counts first and scores are bounded."""
    goal = model.goal
    if resource == "net_cents":
        return -((ceiling + goal.hours * model.hours_limit) // goal.net)
    return -((ceiling + goal.net * model.net_limit) // goal.hours)


def totals(model: Model, items: Items) -> tuple[int, int, int]:
    """Value, net price in cents and hours of some items of a model."""
    chosen = sum([item.bit for item in items])
    value = sum([item.value for item in items])
    net = sum([item.gross for item in items])
    for a, b, worth, gross in model.links.pairs:
        if chosen >> a & chosen >> b & 1:
            value += worth
            net += gross
    for pool, cap in enumerate(model.caps):
        net -= min(cap, sum([item.subs[pool] for item in items if item.subs]))
    return value, net, sum([item.hours for item in items])


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
