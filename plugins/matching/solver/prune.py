"""What can be decided before any search: pools that never bind, options that never win."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from marketplace.contract.values import Option

if TYPE_CHECKING:
    from .relations import Relations

SCAN = 160  # how many options others are compared with; pruning less is still exact
ROUNDS = 8  # without an option its relations go, and more can be pruned
COMPARED = 3_000_000  # and how many comparisons that may come to


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

    def twin(self) -> Item:
        """The same option for another model: each model numbers its items itself."""
        other = Item.__new__(Item)
        other.id, other.value, other.gross, other.hours = (
            self.id,
            self.value,
            self.gross,
            self.hours,
        )
        other.source, other.subs, other.rank, other.bit = self.source, self.subs, self.rank, 0
        other.needs, other.mask = self.needs, self.mask
        return other

    @property
    def least_net(self) -> int:
        """The price when every pool still pays in full."""
        return self.gross - sum(self.subs)


def fold_pools(items: list[Item], pools: Mapping[str, int]) -> tuple[int, ...]:
    """Take off the price what pools pay that cannot bind; return the caps of the other pools.

    A pool cannot bind when the largest subsidy of each need together stays within its cap.
    """
    if not pools:
        return ()
    aided = [item for item in items if item.source]
    largest: dict[str, dict[int, int]] = {pool: {} for pool in pools}
    for item in aided:
        key = item.needs[0] if item.needs else ~item.rank
        for pool, subsidy in item.source.items():
            if subsidy > largest[pool].get(key, 0):
                largest[pool][key] = subsidy
    folded = {pool for pool, cap in pools.items() if sum(largest[pool].values()) <= cap}
    binding = [pool for pool in sorted(pools) if pool not in folded and pools[pool] > 0]
    for item in aided:
        source = item.source
        for pool, subsidy in source.items():
            if pool in folded:
                item.gross -= subsidy
        if binding:
            subs = tuple([source.get(pool, 0) for pool in binding])
            item.subs = subs if any(subs) else ()
    return tuple([pools[pool] for pool in binding])


def prune(
    items: list[Item],
    relations: Relations,
    caps: tuple[int, ...],
    net: int,
    hours: int,
    must: int,
) -> tuple[list[Item], int]:
    """The items that may be in a best choice, and by how much a choice can fall in net price."""
    slack = slack_of(items, relations)
    dead = beyond(items, caps, net + slack, hours)
    for _ in range(ROUNDS):
        relations.drop(dead)
        if dead:
            items = [item for item in items if item.id not in dead]
        kept = undominated(items, relations, must, {})
        if len(kept) == len(items):
            return items, slack
        kept_ids = {item.id for item in kept}
        dead = {item.id for item in items if item.id not in kept_ids}
        if not relations.touches(dead):
            return kept, slack
    relations.drop(dead)
    return [item for item in items if item.id not in dead], slack


def beyond(items: list[Item], caps: tuple[int, ...], net: int, hours: int) -> set[str]:
    """The items that cost more by themselves."""
    return {
        item.id
        for item in items
        if item.hours > hours or (item.gross > net and net_of(item, caps) > net)
    }


def slack_of(items: list[Item], relations: Relations) -> int:
    """How far at most the price of a choice falls by choosing more."""
    lowest: dict[int, int] = {}
    for item in items:
        if item.gross < 0 or item.subs:
            least = item.least_net
            key = item.needs[0] if item.needs else ~item.rank
            if least < lowest.get(key, 0):
                lowest[key] = least
    return -sum(lowest.values()) + sum(max(0, -pair.gross) for pair in relations.pairs)


def net_of(item: Item, caps: tuple[int, ...]) -> int:
    """The price of an item by itself."""
    return item.gross - sum(map(min, item.subs, caps))


def undominated(
    items: list[Item], relations: Relations, must: int, beaten: dict[str, Item | None]
) -> list[Item]:
    """The items that no other beats. Items come and go in order of merit, so the better are first.

    ``beaten`` gets the others, each with the item that beats it; None stands for leaving the item
    out, where that is as good.
    """
    wanted, tied = relations.wanted, relations.tied
    fronts: dict[int, list[Item]] = {}
    kept: list[Item] = []
    most = min(SCAN, 1 + COMPARED // (1 + len(items)))
    for item in items:
        mask = item.mask
        front = fronts.get(mask)
        if front is None:
            front = fronts[mask] = []
        if item.id not in wanted:
            if item.value <= 0 and _idle(item, must):
                beaten[item.id] = None
                continue
            by = _beating(item, front) if front else None
            if by is None and len(item.needs) > 1 and not mask & must:
                by = _beating(item, [i for at in item.needs for i in fronts.get(1 << at, ())])
            if by is not None:
                beaten[item.id] = by
                continue
        kept.append(item)
        if mask and item.id not in tied and len(front) < most:
            front.append(item)
    return kept


def merit(item: Item) -> tuple[int, int, int, int]:
    """Sorts the items with the most value first, then the cheapest, shortest and first in order."""
    return -item.value, item.gross, item.hours, item.rank


def _idle(item: Item, must: int) -> bool:
    """Whether leaving an item without value out is never worse."""
    return not item.mask & must and item.least_net >= 0


def _beating(item: Item, others: list[Item]) -> Item | None:
    """The first of the others that in the place of the item is as good in every pool state."""
    value, gross, hours, subs = item.value, item.gross, item.hours, item.subs
    for other in others:
        if other.hours > hours or other.gross > gross or other.value < value:
            continue
        least = other.gross + aid_lost(subs, other.subs) if subs else other.gross
        if least < gross or (
            least == gross
            and (other.value > value or other.hours < hours or other.rank < item.rank)
        ):
            return other
    return None


def aid_lost(subs: tuple[int, ...], other: tuple[int, ...]) -> int:
    """What the pools may pay for one option and not for another."""
    if not other:
        return sum(subs)
    return sum([mine - yours for mine, yours in zip(subs, other, strict=True) if mine > yours])
