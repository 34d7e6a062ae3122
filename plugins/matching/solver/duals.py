"""Prices for the shared resources: the dual of the linear relaxation, by column generation.

Each resource (money, hours, one row per pool that can bind) gets a price. With the resources
priced, every need chooses alone; the sum of what the needs choose bounds every real choice. The
prices with the lowest bound are those of the linear relaxation of the multiple-choice knapsack.
They are found in floating point, which costs nothing: *any* prices give a valid bound, and the
bound itself is computed in integers (bound.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter, mul

from .model import Model
from .simplex import Master

Row = tuple[float, int, int, tuple[int, ...], tuple[int, ...]]  # score, gross, hours, subs, levels

ROUNDS = 40
WORK = 200_000  # rows that are looked at in all rounds together
FEWEST = 4
EXACT = 1e-3  # prices this near to the best ones are as good for pruning
COVERED: Row = (0.0, 0, 0, (), ())  # a level that a row of another level covers


@dataclass(frozen=True, slots=True)
class Prices:
    """Score per cent of net price, per hour, and per cent of subsidy of each binding pool."""

    net: int
    hours: int
    pools: tuple[int, ...]


@dataclass(slots=True)
class Rows:
    """The relaxed problem: rows by level, rows over several levels, and what pairs may add."""

    single: list[list[Row]]
    several: list[Row] = field(default_factory=list)
    pairs: list[tuple[float, int]] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)


def find_prices(model: Model, rows: Rows) -> Prices:
    """Nearly the best prices; the search for them stops after ``ROUNDS`` relaxed choices."""
    goal = model.goal
    limits = [float(model.net_limit), float(model.hours_limit)] + [0.0] * len(model.caps)
    master = Master(limits, sum(rows.floor))
    lowest = float("inf")
    found = [0.0] * len(limits)
    count = 1 + len(rows.several) + sum([len(single) for single in rows.single])
    for _ in range(min(ROUNDS, max(FEWEST, WORK // (count * (1 + len(model.caps) // 4))))):
        y = master.prices()
        worth = y.pop()
        relaxed, score, column = _relaxed(model, rows, y)
        bound = relaxed + y[0] * limits[0] + y[1] * limits[1]
        if bound < lowest:
            lowest, found = bound, y
        gain = score - sum(map(float.__mul__, y, column)) - worth
        if gain <= EXACT * abs(bound) or not master.enter([*column, 1.0], score):
            break
    net = goal.net + int(found[0])
    return Prices(net, goal.hours + int(found[1]), tuple([min(net, int(t)) for t in found[2:]]))


def _relaxed(model: Model, rows: Rows, y: list[float]) -> tuple[float, float, list[float]]:
    """The bound at these prices, and the relaxed choice: its score and what it uses."""
    goal, caps = model.goal, model.caps
    net_price, hour_price, pool_prices = goal.net + y[0], goal.hours + y[1], y[2:]
    worth, chosen = _choose(rows, net_price, hour_price, pool_prices)
    if rows.several:
        worth = _add_several(rows.several, worth, chosen, net_price, hour_price, pool_prices)
    bound = sum(worth)
    score = sum([row[0] if row else low for row, low in zip(chosen, rows.floor, strict=True)])
    taken = [row for row in chosen if row]
    gross = sum(map(itemgetter(1), taken))
    hours = sum(map(itemgetter(2), taken))
    for value, price in rows.pairs:
        extra = value - net_price * price
        if extra > 0:
            bound += extra
            score += value
            gross += price
    drawn = [cap if net_price > price else 0 for cap, price in zip(caps, pool_prices, strict=True)]
    use = [float(amount) for amount in drawn]
    for index, amount in enumerate(drawn):
        bound += (net_price - pool_prices[index]) * amount
        use[index] -= sum([row[3][index] for row in taken if row[3]])
    net = gross - sum(drawn)
    return bound, score - goal.net * net - goal.hours * hours, [float(net), float(hours), *use]


def _choose(
    rows: Rows, net_price: float, hour_price: float, pool_prices: list[float]
) -> tuple[list[float], list[Row | None]]:
    """Per level the best single row and its worth; None stands for leaving it uncovered."""
    worths: list[float] = []
    chosen: list[Row | None] = []
    for options, floor in zip(rows.single, rows.floor, strict=True):
        best, taken = floor, None
        for row in options:
            worth = row[0] - net_price * row[1] - hour_price * row[2]
            if row[3]:
                worth += sum(map(mul, pool_prices, row[3]))
            if worth > best:
                best, taken = worth, row
        worths.append(best)
        chosen.append(taken)
    return worths, chosen


def _add_several(
    several: list[Row],
    worth: list[float],
    chosen: list[Row | None],
    net_price: float,
    hour_price: float,
    pool_prices: list[float],
) -> list[float]:
    """Raise the worth of levels until no row over several levels is worth more than its levels."""
    over: list[tuple[float, int, Row]] = []
    for index, row in enumerate(several):
        own = row[0] - net_price * row[1] - hour_price * row[2]
        if row[3]:
            own += sum(map(mul, pool_prices, row[3]))
        if own > sum([worth[level] for level in row[4]]):
            over.append((own - sum([worth[level] for level in row[4]]), index, row))
    raised = list(worth)
    covered: set[int] = set()
    for excess, _, row in sorted(over, reverse=True):
        more = excess - sum([raised[level] - worth[level] for level in row[4]])
        if more > 0:
            raised[row[4][0]] += more
        if covered.isdisjoint(row[4]):
            covered.update(row[4])
            for level in row[4]:
                chosen[level] = COVERED
            chosen[row[4][0]] = row
    return raised
