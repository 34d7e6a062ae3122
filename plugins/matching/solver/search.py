"""Depth-first search over the needs, fenced in by losses, in passes over a growing gap.

A pass looks only at choices whose losses fit in the gap it was given. When it finds one that is no
further below the bound than that gap, nothing better exists anywhere and the search is over;
otherwise the next pass takes a gap twice as wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from .bound import Bound
from .model import Model
from .prune import Item

VISITS = 250_000
FIRST_PASS = 9  # the first gap is the bound shifted by this many bits

Items: TypeAlias = tuple[Item, ...]
Chain: TypeAlias = tuple[Any, ...]  # (items, the chain before) or ()
Sums: TypeAlias = tuple[int, int, int, int, tuple[int, ...]]  # value, gross, hours, aid, drawn
State: TypeAlias = tuple[int, int, int]  # chosen related items, impossible ones, penalty so far
# loss, levels, value, gross, hours, subsidies, items, and which relations follow from it
Row: TypeAlias = tuple[int, int, int, int, int, tuple[int, ...], Items, int]
NEVER: Row = (1 << 1000, 0, 0, 0, 0, (), (), 0)


class _Exhausted(Exception):
    """The visits are spent."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best choice found, or None where a need that must be covered cannot be.

    ``ceiling`` is a score that nothing exceeds; the choice is optimal when that is its own score.
    """

    items: Items | None
    score: int
    ceiling: int
    visits: int

    @property
    def optimal(self) -> bool:
        """Whether nothing better exists."""
        return self.score >= self.ceiling


class Search:
    """One run over one model."""

    def __init__(self, model: Model, bound: Bound, most: int = VISITS) -> None:
        self.model = model
        self.bound = bound
        self.visits = 0
        self.most = most
        self.gap = 0
        self.best = _lowest(model) if model.must else 0
        self.tie = 0
        self.chosen: Chain | None = None if model.must else ()
        self.after: dict[tuple[int, int, int, int], tuple[Row, State]] = {}
        order = _order(model, bound)
        self.frame = (
            [1 << level for level in order],
            _rows(model, bound, order),
            model.net_limit + model.slack,
            model.hours_limit,
        )

    def run(self) -> Found:
        """Search until the best choice is proven, or the visits are spent."""
        top, start = self.bound.top, self.model.links.start
        state = (0, start, self._penalty(0, start))
        sums = (0, 0, 0, 0, (0,) * len(self.model.caps))
        ceiling = top
        limit = max(1, abs(top) >> FIRST_PASS)
        try:
            while ceiling > self.best:
                self.gap = min(limit, top - self.best)
                self._visit(0, 0, state[2], sums, state, ())
                ceiling = max(self.best, top - limit - 1)
                limit *= 2
        except _Exhausted:
            pass
        items = None if self.chosen is None else _items(self.chosen)
        return Found(items, self.best, ceiling, self.visits)

    def _visit(
        self, at: int, covered: int, lost: int, sums: Sums, state: State, chain: Chain
    ) -> None:
        bits, levels, net_limit, hours_limit = self.frame
        while at < len(bits) and covered & bits[at]:
            at += 1
        if at == len(bits):
            return self._leaf(sums, state, chain)
        self.visits += 1
        if self.visits > self.most:
            raise _Exhausted
        value, gross, hours, paid, drawn = sums
        room = self.gap - lost
        for row in levels[at]:
            if row[0] > room:
                break
            after = state
            if row[7]:
                row, after = self._follow(row, state)
            loss, mask, worth, price, time, subs, items, _ = row
            if loss > room or covered & mask or hours + time > hours_limit:
                continue
            aid, filled, spilt = self._draw(drawn, subs) if subs else (paid, drawn, 0)
            if loss + spilt <= room and gross + price - aid <= net_limit:
                following = (value + worth, gross + price, hours + time, aid, filled)
                link = (items, chain) if items else chain
                self._visit(at + 1, covered | mask, lost + loss, following, after, link)
                room = self.gap - lost
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

    def _leaf(self, sums: Sums, state: State, chain: Chain) -> None:
        model, goal = self.model, self.model.goal
        value, gross, hours, paid, _ = sums
        for a, b, worth, price in model.links.pairs:
            if state[0] >> a & 1 and state[0] >> b & 1:
                value += worth
                gross += price
        net = gross - paid
        score = goal.value * value - goal.net * net - goal.hours * hours
        if net > model.net_limit or score < self.best:
            return
        tie = sum([item.bit for item in _items(chain)])
        if score > self.best or self.chosen is None or tie < self.tie:
            self.best, self.tie, self.chosen = score, tie, chain
            self.gap = min(self.gap, self.bound.top - score)

    def _follow(self, row: Row, state: State) -> tuple[Row, State]:
        """The row with its prerequisites and the relations after it; NEVER when impossible."""
        key = (state[0], state[1], row[1], row[7])
        if key not in self.after:
            self.after[key] = self._consequence(row, state)
        return self.after[key]

    def _consequence(self, row: Row, state: State) -> tuple[Row, State]:
        links, losses = self.model.links, self.bound.losses
        loss, mask, value, gross, hours, subs, items, _ = row
        inside, outside, penalty = state
        if items:
            rank = items[0].rank
            if outside >> rank & 1:
                return NEVER, state
            inside |= links.inside[rank]
            outside |= links.outside[rank]
            for other in links.group.get(rank, ()):
                if other.rank != rank and not state[0] & other.bit:
                    loss += losses[other.rank]
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
        after = self._penalty(inside, outside)
        loss += after - penalty
        return (loss, mask, value, gross, hours, subs, items, 0), (inside, outside, after)

    def _penalty(self, inside: int, outside: int) -> int:
        lost = 0
        for chosen, impossible, loss in self.bound.penalties:
            if inside & chosen == chosen and outside & impossible == impossible:
                lost += loss
        return lost


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


def _lowest(model: Model) -> int:
    """A score below that of every choice."""
    goal = model.goal
    lowest = -1 - sum(
        goal.value * abs(pair[2]) + goal.net * abs(pair[3]) for pair in model.links.pairs
    )
    for item in model.items:
        lowest -= (
            goal.value * abs(item.value) + goal.net * abs(item.gross) + goal.hours * item.hours
        )
    return lowest


def _items(chain: Chain) -> Items:
    found: Items = ()
    while chain:
        found += chain[0]
        chain = chain[1]
    return found


def _added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(int.__add__, one, other)) if one and other else one or other
