"""Everything an advice asks about one problem, from options that are pruned once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from marketplace.contract.values import Problem

from .answer import NOTHING, best_within
from .choices import MOST, Choices, work
from .forced import Forced, force, without_limit
from .model import Limits, Stock
from .prune import Item, undominated
from .searches import Searches
from .solution import Solution, Step
from .verdicts import Verdict, Verdicts


class Analysis:
    """The best bundle of a problem and all that is told beside it.

    ``order`` is the tie order of all option ids (default: sorted). The options that no other beats
    whatever the budget are found once. When their choices are few, all are listed (choices.py) and
    each question is a look at that list; otherwise each question is a search (searches.py).
    """

    def __init__(self, problem: Problem, order: Sequence[str] | None = None) -> None:
        self._problem = problem
        self._limits = Limits.of(problem)
        self._free = without_limit(problem)
        self._stock = stock = Stock.of(problem, order)
        self._beaten: dict[str, Item | None] = {}
        every_need = (1 << len(stock.levels)) - 1
        kept = undominated(list(stock.items), stock.relations, every_need, self._beaten)
        relations = stock.relations.copy()
        relations.drop(set(self._beaten))
        self._kept = Stock(stock.levels, kept, stock.caps, relations)
        self._choices: Choices | Searches
        if work(self._kept) <= MOST:
            self._choices = Choices(self._kept)
        else:
            self._choices = Searches(problem, self._kept)

    @cached_property
    def best(self) -> Solution:
        """The best bundle within the budget, as ``solve`` finds it."""
        return self._choices.best(self._limits) or NOTHING

    def curve(self, percent: int = 125) -> tuple[Step, ...]:
        """The steps of value against money, lowest first, up to ``percent`` of the money budget.

        The hours stay those of the problem. Each bundle has the lowest price of its value.
        """
        limits = replace(self._limits, net=self._limits.net * percent // 100)
        return tuple(reversed(self._choices.steps(limits)))

    def covering(self, needs: Collection[str], first: str = "value") -> Solution | None:
        """The best bundle within the budget that covers all of these needs; None: there is none.

        ``first`` counts before the other figures: ``value``, ``net_cents`` or ``hours``.
        """
        must = self._stock.mask(needs)
        return self._choices.best(replace(self._limits, must=must, first=first))

    def forced(self, needs: Collection[str], resource: str = "net_cents") -> Forced | None:
        """The least more of one resource with which all of these needs are covered (forced.py)."""
        limits = replace(self._limits, must=self._stock.mask(needs))
        return force(self._choices.best, limits, self._free, resource)

    def without_ceiling(self) -> Solution:
        """The best bundle when neither money nor hours count as a limit."""
        return self._choices.best(self._free) or NOTHING

    def among(self, options: Collection[str]) -> Solution:
        """The best bundle within the budget of these options alone."""
        allowed = options if isinstance(options, (set, frozenset)) else set(options)
        if allowed.issuperset(self.best.chosen):
            return self.best
        items = [item for item in self._kept.items if item.id in allowed]
        for item in self._stock.items:
            if item.id in self._beaten and item.id in allowed:
                by = self._beaten[item.id]
                if by is not None and by.id not in allowed:
                    items.append(item)
        items.sort(key=lambda item: item.rank)
        found = best_within(self._problem, self._stock.part(items), self._limits)
        return found or NOTHING

    def revalued(self, worth: Mapping[str, int], needs: Collection[str]) -> Solution | None:
        """The best bundle that covers these needs when every option is worth something else.

        ``worth`` has a value for every option; pairs keep their price and are worth nothing.
        """
        stock = self._stock.part(self._stock.items)
        for item in stock.items:
            item.value = worth[item.id]
        stock.relations.pairs = [replace(pair, value=0) for pair in stock.relations.pairs]
        limits = replace(self._limits, must=stock.mask(needs))
        return best_within(self._problem, stock, limits)

    def verdicts(self) -> Mapping[str, Verdict]:
        """Why each option that is not in the best bundle is not, in tie order (verdicts.py)."""
        return Verdicts(
            self._problem, self._stock, self._kept, self._beaten, self.best, self._choices
        ).all()
