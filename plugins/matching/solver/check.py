"""Checks a verdict from the problem alone, whatever way it was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from marketplace.contract.values import Budget, Option, Problem

from .answer import solve
from .forced import without_limit
from .solution import Solution
from .verdicts import BLOCKED, DOMINATED, NOT_BEST, Verdict

FIGURES = {"more_cents", "more_hours", "more_cents_at_least", "more_hours_at_least"}


def recheck(problem: Problem, best: Solution, verdict: Verdict) -> bool:
    """Whether a verdict holds: its relation is there, its figures are right to the cent.

    A figure that is a bound (``at_most``, ``…_at_least``) is only held against what a search finds.
    """
    check = _Check(problem, best, verdict)
    if verdict.option not in check.options or verdict.option in best.chosen:
        return False
    if verdict.kind == DOMINATED:
        return check.dominated()
    if verdict.kind == BLOCKED:
        return check.blocked()
    return verdict.kind == NOT_BEST and verdict.by is None and check.not_best()


class _Check:
    def __init__(self, problem: Problem, best: Solution, verdict: Verdict) -> None:
        self.problem, self.best, self.verdict = problem, best, verdict
        self.options = {option.id: option for option in problem.options}
        self.option = self.options.get(verdict.option)
        self.facts = {name: fact for name, fact in verdict.facts.items() if isinstance(fact, int)}
        self.names = {name: fact for name, fact in verdict.facts.items() if isinstance(fact, str)}
        self.free = without_limit(problem)

    def dominated(self) -> bool:
        """In every bundle the other can take its place: no less value, no dearer, no longer."""
        option, other = self.options[self.verdict.option], None
        if self.verdict.by is not None:
            other = self.options.get(self.verdict.by)
            if other is None or other is option or not self._takes_the_place(other, option):
                return False
        pairs, requires = self.problem.pairs, self.problem.requires
        leaned_on = {pair.a for pair in pairs} | {pair.b for pair in pairs}
        leaned_on |= {b for a, b in requires if a != b}
        facts = _compared(self.problem, option, other)
        return (
            option.id not in leaned_on
            and self.verdict.facts == facts
            and facts["by_value"] >= facts["value"]
            and facts["by_net"] <= facts["net"]
            and facts["by_hours"] <= facts["hours"]
        )

    def _takes_the_place(self, other: Option, option: Option) -> bool:
        """For the same needs or a part of them, and without a consequence of its own."""
        problem = self.problem
        tied = {end for both in problem.excludes for end in both}
        tied |= {a for a, b in problem.requires if a != b}
        tied |= {end for pair in problem.pairs for end in (pair.a, pair.b)}
        return bool(other.needs) and set(other.needs) <= set(option.needs) and other.id not in tied

    def blocked(self) -> bool:
        """The relation is in the problem, and what it is with is chosen or required too."""
        relation = self.names.pop("relation", None)
        if relation == "over-both-budgets":
            both = self.facts.keys() >= {"more_cents", "more_hours"} and not self.names
            return both and self.verdict.by is None and self._more(self.free.net, self.free.hours)
        if self.facts:
            return False
        whole = _whole(self.problem, self.verdict.option)
        if relation in ("requires-what-excludes", "requires-the-same-need"):
            return self.verdict.by is None and self._contradicted(relation, whole)
        return self._opposed(relation, whole)

    def _contradicted(self, relation: str, whole: set[str]) -> bool:
        """Two that the option requires cannot be chosen together; it may be one of them."""
        a, b = self.names.get("a"), self.names.get("b")
        if a not in whole or b not in whole or len(self.names) != 2:
            return False
        if relation == "requires-what-excludes":
            return self._exclude(a, b)
        return a != b and not self._needs([a]).isdisjoint(self._needs([b]))

    def _opposed(self, relation: str | None, whole: set[str]) -> bool:
        """A chosen option for other needs excludes the option, or something that it requires."""
        member, by = self.verdict.option, self.verdict.by
        if relation == "requires":
            member = self.names.pop("prerequisite", member)
        asked = member in whole and (relation == "requires") == (member != self.verdict.option)
        return (
            relation in ("excludes", "requires")
            and asked
            and not self.names
            and by in self.best.chosen
            and self._exclude(member, by)
            and self._needs(whole).isdisjoint(self._needs([by]))
        )

    def _needs(self, options: Iterable[str]) -> set[str]:
        return {need for option in options for need in self.options[option].needs}

    def _exclude(self, a: str, b: str) -> bool:
        return (a, b) in self.problem.excludes or (b, a) in self.problem.excludes

    def not_best(self) -> bool:
        """A solve with the option forced in gives the same figures, or what more it would take."""
        facts, budget = self.facts, self.problem.budget
        if self.names:
            return False
        found = self._with(budget)
        if facts.keys() == {"at_most"}:
            return found is None or found.value <= facts["at_most"]
        if "value" in facts:
            return found is not None and facts == self._figures(found)
        return bool(facts) and self._more(budget.net_cents, budget.hours)

    def _more(self, money: int, hours: int) -> bool:
        """Both figures are the least that do, within this much of the other resource.

        A figure that is not there says that no amount does.
        """
        budget, free = self.problem.budget, self.free
        cents = [Budget(budget.net_cents + more, hours) for more in self._amounts("more_cents")]
        times = [Budget(money, budget.hours + more) for more in self._amounts("more_hours")]
        return (
            self.facts.keys() <= FIGURES
            and min(self.facts.values()) > 0
            and self._least(cents, Budget(free.net, hours))
            and self._least(times, Budget(money, free.hours))
        )

    def _amounts(self, name: str) -> list[int]:
        """One less than the figure, which must not do; and the figure, which must, if exact."""
        if name in self.facts:
            return [self.facts[name] - 1, self.facts[name]]
        bound = f"{name}_at_least"
        return [self.facts[bound] - 1] if bound in self.facts else []

    def _least(self, budgets: list[Budget], free: Budget) -> bool:
        if not budgets:
            return self._with(free) is None
        return self._with(budgets[0]) is None and (
            len(budgets) == 1 or self._with(budgets[1]) is not None
        )

    def _figures(self, found: Solution) -> dict[str, int]:
        best = self.best
        regret = best.value - found.value
        facts = {"value": found.value, "net_cents": found.net_cents, "hours": found.hours}
        if regret == 0:
            facts["net_difference"] = found.net_cents - best.net_cents
            facts["hours_difference"] = found.hours - best.hours
        return {**facts, "regret": regret}

    def _with(self, budget: Budget) -> Solution | None:
        """The best bundle with the option in it: made worth more than all others together."""
        problem = self.problem
        lift = 1 + sum([option.value for option in problem.options])
        lift += sum([pair.value for pair in problem.pairs])
        options = [
            replace(option, value=option.value + lift) if option is self.option else option
            for option in problem.options
        ]
        found = solve(replace(problem, budget=budget, options=tuple(options)))
        if self.option is None or self.option.id not in found.chosen:
            return None
        return replace(found, value=found.value - lift)


def _whole(problem: Problem, option: str) -> set[str]:
    """An option and all that it requires, directly or not."""
    whole, before = {option}, 0
    while len(whole) != before:
        before = len(whole)
        whole.update(b for a, b in problem.requires if a in whole)
    return whole


def _compared(problem: Problem, option: Option, other: Option | None) -> dict[str, int]:
    """The figures of an option beside those of another, or of nothing, at its least favourable.

    A pool that cannot run out pays both in full. Of any other pool the first is given nothing, and
    the other what it may draw less than the first is added to its price.
    """
    endless = {pool for pool, cap in problem.pools.items() if _most_drawn(problem, pool) <= cap}
    net = option.gross_cents - _aid(option, endless)
    facts = {"value": option.value, "net": net, "hours": option.hours}
    running = [pool for pool, cap in problem.pools.items() if cap > 0 and pool not in endless]
    if other is None:
        facts["net"] -= _aid(option, running)
        return {**facts, "by_value": 0, "by_net": 0, "by_hours": 0}
    by_net = other.gross_cents - _aid(other, endless)
    for pool in running:
        by_net += max(0, _aid(option, [pool]) - _aid(other, [pool]))
    return {**facts, "by_value": other.value, "by_net": by_net, "by_hours": other.hours}


def _aid(option: Option, pools: Iterable[str]) -> int:
    return sum([option.subsidy_cents.get(pool, 0) for pool in pools])


def _most_drawn(problem: Problem, pool: str) -> int:
    """The largest subsidies of each need together; an option counts at the first of its needs."""
    largest: dict[str, int] = {}
    alone = 0
    for option in problem.options:
        subsidy = option.subsidy_cents.get(pool, 0)
        if option.needs:
            need = min(option.needs)
            largest[need] = max(largest.get(need, 0), subsidy)
        else:
            alone += subsidy
    return alone + sum(largest.values())
