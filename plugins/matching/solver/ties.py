"""Multipliers of the relations: they move worth between options so that the bound comes down.

``requires [a, b]`` may take worth from a and give it to b; ``excludes`` may take as much from both
at once and put it in the bound; the gain of a pair is laid on its two ends. Whatever is moved, the
bound stays valid; moving within the slack of an option costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from .duals import Prices
from .model import Model
from .prune import Item

SWEEPS = 2


@dataclass(slots=True)
class Ties:
    """One multiplier per relation (two per pair), in score; none is negative."""

    requires: list[int]
    excludes: list[int]
    pairs: list[tuple[int, int]]

    @classmethod
    def none(cls, model: Model) -> Ties:
        """All multipliers zero."""
        links = model.links
        return cls(
            [0] * len(links.requires), [0] * len(links.excludes), [(0, 0)] * len(links.pairs)
        )

    def __bool__(self) -> bool:
        return bool(self.requires or self.excludes or self.pairs)

    def shifts(self, model: Model) -> list[int]:
        """What the multipliers add to the score of each item, by rank."""
        shifts = [0] * len(model.items)
        links = model.links
        for (a, b), much in zip(links.requires, self.requires, strict=True):
            shifts[a] -= much
            shifts[b] += much
        for (a, b), much in zip(links.excludes, self.excludes, strict=True):
            shifts[a] -= much
            shifts[b] -= much
        for (a, b, _, _), (on_a, on_b) in zip(links.pairs, self.pairs, strict=True):
            shifts[a] += on_a
            shifts[b] += on_b
        return shifts

    def penalties(self, model: Model, prices: Prices) -> tuple[list[tuple[int, int, int]], int]:
        """What is lost when a relation is broken, and what the relations add to the bound."""
        links = model.links
        rest = sum(self.excludes)
        rows: list[tuple[int, int, int]] = []
        for (a, b), much in zip(links.requires, self.requires, strict=True):
            rows.append((1 << b, 1 << a, much))
        for (a, b), much in zip(links.excludes, self.excludes, strict=True):
            rows.append((0, 1 << a | 1 << b, much))
        for (a, b, value, gross), (on_a, on_b) in zip(links.pairs, self.pairs, strict=True):
            extra = max(0, model.goal.value * value - prices.net * gross - on_a - on_b)
            rest += extra
            rows.append((0, 1 << a, extra))
            rows.append((1 << a, 1 << b, extra + on_a))
            rows.append((1 << b, 1 << a, on_b))
        return [row for row in rows if row[2]], rest


def reduced_scores(model: Model, prices: Prices) -> list[int]:
    """The score of each item less what it uses at these prices, by rank."""
    weight, net, hours, pools = model.goal.value, prices.net, prices.hours, prices.pools
    scores = [0] * len(model.items)
    for item in model.links.live:
        score = item.value * weight - net * item.gross - hours * item.hours
        if item.subs:
            score += sum(map(int.__mul__, pools, item.subs))
        scores[item.rank] = score
    return scores


def worth_of_levels(model: Model, scores: list[int], floor: list[int]) -> list[int]:
    """The least worth per level such that no item is worth more than the levels it covers."""
    worths = list(floor)
    several: list[Item] = []
    for item in model.links.live:
        if len(item.needs) == 1:
            level = item.needs[0]
            if scores[item.rank] > worths[level]:
                worths[level] = scores[item.rank]
        else:
            several.append(item)
    raised: list[int] = []
    for item in sorted(several, key=lambda item: (-excess(item, scores, worths), item.rank)):
        more = excess(item, scores, worths)
        if more > 0:
            raised.append(item.needs[0])
            worths[item.needs[0]] += more
    for level in raised:
        worths[level] = needed(model, level, scores, worths, floor)
    return worths


def excess(item: Item, scores: list[int], worths: list[int]) -> int:
    """By how much an item is worth more than the levels it covers."""
    more = scores[item.rank]
    for level in item.needs:
        more -= worths[level]
    return more


def needed(
    model: Model,
    level: int,
    scores: list[int],
    worths: list[int],
    floor: list[int],
    but: int = -1,
) -> int:
    """The least worth of one level while the others keep theirs, an item left aside."""
    least = floor[level]
    for item in model.by_level[level]:
        if item.rank != but:
            worth = scores[item.rank]
            if len(item.needs) > 1:
                for other in item.needs:
                    if other != level:
                        worth -= worths[other]
            if worth > least:
                least = worth
    return least


def spread(model: Model, prices: Prices, floor: list[int]) -> Ties:
    """Multipliers that bring the bound down at these prices, by a few sweeps over the relations."""
    table = _Table(model, prices, floor)
    for _ in range(SWEEPS):
        for index, (a, b) in enumerate(model.links.excludes):
            table.exclude(index, a, b)
        for index, pair in enumerate(model.links.pairs):
            table.pair(index, *pair)
        for index, (a, b) in enumerate(model.links.requires):
            table.require(index, a, b)
    return table.ties


class _Table:
    """The reduced scores and worths that the sweeps keep up to date."""

    def __init__(self, model: Model, prices: Prices, floor: list[int]) -> None:
        self.model = model
        self.prices = prices
        self.floor = floor
        self.live = {item.rank for item in model.links.live}
        self.ties = Ties.none(model)
        self.scores = reduced_scores(model, prices)
        self.worths = worth_of_levels(model, self.scores, floor)

    def _slack(self, rank: int) -> int:
        return -excess(self.model.items[rank], self.scores, self.worths)

    def _settle(self, rank: int) -> None:
        for level in self.model.items[rank].needs:
            self.worths[level] = needed(self.model, level, self.scores, self.worths, self.floor)

    def _lead(self, rank: int) -> tuple[int, int]:
        """How far an item is ahead of all others of one of its levels, and that level."""
        if self._slack(rank) > 0:
            return 0, -1
        return max(
            (
                self.worths[level]
                - needed(self.model, level, self.scores, self.worths, self.floor, rank),
                level,
            )
            for level in self.model.items[rank].needs
        )

    def exclude(self, index: int, a: int, b: int) -> None:
        """Lower both ends while both are ahead of the rest."""
        if a in self.live and b in self.live:
            self._move(a, self.ties.excludes[index])
            self._move(b, self.ties.excludes[index])
            much = min(self._lead(a)[0], self._lead(b)[0])
            self.ties.excludes[index] = much
            self._move(a, -much)
            self._move(b, -much)

    def pair(self, index: int, a: int, b: int, value: int, gross: int) -> None:
        """Lay the gain of a pair on its ends, within their slack and in proportion to it."""
        gain = self.model.goal.value * value - self.prices.net * gross
        if gain <= 0 or a not in self.live or b not in self.live:
            return
        on_a, on_b = self.ties.pairs[index]
        self._move(a, -on_a)
        self._move(b, -on_b)
        slack_a, slack_b = self._slack(a), self._slack(b)
        if slack_a + slack_b > gain:
            slack_a = gain * slack_a // (slack_a + slack_b)
            slack_b = gain - slack_a
        self.ties.pairs[index] = slack_a, slack_b
        self.scores[a] += slack_a
        self.scores[b] += slack_b

    def require(self, index: int, a: int, b: int) -> None:
        """Give worth of the dependent option to its prerequisite, as far as that has slack."""
        if a not in self.live or b not in self.live:
            return
        much = self.ties.requires[index]
        self._move(a, much)
        self._move(b, -much)
        slack_a, slack_b = self._slack(a), self._slack(b)
        much = max(0, (slack_b - slack_a) // 2, min(self._lead(a)[0], slack_b))
        self.ties.requires[index] = much
        self.scores[b] += much
        self._move(a, -much)

    def _move(self, rank: int, much: int) -> None:
        if much:
            self.scores[rank] += much
            self._settle(rank)
