"""The questions about a problem too large to list: a search for each, over options pruned once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from marketplace.contract.values import Problem

from .answer import best_within
from .bound import find_bound
from .choices import Choices, listed
from .model import Limits, Stock, build
from .search import Found, search, search_with
from .solution import Solution, Step, describe, floor_of, step_of, totals, value_bound
from .tree import Tree

STEPS = 400_000  # work for all steps of a curve
EACH = 100_000  # work for the bundles with one option each, all together
ONE = 10_000  # and for one of them


class Searches:
    """Answers the same questions as choices.py; an answer it cannot prove says so."""

    def __init__(self, problem: Problem, stock: Stock) -> None:
        self._problem = problem
        self._stock = stock
        self._trees: dict[Limits, Tree] = {}
        self._lists: dict[Limits, Choices | None] = {}
        self._left = EACH

    def best(self, limits: Limits) -> Solution | None:
        """The best choice within the limits; None: there is none."""
        return best_within(self._problem, self._stock.part(self._stock.items), limits)

    def steps(self, limits: Limits) -> list[Step]:
        """The best choice at every net price up to the limit, the dearest first."""
        stock = self._stock.part(self._stock.items)
        model = build(stock, limits, stock.prune(limits))
        found: list[Step] = []
        left, limit = STEPS, limits.net
        while limit >= 0:
            answer = search(replace(model, net_limit=limit))
            left -= answer.work
            found.append(step_of(describe(self._problem, model, answer)))
            limit = found[-1].net_cents - 1
            if left < 0 <= limit:
                free = self.best(replace(limits, net=0))
                return [*found, replace(step_of(free), optimal=False)] if free else found
        return found

    def with_each(
        self, options: Sequence[str], limits: Limits
    ) -> dict[str, tuple[int, int, int] | int | None]:
        """Per option the figures of the best choice with it; None: there is none.

        Past the budget of work (``EACH``) it is only a value that no choice with it exceeds.
        """
        found: dict[str, tuple[int, int, int] | int | None] = {}
        for option in options:
            tree, answer = self._with(option, limits)
            if answer is None or (answer.items is None and answer.optimal):
                found[option] = None
            elif answer.optimal:
                found[option] = totals(tree.model, answer.items or ())
            else:
                found[option] = value_bound(tree.model, answer.ceiling)
        return found

    def around(self, options: Sequence[str]) -> Searches:
        """The same for these options, without what never makes a choice with them cheaper.

        What does is whatever costs less than nothing with all its aid, or has a pair that does;
        and what all these require.
        """
        relations = self._stock.relations
        wanted = {item.id for item in self._stock.items if item.least_net < 0}.union(options)
        wanted.update(end for pair in relations.pairs if pair.gross < 0 for end in (pair.a, pair.b))
        before = 0
        while len(wanted) != before:
            before = len(wanted)
            wanted.update(b for a, b in relations.requires if a in wanted)
        items = [item for item in self._stock.items if item.id in wanted]
        return Searches(self._problem, self._stock.part(items))

    def least(self, option: str, limits: Limits) -> tuple[int, bool] | None:
        """The least of the resource that counts first, with this option, and whether it is exact.

        When it is not, nothing less is possible. None: no amount will do.
        """
        first = limits.first
        choices = self._list(replace(limits, first="value"))
        if choices is not None:
            figure = choices.least(option, first)
            return None if figure is None else (figure, True)
        tree, answer = self._with(option, limits)
        if answer is None or (answer.items is None and answer.optimal):
            return None
        if answer.optimal:
            _, net, hours = totals(tree.model, answer.items or ())
            return (net if first == "net_cents" else hours), True
        return floor_of(tree.model, answer.ceiling, first), False

    def _with(self, option: str, limits: Limits) -> tuple[Tree, Found | None]:
        """The best choice with an option in it; None when it cannot be chosen at all."""
        tree = self._tree(limits)
        item = next((item for item in tree.model.items if item.id == option), None)
        if item is None:
            return tree, None
        before = tree.work
        found = search_with(tree, item, min(ONE, max(0, self._left)))
        self._left -= tree.work - before
        return tree, found

    def _list(self, limits: Limits) -> Choices | None:
        """All choices within the limits, when these are few."""
        if limits not in self._lists:
            self._lists[limits] = listed(self._stock, limits)
        return self._lists[limits]

    def _tree(self, limits: Limits) -> Tree:
        tree = self._trees.get(limits)
        if tree is None:
            stock = self._stock.part(self._stock.items)
            model = build(stock, limits, stock.fit(limits))
            tree = self._trees[limits] = Tree(model, find_bound(model))
        return tree
