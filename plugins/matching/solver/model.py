"""The problem as the search sees it: integer columns, needs as bits, relations as bit masks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from marketplace.contract.values import Problem

from .prune import Item, beyond, fold_pools, merit, prune, slack_of
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
    by_level: list[list[Item]] = field(default_factory=list)


@dataclass(slots=True)
class Stock:
    """The options of a problem as items in order of merit; ``caps`` are of pools that can bind.

    The items of a ``shared`` stock are also those of another.
    """

    levels: Mapping[str, int]
    items: list[Item]
    caps: tuple[int, ...]
    relations: Relations
    shared: bool = False

    @classmethod
    def of(cls, problem: Problem, order: Sequence[str] | None = None) -> Stock:
        """The stock of a problem. ``order`` is the tie order of option ids (default: sorted)."""
        levels = {need: index for index, need in enumerate(sorted(problem.needs))}
        items = _items(problem, levels, order)
        caps = fold_pools(items, problem.pools)
        items.sort(key=merit)
        return cls(levels, items, caps, Relations.of(problem))

    def mask(self, needs: Iterable[str]) -> int:
        """Needs as the bits of their levels."""
        return sum({1 << self.levels[need] for need in needs})

    def prune(self, limits: Limits) -> int:
        """Leave out what is never in a best choice; returns how far a price can fall."""
        self.items, slack = prune(
            self.items, self.relations, self.caps, limits.net, limits.hours, limits.must
        )
        return slack

    def fit(self, limits: Limits) -> int:
        """Leave out only what costs too much by itself; returns how far a price can fall."""
        slack = slack_of(self.items, self.relations)
        dead = beyond(self.items, self.caps, limits.net + slack, limits.hours)
        self.relations.drop(dead)
        self.items = [item for item in self.items if item.id not in dead]
        return slack

    def part(self, items: Sequence[Item]) -> Stock:
        """The stock of some of these items, less those that require one left out."""
        relations = self.relations.copy()
        if relations.tied and len(items) < len(self.items):
            left_out = {item.id for item in self.items}.difference([item.id for item in items])
            relations.drop(left_out)
            items = [item for item in items if item.id not in left_out]
        return Stock(self.levels, list(items), self.caps, relations, shared=True)

    def own(self) -> list[Item]:
        """The items in tie order, free to be changed."""
        ranked = sorted(self.items, key=_rank)
        return [item.twin() for item in ranked] if self.shared else ranked


@dataclass(frozen=True, slots=True)
class Limits:
    """What a choice may cost, the levels it must cover as bits, and the figure that counts first.

    ``first`` is ``value``, ``net_cents`` or ``hours``.
    """

    net: int
    hours: int
    must: int = 0
    first: str = "value"

    @classmethod
    def of(cls, problem: Problem) -> Limits:
        """The budget of a problem."""
        return cls(problem.budget.net_cents, problem.budget.hours)


def build(stock: Stock, limits: Limits, slack: int) -> Model:
    """The model of a stock, which is used up by it unless that is shared.

    ``slack`` is how far a price can fall (prune.py).
    """
    items, relations = stock.own(), stock.relations
    depth = _seat(items, len(stock.levels))
    nets, hours = limits.net + slack + 1, limits.hours + 1
    model = Model(
        items=items,
        levels=depth,
        net_limit=limits.net,
        hours_limit=limits.hours,
        caps=stock.caps,
        slack=slack,
        goal=_goal(items, relations.pairs, nets, hours, limits.first),
        links=close(items, depth, relations),
        must=limits.must,
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


def _rank(item: Item) -> int:
    return item.rank


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
