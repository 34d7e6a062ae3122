"""A proven upper bound in integers, and the loss of every option against it.

With prices for the resources and multipliers for the relations, every score is at most ``top``
minus the losses of what is chosen, where leaving a need uncovered has a loss too. No loss is
negative, so a choice that beats the best one known consists of options whose losses together fit
in the gap between the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from .duals import Prices, Rows, find_prices
from .model import Model
from .ties import Ties, reduced_scores, spread, worth_of_levels

ROUNDS = 2


@dataclass(slots=True)
class Bound:
    """``top`` bounds every score; ``losses`` are by item rank, ``uncovered`` by level.

    ``penalties`` are (chosen mask, impossible mask, loss): what broken relations lose besides.
    """

    prices: Prices
    top: int
    worths: list[int]
    losses: list[int]
    uncovered: list[int]
    penalties: list[tuple[int, int, int]]


def free_bound(model: Model) -> Bound:
    """The bound with all resources free: weak, and found at once."""
    goal = model.goal
    prices = Prices(goal.net, goal.hours, (goal.net,) * len(model.caps))
    return _bound(model, prices, Ties.none(model), _floor(model))


def find_bound(model: Model) -> Bound:
    """The best bound of a few rounds between resource prices and relation multipliers."""
    floor = _floor(model)
    ties = Ties.none(model)
    bound = _bound(model, find_prices(model, _rows(model, ties, floor)), ties, floor)
    if not ties:
        return bound
    for _ in range(ROUNDS):
        ties = spread(model, bound.prices, floor)
        again = _bound(model, bound.prices, ties, floor)
        if again.top < bound.top:
            bound = again
        prices = find_prices(model, _rows(model, ties, floor))
        again = _bound(model, prices, ties, floor)
        if again.top >= bound.top:
            break
        bound = again
    return bound


def _floor(model: Model) -> list[int]:
    """The score of leaving each level uncovered: zero, or ruinous where it must be covered."""
    if not model.must:
        return [0] * model.levels
    goal = model.goal
    most = sum(goal.value * abs(i.value) + goal.net * abs(i.gross) for i in model.items)
    ruin = -2 * (most + goal.hours * sum(i.hours for i in model.items)) - 1
    return [ruin if model.must >> level & 1 else 0 for level in range(model.levels)]


def _rows(model: Model, ties: Ties, floor: list[int]) -> Rows:
    weight = model.goal.value
    shifts = ties.shifts(model)
    rows = Rows([[] for _ in range(model.levels)], floor=[float(low) for low in floor])
    for item in model.links.live:
        score = float(item.value * weight + shifts[item.rank])
        row = (score, item.gross, item.hours, item.subs, item.needs)
        if len(item.needs) == 1:
            rows.single[item.needs[0]].append(row)
        else:
            rows.several.append(row)
    for (_, _, value, gross), (on_a, on_b) in zip(model.links.pairs, ties.pairs, strict=True):
        rows.pairs.append((float(value * weight - on_a - on_b), gross))
    return rows


def _bound(model: Model, prices: Prices, ties: Ties, floor: list[int]) -> Bound:
    goal = model.goal
    reduced = reduced_scores(model, prices)
    if ties:
        reduced = list(map(int.__add__, reduced, ties.shifts(model)))
    worths = worth_of_levels(model, reduced, floor)
    losses = [0] * len(model.items)
    for item in model.links.live:
        loss = -reduced[item.rank]
        for level in item.needs:
            loss += worths[level]
        losses[item.rank] = loss
    penalties, rest = ties.penalties(model, prices)
    top = sum(worths) + rest
    top += (prices.net - goal.net) * model.net_limit + (
        prices.hours - goal.hours
    ) * model.hours_limit
    top += sum(
        (prices.net - price) * cap for price, cap in zip(prices.pools, model.caps, strict=True)
    )
    uncovered = [worth - low for worth, low in zip(worths, floor, strict=True)]
    return Bound(prices, top, worths, losses, uncovered, penalties)
