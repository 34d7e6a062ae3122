"""Why an option is not in the best bundle: one verdict for each, in figures that code can check.

check.py verifies them from the problem alone; docs/matching.md lists kinds and facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from .model import Limits, Stock
from .prune import Item, aid_lost, slack_of, undominated
from .solution import Solution

DOMINATED, BLOCKED, NOT_BEST = "dominated", "blocked", "not-in-optimum"

Facts = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why ``option`` is not chosen. ``kind``: dominated | blocked | not-in-optimum.

    ``by`` is the option that is better or in the way, if it is one.
    """

    option: str
    kind: str
    by: str | None
    facts: Facts


class Each(Protocol):
    """Where the best choice with an option comes from: choices.py or searches.py."""

    def with_each(self, options: Sequence[str], limits: Limits) -> Mapping[str, Solution | None]:
        """Per option the best choice with it in it; None: there is none."""


class Least(Protocol):
    """Where the least that a choice with an option takes comes from: searches.py."""

    def least(self, option: str, limits: Limits) -> tuple[int, bool] | None:
        """The least of the resource that counts first, with this option, and if it is exact."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The options of a problem, those that are kept, and by which the others are beaten."""

    stock: Stock
    kept: Stock
    beaten: Mapping[str, Item | None]
    limits: Limits
    free: Limits


class Verdicts:
    """Works out the verdicts of one problem."""

    def __init__(self, settled: Settled, best: Solution, each: Each, least: Least) -> None:
        self._limits, self._free = settled.limits, settled.free
        self._stock, kept = settled.stock, settled.kept
        self._beaten = dict(settled.beaten)
        undominated(kept.items, self._stock.relations, 0, self._beaten)
        self._falls = slack_of(kept.items, kept.relations) > 0
        self._best = best
        self._chosen = set(best.chosen)
        self._each, self._least = each, least
        self._items = {item.id: item for item in self._stock.items}

    def all(self) -> dict[str, Verdict]:
        """One verdict for every option that is not chosen."""
        found: dict[str, Verdict] = {}
        rest: list[str] = []
        for item in self._stock.items:
            if item.id in self._beaten:
                found[item.id] = self._dominated(item)
            elif item.id not in self._chosen:
                rest.append(item.id)
        found |= {verdict.option: verdict for verdict in self._blocked(rest)}
        rest = [option for option in rest if option not in found]
        for option, solution in self._each.with_each(rest, self._limits).items():
            if solution is None:
                found[option] = self._beyond(option)
            else:
                found[option] = Verdict(option, NOT_BEST, None, self._regret(solution))
        ranked = sorted(self._stock.items, key=lambda item: item.rank)
        return {item.id: found[item.id] for item in ranked if item.id in found}

    def _dominated(self, item: Item) -> Verdict:
        """By the option at the end of the chain: one that beats may itself be beaten."""
        by = self._beaten[item.id]
        while by is not None and by.id in self._beaten:
            by = self._beaten[by.id]
        facts = {"value": item.value, "net": item.gross, "hours": item.hours}
        if by is None:
            facts = {**facts, "net": item.least_net, "by_value": 0, "by_net": 0, "by_hours": 0}
            return Verdict(item.id, DOMINATED, None, facts)
        net = by.gross + (aid_lost(item.subs, by.subs) if item.subs else 0)
        facts |= {"by_value": by.value, "by_net": net, "by_hours": by.hours}
        return Verdict(item.id, DOMINATED, by.id, facts)

    def _regret(self, solution: Solution) -> Facts:
        """What it costs to have the option after all; or only a bound, where nothing is proven."""
        if not solution.optimal:
            return {"at_most": solution.value_bound}
        facts = {
            "value": solution.value,
            "net_cents": solution.net_cents,
            "hours": solution.hours,
            "regret": self._best.value - solution.value,
        }
        if facts["regret"] == 0:
            facts["net_difference"] = solution.net_cents - self._best.net_cents
            facts["hours_difference"] = solution.hours - self._best.hours
        return facts

    def _blocked(self, options: list[str]) -> Iterator[Verdict]:
        """The options that a relation keeps out, of the problem or beside the chosen bundle."""
        relations = self._stock.relations
        if not relations.excludes and not relations.requires:
            return
        excludes: dict[str, set[str]] = {}
        for a, b in relations.excludes:
            excludes.setdefault(a, set()).add(b)
            excludes.setdefault(b, set()).add(a)
        for option in options:
            whole = sorted(self._whole(option))
            verdict = self._contradicted(option, whole, excludes) or self._opposed(
                option, whole, excludes
            )
            if verdict is not None:
                yield verdict

    def _contradicted(
        self, option: str, whole: list[str], excludes: Mapping[str, set[str]]
    ) -> Verdict | None:
        """No bundle has the option: what it requires cannot be chosen together."""
        for at, a in enumerate(whole):
            for b in whole[at:]:
                if b in excludes.get(a, ()):
                    facts = {"relation": "requires-what-excludes", "a": a, "b": b}
                    return Verdict(option, BLOCKED, None, facts)
                if a != b and self._items[a].mask & self._items[b].mask:
                    facts = {"relation": "requires-the-same-need", "a": a, "b": b}
                    return Verdict(option, BLOCKED, None, facts)
        return None

    def _opposed(
        self, option: str, whole: list[str], excludes: Mapping[str, set[str]]
    ) -> Verdict | None:
        """A chosen option for another need excludes it, or something that it requires."""
        mask = 0
        for other in whole:
            mask |= self._items[other].mask
        for member in sorted(whole, key=lambda other: (other != option, other)):
            for by in sorted(excludes.get(member, self._chosen & set()) & self._chosen):
                if not self._items[by].mask & mask:
                    if member == option:
                        return Verdict(option, BLOCKED, by, {"relation": "excludes"})
                    facts = {"relation": "requires", "prerequisite": member}
                    return Verdict(option, BLOCKED, by, facts)
        return None

    def _whole(self, option: str) -> set[str]:
        """The option and all that it requires."""
        found, stack = {option}, [option]
        while stack:
            at = stack.pop()
            for a, b in self._stock.relations.requires:
                if a == at and b not in found:
                    found.add(b)
                    stack.append(b)
        return found

    def _beyond(self, option: str) -> Verdict:
        """The least more of money or of hours with which a bundle has the option."""
        limits, free = self._limits, self._free
        cents = self._least_net(option, limits.hours)
        hours = self._least_hours(option, limits.net)
        if cents or hours:
            return Verdict(option, NOT_BEST, None, {**cents, **hours})
        facts = {**self._least_net(option, free.hours), **self._least_hours(option, free.net)}
        return Verdict(option, BLOCKED, None, {"relation": "over-both-budgets", **facts})

    def _least_net(self, option: str, hours: int) -> dict[str, int]:
        """How much more money it takes within these hours; empty: no amount will do."""
        if self._falls:
            limits = replace(self._free, hours=hours, first="net_cents")
            return _more("more_cents", self._least.least(option, limits), self._limits.net)
        net, time = self._by_itself(option)
        return {"more_cents": net - self._limits.net} if time <= hours else {}

    def _least_hours(self, option: str, net: int) -> dict[str, int]:
        """How many more hours it takes within this money; empty: no amount will do."""
        if self._falls:
            limits = replace(self._free, net=net, first="hours")
            return _more("more_hours", self._least.least(option, limits), self._limits.hours)
        price, time = self._by_itself(option)
        return {"more_hours": time - self._limits.hours} if price <= net else {}

    def _by_itself(self, option: str) -> tuple[int, int]:
        """Net price and hours of the option with all that it requires, and nothing else.

        Where nothing that is added makes a choice cheaper, this is the least that it takes.
        """
        whole = self._whole(option)
        items = [self._items[other] for other in whole]
        net = sum([item.gross for item in items])
        net += sum([p.gross for p in self._stock.relations.pairs if p.a in whole and p.b in whole])
        for pool, cap in enumerate(self._stock.caps):
            net -= min(cap, sum([item.subs[pool] for item in items if item.subs]))
        return net, sum([item.hours for item in items])


def _more(name: str, least: tuple[int, bool] | None, budget: int) -> dict[str, int]:
    if least is None:
        return {}
    figure, exact = least
    return {name: figure - budget} if exact else {f"{name}_at_least": max(1, figure - budget)}
