"""A revised simplex for a handful of rows: the master problem of the column generation."""

from __future__ import annotations

TINY = 1e-11


class Master:
    """Mixes relaxed choices so that each resource row stays within its limit.

    One row per resource and a last row that makes the weights of the choices add up to one. The
    empty choice and the unused resources are the first basis, so there is always a solution.
    """

    def __init__(self, limits: list[float], empty_score: float) -> None:
        self.resources = len(limits)
        self.size = size = len(limits) + 1
        self.inverse = [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)]
        self.amounts = [*limits, 1.0]
        self.scores = [0.0] * len(limits) + [empty_score]

    def prices(self) -> list[float]:
        """The price of each resource, none below zero, and the worth of the last row."""
        for _ in range(2 * self.size):
            y = self._prices()
            lowest = min(range(self.resources), key=y.__getitem__)
            if y[lowest] >= -TINY * max(1.0, abs(y[-1])):
                break
            unit = [0.0] * self.size
            unit[lowest] = 1.0
            if not self.enter(unit, 0.0):
                break
        return [max(0.0, price) for price in y[:-1]] + [y[-1]]

    def _prices(self) -> list[float]:
        y = [0.0] * self.size
        for score, row in zip(self.scores, self.inverse, strict=True):
            if score:
                for j, x in enumerate(row):
                    y[j] += score * x
        return y

    def enter(self, column: list[float], score: float) -> bool:
        """Take a column into the basis; False when no row limits it."""
        steps = [sum(map(float.__mul__, row, column)) for row in self.inverse]
        leaving, amount = -1, 0.0
        for i, step in enumerate(steps):
            if step > TINY:
                most = self.amounts[i] / step
                if leaving < 0 or most < amount:
                    leaving, amount = i, most
        if leaving < 0:
            return False
        pivot = steps[leaving]
        base = [x / pivot for x in self.inverse[leaving]]
        for i, step in enumerate(steps):
            if step and i != leaving:
                self.inverse[i] = [x - step * b for x, b in zip(self.inverse[i], base, strict=True)]
                self.amounts[i] -= step * amount
        self.inverse[leaving] = base
        self.amounts[leaving] = amount
        self.scores[leaving] = score
        return True
