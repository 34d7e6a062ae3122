"""What can be decided before any search: pools that never bind, options that never win."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from marketplace.contract.values import Option

if TYPE_CHECKING:
    from .relations import Relations

SCAN = 160  # how many better options one option is compared with; pruning less is still exact


class Item:
    """One option as integers; ``gross`` has the subsidy of pools that cannot bind taken off."""

    __slots__ = ("bit", "gross", "hours", "id", "mask", "needs", "rank", "source", "subs", "value")

    def __init__(self, option: Option, levels: Mapping[str, int]) -> None:
        self.id = option.id
        self.value = option.value
        self.gross = option.gross_cents
        self.hours = option.hours
        self.source: Mapping[str, int] = option.subsidy_cents
        self.subs: tuple[int, ...] = ()
        self.rank = 0
        self.bit = 0
        if len(option.needs) == 1:
            level = levels[option.needs[0]]
            self.needs: tuple[int, ...] = (level,)
            self.mask = 1 << level
        else:
            self.needs = tuple(sorted({levels[need] for need in option.needs}))
            self.mask = sum(1 << level for level in self.needs)

    @property
    def least_net(self) -> int:
        """The price when every pool still pays in full."""
        return self.gross - sum(self.subs)


def fold_pools(
    items: list[Item], pools: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Take off the price what pools pay that cannot bind; return the other pools and their caps.

    A pool cannot bind when the largest subsidy of each need together stays within its cap.
    """
    aided = [item for item in items if item.source]
    binding: list[str] = []
    folded: set[str] = set()
    for pool in sorted(pools):
        cap = pools[pool]
        largest: dict[int, int] = {}
        for item in aided:
            subsidy = item.source.get(pool, 0)
            key = item.needs[0] if item.needs else ~id(item)
            if subsidy > largest.get(key, 0):
                largest[key] = subsidy
        if sum(largest.values()) <= cap:
            folded.add(pool)
        elif cap > 0:
            binding.append(pool)
    for item in aided:
        source = item.source
        for pool in source:
            if pool in folded:
                item.gross -= source[pool]
        if binding:
            subs = tuple([source.get(pool, 0) for pool in binding])
            item.subs = subs if any(subs) else ()
    return tuple(binding), tuple(pools[pool] for pool in binding)


def prune(
    items: list[Item],
    relations: Relations,
    caps: tuple[int, ...],
    net: int,
    hours: int,
    must: int,
) -> tuple[list[Item], int]:
    """The items that may be in a best choice, and by how much a choice can fall in net price."""
    slack = _slack(items, relations)
    dead = {
        item.id
        for item in items
        if item.hours > hours or (item.gross > net + slack and _net(item, caps) > net + slack)
    }
    while True:
        relations.drop(dead)
        if dead:
            items = [item for item in items if item.id not in dead]
        kept = _undominated(items, relations, must)
        if len(kept) == len(items):
            return items, slack
        kept_ids = {item.id for item in kept}
        dead = {item.id for item in items if item.id not in kept_ids}
        if not relations.touches(dead):
            return kept, slack


def _slack(items: list[Item], relations: Relations) -> int:
    lowest: dict[int, int] = {}
    for item in items:
        if item.gross < 0 or item.subs:
            least = item.least_net
            key = item.needs[0] if item.needs else ~id(item)
            if least < lowest.get(key, 0):
                lowest[key] = least
    return -sum(lowest.values()) + sum(max(0, -pair.gross) for pair in relations.pairs)


def _net(item: Item, caps: tuple[int, ...]) -> int:
    return item.gross - sum(map(min, item.subs, caps))


def _undominated(items: list[Item], relations: Relations, must: int) -> list[Item]:
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item.mask, []).append(item)
    fronts: dict[int, list[Item]] = {}
    kept: list[Item] = []
    for mask in sorted(groups, key=lambda mask: (mask.bit_count(), mask)):
        group = groups[mask]
        if len(group) > 1:
            group.sort(key=lambda item: (-item.value, item.gross, item.hours, item.rank))
        rivals: list[Item] = []
        if mask.bit_count() > 1 and not mask & must:
            for level in group[0].needs:
                rivals += fronts.get(1 << level, ())
        front: list[Item] = []
        fronts[mask] = front
        for item in group:
            if item.id in relations.wanted:
                kept.append(item)
            elif _idle(item, must) or (mask and _beaten(item, rivals, front)):
                continue
            else:
                kept.append(item)
            if item.id not in relations.tied:
                front.append(item)
    kept.sort(key=lambda item: item.rank)
    return kept


def _idle(item: Item, must: int) -> bool:
    """Whether leaving the item out is never worse."""
    return item.value <= 0 and not item.mask & must and item.least_net >= 0


def _beaten(item: Item, rivals: Iterable[Item], front: list[Item]) -> bool:
    return any(_beats(other, item) for other in rivals if other.value >= item.value) or any(
        _beats(other, item) for other in front[:SCAN]
    )


def _beats(other: Item, item: Item) -> bool:
    """Whether ``other`` in the place of ``item`` is as good in every pool state, ties included."""
    if other.hours > item.hours or other.gross > item.gross:
        return False
    least = other.gross
    if item.subs:
        if other.subs:
            for mine, yours in zip(item.subs, other.subs, strict=True):
                if mine > yours:
                    least += mine - yours
        else:
            least += sum(item.subs)
    if least > item.gross:
        return False
    sure = other.value > item.value or least < item.gross or other.hours < item.hours
    return sure or other.rank < item.rank
