"""The search for the best choice: depth first while that is quick, then by layers of labels.

Most problems are small enough to be done with the free bound before prices are even looked for.
With priced resources, depth first goes in passes over a growing gap: when a pass finds a choice
that is no further below the bound than its gap, nothing better exists; otherwise the next gap is
twice as wide. Where that takes too long, labels.py goes on, and stops at a budget with a proven
ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass

from .bound import find_bound, free_bound
from .labels import NARROWEST, sweep
from .model import Model
from .prune import Item
from .tree import Items, Node, Tree, items_of, lowest

AT_ONCE = 250  # work with the free bound
FEW = 5_000  # options up to which that is tried
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


def search(model: Model, effort: int = 100) -> Found:
    """The best choice of a model. ``effort`` is the percentage of the budgets that may be spent."""
    quick = None
    if len(model.items) <= FEW:
        quick = Tree(model, free_bound(model))
        if _depth_first(quick, quick.bound.top - quick.best, AT_ONCE, quick.root()) == quick.best:
            return _found(quick, quick.best)
    tree = Tree(model, find_bound(model))
    if quick is not None:
        tree.best, tree.tie, tree.chosen = quick.best, quick.tie, quick.chosen
    first = max(1, abs(tree.bound.top) >> FIRST_PASS)
    ceiling = _depth_first(tree, first, DEPTH_FIRST * effort // 100, tree.root())
    # where a layer never holds more than a few labels, a second sweep is no wider than the first
    narrow = NARROWEST * sum([len(rows) for rows in tree.frame[1]]) > BUDGET // 10
    for budget in (BUDGET // 10,) if narrow else (BUDGET // 10, BUDGET):
        if ceiling > tree.best:
            ceiling = min(ceiling, sweep(tree, budget * effort // 100))
    return _found(tree, ceiling)


def search_with(tree: Tree, item: Item, allowance: int) -> Found:
    """The best choice with this item in it, within an allowance of work."""
    tree.best, tree.tie, tree.chosen = lowest(tree.model), 0, None
    tree.gap = tree.bound.top - tree.best
    node = tree.choose(item)
    if node is None:
        return _found(tree, tree.best)
    tree.weigh(node)
    first = node[2] + max(1, abs(tree.bound.top) >> FIRST_PASS)
    ceiling = _depth_first(tree, first, tree.work + allowance, node)
    return _found(tree, min(ceiling, tree.bound.top - node[2]))


def _found(tree: Tree, ceiling: int) -> Found:
    items = None if tree.chosen is None else items_of(tree.chosen)
    return Found(items, tree.best, max(ceiling, tree.best), tree.work)


def _depth_first(tree: Tree, limit: int, most: int, root: Node) -> int:
    """Search in passes, the first with a gap of ``limit``; returns a score that nothing exceeds."""
    top = tree.bound.top
    ceiling = top
    try:
        while True:
            tree.gap = min(limit, top - tree.best)
            _visit(tree, root, most)
            if top - tree.best <= limit:
                return tree.best
            ceiling = top - limit - 1
            limit = max(1, 2 * limit)
    except _Exhausted:
        return ceiling


def _visit(tree: Tree, node: Node, most: int) -> None:
    if tree.work > most:
        raise _Exhausted
    for following in tree.open(node):
        _visit(tree, following, most)
