"""Everything an advice asks about one problem, from options that are pruned once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from marketplace.contract.values import Problem

from .answer import NOTHING, best_within
from .choices import listed
from .forced import Forced, force, without_limit
from .model import Limits, Stock
from .prune import Item, merit, undominated
from .searches import Searches
from .solution import Solution, Step
from .verdicts import Settled, Verdict, Verdicts

CURVE = 125  # the percentage of the money budget to which what is asked reaches


class Analysis:
    """The best bundle of a problem and all that is told beside it.

    ``order`` is the tie order of all option ids (default: sorted). The options that no other beats
    whatever the budget are found once. When the choices of these are few, all that are near the
    budget are listed (choices.py) and most questions are a look at that list; otherwise each
    question is a search (searches.py).
    """

    def __init__(self, problem: Problem, order: Sequence[str] | None = None) -> None:
        self._problem = problem
        self._limits = Limits.of(problem)
        self._stock = stock = Stock.of(problem, order)
        self._beaten: dict[str, Item | None] = {}
        every_need = (1 << len(stock.levels)) - 1
        kept = undominated(stock.items, stock.relations, every_need, self._beaten)
        self._kept = stock.part(kept)
        self._searches = Searches(problem, self._kept)
        near = replace(self._limits, net=max(self._limits.net, self._limits.net * CURVE // 100))
        self._source = listed(self._kept, near) or self._searches

    @cached_property
    def _free(self) -> Limits:
        return without_limit(self._problem)

    @cached_property
    def best(self) -> Solution:
        """The best bundle within the budget, as ``solve`` finds it."""
        return self._source.best(self._limits) or NOTHING

    def curve(self, percent: int = CURVE) -> tuple[Step, ...]:
        """The steps of value against money, lowest first, up to ``percent`` of the money budget.

        The hours stay those of the problem. Each bundle has the lowest price of its value.
        """
        limits = replace(self._limits, net=self._limits.net * percent // 100)
        source = self._source if percent <= CURVE else self._searches
        return tuple(reversed(source.steps(limits)))

    def covering(self, needs: Collection[str], first: str = "value") -> Solution | None:
        """The best bundle within the budget that covers all of these needs; None: there is none.

        ``first`` counts before the other figures: ``value``, ``net_cents`` or ``hours``.
        """
        must = self._stock.mask(needs)
        return self._source.best(replace(self._limits, must=must, first=first))

    def forced(self, needs: Collection[str], resource: str = "net_cents") -> Forced | None:
        """The least more of one resource with which all of these needs are covered (forced.py)."""
        limits = replace(self._limits, must=self._stock.mask(needs))
        return force(self._searches.best, limits, self._free, resource)

    def without_ceiling(self) -> Solution:
        """The best bundle when neither money nor hours count as a limit."""
        relations = self._kept.relations
        most: dict[int, int] = {}
        worthy = []
        for item in self._kept.items:
            best = most.setdefault(item.mask, 0 if item.id in relations.tied else item.value)
            if item.value >= best or not item.mask or item.id in relations.wanted:
                worthy.append(item)
        found = best_within(self._problem, self._kept.part(worthy), self._free)
        return found or NOTHING

    def among(self, options: Collection[str]) -> Solution:
        """The best bundle within the budget of these options alone."""
        allowed = options if isinstance(options, (set, frozenset)) else set(options)
        if allowed.issuperset(self.best.chosen):
            return self.best
        items = [item for item in self._stock.items if item.id in allowed]
        items = [item for item in items if not self._beaten_by(item, allowed)]
        found = best_within(self._problem, self._stock.part(items), self._limits)
        return found or NOTHING

    def _beaten_by(self, item: Item, allowed: Collection[str]) -> bool:
        """Whether one of the allowed options beats an item, or leaving it out does."""
        if item.id not in self._beaten:
            return False
        by = self._beaten[item.id]
        return by is None or by.id in allowed

    def revalued(self, worth: Mapping[str, int], needs: Collection[str]) -> Solution | None:
        """The best bundle that covers these needs when every option is worth something else.

        ``worth`` has a value for every option; pairs keep their price and are worth nothing.
        """
        stock = self._stock.part(self._stock.items)
        stock.items = stock.own()
        for item in stock.items:
            item.value = worth[item.id]
        stock.items.sort(key=merit)
        stock.relations.pairs = [replace(pair, value=0) for pair in stock.relations.pairs]
        limits = replace(self._limits, must=stock.mask(needs))
        return best_within(self._problem, stock, limits)

    def verdicts(self) -> Mapping[str, Verdict]:
        """Why each option that is not in the best bundle is not, in tie order (verdicts.py)."""
        settled = Settled(self._stock, self._kept, self._beaten, self._limits, self._free)
        return Verdicts(settled, self.best, self._source, self._searches).all()
