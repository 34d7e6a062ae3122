"""The problem as the search sees it: integer columns, needs as bits, relations as bit masks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from marketplace.contract.values import Problem

from .prune import Item, fold_pools, prune
from .relations import Links, PairRow, Relations, close

MAX_LEVELS = 256


class TooLarge(ValueError):
    """The problem has more needs than the search can stack."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Which of value, net price and hours comes first, as one exact integer per choice.

    The score of a choice is ``value * V - net_cents * N - hours * H``; the weights are so far
    apart that comparing scores is comparing the three figures one after the other.
    """

    value: int
    net: int
    hours: int


@dataclass(slots=True)
class Model:
    """A pruned problem. ``items`` are in tie order; ``caps`` are of pools that can bind."""

    items: list[Item]
    levels: int
    net_limit: int
    hours_limit: int
    caps: tuple[int, ...]
    slack: int
    goal: Goal
    links: Links
    must: int = 0
    pools: tuple[str, ...] = ()
    by_level: list[list[Item]] = field(default_factory=list)


def build(
    problem: Problem,
    order: Sequence[str] | None = None,
    *,
    net_limit: int | None = None,
    hours_limit: int | None = None,
    must: Iterable[str] = (),
    first: str = "value",
) -> Model:
    """The model of a problem. ``order`` is the tie order of option ids (default: sorted).

    ``net_limit`` and ``hours_limit`` replace the budget; ``must`` names needs that have to be
    covered; ``first`` is the figure that counts before the others: value, net_cents or hours.
    """
    levels = {need: index for index, need in enumerate(sorted(problem.needs))}
    items = _items(problem, levels, order)
    pools, caps = fold_pools(items, problem.pools)
    relations = Relations.of(problem)
    forced = sum({1 << levels[need] for need in must})
    net = problem.budget.net_cents if net_limit is None else net_limit
    hours = problem.budget.hours if hours_limit is None else hours_limit
    items, slack = prune(items, relations, caps, net, hours, forced)
    depth = _seat(items, len(levels))
    model = Model(
        items=items,
        levels=depth,
        net_limit=net,
        hours_limit=hours,
        caps=caps,
        slack=slack,
        goal=_goal(items, relations.pairs, net + slack + 1, hours + 1, first),
        links=close(items, depth, relations),
        must=forced,
        pools=pools,
    )
    model.by_level = [[] for _ in range(depth)]
    for item in model.links.live:
        for level in item.needs:
            model.by_level[level].append(item)
    return model


def _items(problem: Problem, levels: Mapping[str, int], order: Sequence[str] | None) -> list[Item]:
    options = problem.options
    if order is None:
        ranked = sorted(options, key=lambda option: option.id)
    else:
        place = {option_id: index for index, option_id in enumerate(order)}
        ranked = sorted(options, key=lambda option: (place[option.id], option.id))
    items = [Item(option, levels) for option in ranked]
    for rank, item in enumerate(items):
        item.rank = rank
    return items


def _seat(items: list[Item], levels: int) -> int:
    """Close the ranks of the items that are left; one without a need gets a level of its own."""
    for rank, item in enumerate(items):
        item.rank = rank
        item.bit = 1 << rank
        if not item.needs:
            item.needs = (levels,)
            item.mask = 1 << levels
            levels += 1
    if levels > MAX_LEVELS:
        raise TooLarge(f"{levels} needs and options without a need, at most {MAX_LEVELS}")
    return levels


def _goal(items: list[Item], pairs: list[PairRow], nets: int, hours: int, first: str) -> Goal:
    if first == "value":
        return Goal(nets * hours, hours, 1)
    values = 1 + sum(abs(item.value) for item in items) + sum(abs(pair.value) for pair in pairs)
    if first == "net_cents":
        return Goal(hours, values * hours, 1)
    if first == "hours":
        return Goal(nets, 1, values * nets)
    raise ValueError(first)
