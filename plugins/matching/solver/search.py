"""The search for the best choice: depth first while that is quick, then by layers of labels.

Depth first goes in passes over a growing gap. When a pass finds a choice that is no further below
the bound than its gap, nothing better exists; otherwise the next gap is twice as wide. Where that
takes too long, labels.py goes on, and stops at a budget with a proven ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass

from .bound import Bound
from .labels import sweep
from .model import Model
from .tree import Items, Node, Tree, items_of

DEPTH_FIRST = 40_000  # work before the labels take over
BUDGET = 120_000  # work for the labels
FIRST_PASS = 9  # the first gap is the bound shifted by this many bits


class _Exhausted(Exception):
    """The work for this part is spent."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best choice found, or None where a need that must be covered cannot be.

    ``ceiling`` is a score that nothing exceeds; the choice is optimal when that is its own score.
    """

    items: Items | None
    score: int
    ceiling: int
    work: int

    @property
    def optimal(self) -> bool:
        """Whether nothing better exists."""
        return self.score >= self.ceiling


def search(
    model: Model, bound: Bound, depth_first: int = DEPTH_FIRST, budget: int = BUDGET
) -> Found:
    """The best choice of a model, proven unless both budgets are spent."""
    tree = Tree(model, bound)
    ceiling = _depth_first(tree, depth_first)
    if ceiling > tree.best:
        ceiling = min(ceiling, sweep(tree, budget // 10))
    if ceiling > tree.best:
        ceiling = min(ceiling, sweep(tree, budget))
    items = None if tree.chosen is None else items_of(tree.chosen)
    return Found(items, tree.best, max(ceiling, tree.best), tree.work)


def _depth_first(tree: Tree, most: int) -> int:
    """Search in passes; returns a score that nothing exceeds."""
    top, root = tree.bound.top, tree.root()
    ceiling = top
    limit = max(1, abs(top) >> FIRST_PASS)
    try:
        while True:
            tree.gap = min(limit, top - tree.best)
            _visit(tree, root, most)
            if top - tree.best <= limit:
                return tree.best
            ceiling = top - limit - 1
            limit *= 2
    except _Exhausted:
        return ceiling


def _visit(tree: Tree, node: Node, most: int) -> None:
    if tree.work > most:
        raise _Exhausted
    for following in tree.open(node):
        _visit(tree, following, most)
