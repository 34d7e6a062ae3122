"""The tree of choices: one level after another is covered by an option or left uncovered.

A node carries what its choices lose against the bound. Only children whose loss fits in the gap
are opened; they come least loss first, so opening stops at the first that does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

from .bound import Bound
from .model import Model
from .prune import Item
from .relations import ranks

Items: TypeAlias = tuple[Item, ...]
Chain: TypeAlias = tuple[Any, ...]  # (items, the chain before) or ()
# value, gross, hours, what the pools pay, what is drawn from each, the loss where one is full
Sums: TypeAlias = tuple[int, int, int, int, tuple[int, ...], int]
State: TypeAlias = tuple[int, int]  # the related items that are chosen, and the impossible ones
Node: TypeAlias = tuple[int, int, int, Sums, State, Chain]  # place, covered levels, loss
# loss, levels, value, gross, hours, subsidies, items, and which relations follow from it
Row: TypeAlias = tuple[int, int, int, int, int, tuple[int, ...], Items, int]
NEVER: Row = (1 << 1000, 0, 0, 0, 0, (), (), 0)


class Tree:
    """The choices of one model, the gap they have to fit in, and the best one met so far.

    ``work`` counts what has been opened, in steps of roughly equal time.
    """

    def __init__(self, model: Model, bound: Bound) -> None:
        self.model = model
        self.bound = bound
        self.work = len(model.items) // 8
        self.toll = 1 + len(model.caps) // 4  # with many pools a step takes longer
        self.best = lowest(model) if model.must else 0
        self.chosen: Chain | None = None if model.must else ()
        self.tie = 0
        self.gap = 0
        self.order = _order(model, bound)
        self.after: dict[tuple[int, int, int, int], tuple[Row, State]] = {}
        self.penalties: dict[int, list[int]] = {}
        self.pairs: dict[int, list[tuple[int, int, int]]] = {}
        for a, b, value, gross in model.links.pairs:
            self.pairs.setdefault(a, []).append((b, value, gross))
            self.pairs.setdefault(b, []).append((a, value, gross))
        for index, (chosen, impossible, _) in enumerate(bound.penalties):
            for rank in ranks(chosen | impossible):
                self.penalties.setdefault(rank, []).append(index)
        self.punished = sum([1 << rank for rank in self.penalties])
        self.frame = (
            [1 << level for level in self.order],
            _rows(model, bound, self.order),
            _net_limits(model, self.order),
            model.hours_limit,
        )

    def root(self) -> Node:
        """The node before any choice."""
        start = self.model.links.start
        sums = (0, 0, 0, 0, (0,) * len(self.model.caps), 0)
        return 0, 0, self._penalty((0, 0), (0, start)), sums, (0, start), ()

    def choose(self, item: Item) -> Node | None:
        """The node after choosing one item first; None when it takes too many hours or never can.

        Its price is not looked at: later choices may bring it down.
        """
        _, covered, lost, sums, state, _ = self.root()
        row = self.row_of.get(item.rank)
        if row is None:
            return None
        if row[7]:
            row, state = self._follow(row, state)
        loss, mask, value, gross, hours, subs, items, _ = row
        if loss >= NEVER[0] or hours > self.model.hours_limit:
            return None
        aid, drawn, spilt = self._draw(sums[4], subs) if subs else (0, sums[4], 0)
        figures = (value, gross, hours, aid, drawn, spilt)
        return 0, covered | mask, lost + loss + spilt, figures, state, (items, ())

    @cached_property
    def row_of(self) -> dict[int, Row]:
        """The row of each item that can be chosen, by its rank."""
        return {row[6][0].rank: row for rows in self.frame[1] for row in rows if row[6]}

    def weigh(self, node: Node) -> None:
        """Keep what a node has chosen when it is the best so far."""
        self._weigh(node[3], node[5])

    def open(self, node: Node) -> Iterator[Node]:
        """The children of a node that fit in the gap; a node without a level left is weighed."""
        at, covered, lost, sums, state, chain = node
        bits, levels, net_limits, hours_limit = self.frame
        self.work += self.toll
        while at < len(bits) and covered & bits[at]:
            at += 1
        if at == len(bits):
            return self._weigh(sums, chain)
        value, gross, hours, paid, drawn, spilt = sums
        room = self.gap - lost
        net_limit = net_limits[at + 1]
        looked_at = 0
        for row in levels[at]:
            if row[0] > room:
                break
            looked_at += 1
            after = state
            if row[7]:
                row, after = self._follow(row, state)
            loss, mask, worth, price, time, subs, items, _ = row
            if loss > room or covered & mask or hours + time > hours_limit:
                continue
            aid, filled, spill = self._draw(drawn, subs) if subs else (paid, drawn, spilt)
            loss += spill - spilt
            if loss <= room and gross + price - aid <= net_limit:
                following = (value + worth, gross + price, hours + time, aid, filled, spill)
                link = (items, chain) if items else chain
                yield at + 1, covered | mask, lost + loss, following, after, link
                room = self.gap - lost
        self.work += looked_at * self.toll >> 2
        return None

    def _draw(
        self, drawn: tuple[int, ...], subs: tuple[int, ...]
    ) -> tuple[int, tuple[int, ...], int]:
        """What all pools pay after a draw, how much is drawn, and the loss where one is full."""
        filled = tuple(map(int.__add__, drawn, subs))
        caps = self.model.caps
        aid = sum(map(min, filled, caps))
        spilt = 0
        if aid < sum(filled):
            for amount, cap, price in zip(filled, caps, self.bound.prices.pools, strict=True):
                if amount > cap:
                    spilt += price * (amount - cap)
        return aid, filled, spilt

    def _weigh(self, sums: Sums, chain: Chain) -> None:
        """Keep a complete choice when it is the best so far; ties go to the lowest bits."""
        goal = self.model.goal
        net = sums[1] - sums[3]
        score = goal.value * sums[0] - goal.net * net - goal.hours * sums[2]
        if net > self.model.net_limit or score < self.best:
            return
        if score > self.best or self.chosen is None or tie_of(chain) < self.tie:
            self.best, self.tie, self.chosen = score, tie_of(chain), chain
            self.gap = min(self.gap, self.bound.top - score)

    def _follow(self, row: Row, state: State) -> tuple[Row, State]:
        """The row with its prerequisites and the relations after it; NEVER when impossible."""
        key = (*state, row[1], row[7])
        found = self.after.get(key)
        if found is None:
            found = self.after[key] = self._consequence(row, state)
        return found

    def _consequence(self, row: Row, state: State) -> tuple[Row, State]:
        links, losses = self.model.links, self.bound.losses
        self.work += 3
        loss, mask, value, gross, hours, subs, items, _ = row
        inside, outside = state
        if items:
            rank = items[0].rank
            if outside >> rank & 1:
                return NEVER, state
            inside |= links.inside[rank]
            outside |= links.outside[rank]
            for at in ranks(links.inside[rank] & ~state[0] & ~items[0].bit):
                other = self.model.items[at]
                loss += losses[at]
                mask |= other.mask
                value += other.value
                gross += other.gross
                hours += other.hours
                subs = _added(subs, other.subs)
                items += (other,)
        else:
            outside |= links.left_out[mask.bit_length() - 1]
        if inside & outside:
            return NEVER, state
        for worth, price in self._completed(state[0], inside):
            value += worth
            gross += price
        loss += self._penalty(state, (inside, outside))
        return (loss, mask, value, gross, hours, subs, items, 0), (inside, outside)

    def _completed(self, before: int, inside: int) -> list[tuple[int, int]]:
        """Value and price of the pairs of which both ends are chosen now and were not before."""
        completed = []
        for rank in ranks(inside & ~before):
            for other, worth, price in self.pairs.get(rank, ()):
                # a pair between two new items is met at both ends and counted at the higher
                if inside >> other & 1 and (before >> other & 1 or other < rank):
                    completed.append((worth, price))
        return completed

    def _penalty(self, before: State, after: State) -> int:
        """What the relations lose that are broken now and were not before."""
        inside, outside = after
        lost = 0
        changed = ranks((inside & ~before[0] | outside & ~before[1]) & self.punished)
        touched = {index for rank in changed for index in self.penalties[rank]}
        self.work += 1 + len(changed) // 2 + len(touched) // 2
        for index in touched:
            chosen, impossible, loss = self.bound.penalties[index]
            if inside & chosen == chosen and outside & impossible == impossible:
                lost += loss
        return lost


def tie_of(chain: Chain) -> int:
    """The chosen items as bits in tie order."""
    return sum([item.bit for item in items_of(chain)])


def items_of(chain: Chain) -> Items:
    """The items of a chain."""
    found: Items = ()
    while chain:
        found += chain[0]
        chain = chain[1]
    return found


def lowest(model: Model) -> int:
    """A score below that of every choice."""
    goal = model.goal
    score = -1
    for item in model.items:
        score -= goal.value * abs(item.value) + goal.net * abs(item.gross)
        score -= goal.hours * item.hours
    for _, _, value, gross in model.links.pairs:
        score -= goal.value * abs(value) + goal.net * abs(gross)
    return score


def _order(model: Model, bound: Bound) -> list[int]:
    """Levels with the dearest second choice first: they leave the fewest branches."""

    def second(level: int) -> int:
        losses = [bound.losses[item.rank] for item in model.by_level[level]]
        return sorted([*losses, bound.uncovered[level]])[1] if losses else 0

    return sorted(range(model.levels), key=lambda level: (-second(level), level))


def _rows(model: Model, bound: Bound, order: list[int]) -> list[list[Row]]:
    """Per level in search order what can be chosen there, least loss first."""
    place = {level: index for index, level in enumerate(order)}
    rows: list[list[Row]] = [[] for _ in order]
    links = model.links
    for item in links.live:
        related = 1 + item.rank if links.inside[item.rank] or links.outside[item.rank] else 0
        loss = bound.losses[item.rank]
        at = min([place[level] for level in item.needs])
        rows[at].append(
            (loss, item.mask, item.value, item.gross, item.hours, item.subs, (item,), related)
        )
    for level, at in place.items():
        if not model.must >> level & 1:
            related = -1 if links.left_out[level] else 0
            rows[at].append((bound.uncovered[level], 1 << level, 0, 0, 0, (), (), related))
        rows[at].sort(key=lambda row: (row[0], row[6][0].rank if row[6] else -1))
    return rows


def _net_limits(model: Model, order: list[int]) -> list[int]:
    """Per place the net price from which the levels still open can come down to the limit."""
    place = {level: at for at, level in enumerate(order)}
    first = [min([place[level] for level in item.needs]) for item in model.items]
    falls = [max(0, -item.least_net) for item in model.items]
    for a, b, _, gross in model.links.pairs:
        if gross < 0:
            falls[a if first[a] > first[b] else b] -= gross
    limits = [model.net_limit] * (len(order) + 1)
    deepest = [0] * len(order)
    for item in model.links.live:
        deepest[first[item.rank]] = max(deepest[first[item.rank]], falls[item.rank])
    for at in reversed(range(len(order))):
        limits[at] = limits[at + 1] + deepest[at]
    return limits


def _added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(int.__add__, one, other)) if one and other else one or other
