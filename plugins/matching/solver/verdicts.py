"""Why an option is not in the best bundle: one verdict for each, in figures that code can check.

check.py verifies them from the problem alone; docs/solver.md lists kinds and facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from .model import Limits, Stock
from .prune import Item, aid_lost, slack_of, undominated
from .solution import Solution

DOMINATED, BLOCKED, NOT_BEST = "dominated", "blocked", "not-in-optimum"

Facts = Mapping[str, int | str]
Reached: TypeAlias = tuple[int, int, int] | int | None  # value, net and hours; a bound; no choice


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

    def with_each(self, options: Sequence[str], limits: Limits) -> Mapping[str, Reached]:
        """Per option the figures of the best choice with it, or a bound on its value, or None."""


class Least(Protocol):
    """Where the least that a choice with an option takes comes from: searches.py."""

    def around(self, options: Sequence[str]) -> Least:
        """The same for these options, without what never makes a choice with them cheaper."""

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
        reached_by = self._each.with_each(rest, self._limits)
        beyond = [option for option, reached in reached_by.items() if reached is None]
        if beyond and self._falls:
            self._least = self._least.around(beyond)
        for option, reached in reached_by.items():
            if reached is None:
                found[option] = self._beyond(option)
            elif isinstance(reached, int):
                found[option] = Verdict(option, NOT_BEST, None, {"at_most": reached})
            else:
                found[option] = Verdict(option, NOT_BEST, None, self._regret(*reached))
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

    def _regret(self, value: int, net: int, hours: int) -> Facts:
        """What it costs to have the option after all."""
        best = self._best
        regret = best.value - value
        facts = {"value": value, "net_cents": net, "hours": hours, "regret": regret}
        if regret == 0:
            facts["net_difference"] = net - best.net_cents
            facts["hours_difference"] = hours - best.hours
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
        found, stack = {option}, [option] if self._stock.relations.requires else []
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
        least = self._least_found if self._falls else self._least_alone
        facts = least(option, limits.net, limits.hours)
        if facts:
            return Verdict(option, NOT_BEST, None, facts)
        facts = least(option, free.net, free.hours)
        return Verdict(option, BLOCKED, None, {"relation": "over-both-budgets", **facts})

    def _least_found(self, option: str, net: int, hours: int) -> dict[str, int]:
        """By a search: how much more money within these hours, more hours within this money."""
        facts = {}
        for first, budget, limits in (
            ("net_cents", self._limits.net, replace(self._free, hours=hours)),
            ("hours", self._limits.hours, replace(self._free, net=net)),
        ):
            least = self._least.least(option, replace(limits, first=first))
            if least is not None:
                name = "more_cents" if first == "net_cents" else "more_hours"
                figure, exact = least
                more = figure - budget
                facts[name if exact else f"{name}_at_least"] = more if exact else max(1, more)
        return facts

    def _least_alone(self, option: str, net: int, hours: int) -> dict[str, int]:
        """The same where nothing that is added makes a choice cheaper: the option and all that it
        requires, and nothing else.
        """
        whole = self._whole(option)
        items = [self._items[other] for other in whole]
        price, time = sum([i.gross for i in items]), sum([i.hours for i in items])
        if len(items) > 1:
            pairs = self._stock.relations.pairs
            price += sum([pair.gross for pair in pairs if pair.a in whole and pair.b in whole])
        for pool, cap in enumerate(self._stock.caps):
            price -= min(cap, sum([item.subs[pool] for item in items if item.subs]))
        facts = {}
        if time <= hours:
            facts["more_cents"] = price - self._limits.net
        if price <= net:
            facts["more_hours"] = time - self._limits.hours
        return facts
