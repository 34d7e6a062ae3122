"""Which of many offers for the same needs can be part of a best plan at all.

One offer makes another superfluous when it is worth as much, takes no more hours and costs no more
than the other would after all the aid it could get. Replacing the other by it then breaks no
ceiling and loses nothing, whatever the pools still pay: docs/matching.md has the proof.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import neg


def front(
    lot: Callable[[int], str],
    worth: Sequence[int],
    cost: Sequence[int],
    hours: Sequence[int],
    least: Sequence[int],
    scarce: Sequence[int],
) -> tuple[list[int], dict[int, int]]:
    """The places of what can win, ascending, and for each other place who beats it.

    ``least`` is the lowest net price aid can bring, in cents. A ``scarce`` offer (not 0) pushes
    none out: it can be had once only. Of true equals the first by ``lot`` stays.
    """
    kept: list[int] = []
    beaten: dict[int, int] = {}
    prices: list[int] = []  # of those kept: ascending, with ever fewer hours
    efforts: list[int] = []
    places: list[int] = []
    order = sorted(zip(map(neg, worth), cost, hours, range(len(cost)), strict=True))
    for minus, price, effort, place in order:
        at = bisect_right(prices, least[place]) - 1
        if at >= 0 and efforts[at] <= effort:
            rival = places[at]
            equal = efforts[at] == effort and prices[at] == price and worth[rival] == -minus
            if not equal or lot(rival) < lot(place):
                beaten[place] = rival
                continue
        kept.append(place)
        if not scarce[place]:
            _step(prices, efforts, places, (price, effort, place))
    kept.sort()
    return kept, beaten


def _step(
    prices: list[int], efforts: list[int], places: list[int], one: tuple[int, int, int]
) -> None:
    """Put one in the stair, and take out what it makes superfluous there."""
    price, effort, place = one
    at = bisect_left(prices, price)
    if at and efforts[at - 1] <= effort:
        return
    end = at
    while end < len(prices) and efforts[end] >= effort:
        end += 1
    prices[at:end], efforts[at:end], places[at:end] = [price], [effort], [place]
