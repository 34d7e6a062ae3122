"""Other plans, and what more money or hours would bring; each is an exact solve of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from marketplace.contract.values import Bundle, Option, Problem, WhatIf

from .bundles import without_limit
from .solver import solve

Chosen = tuple[str, ...]


def other_plans(
    problem: Problem, starts: Mapping[str, date], covered: frozenset[str]
) -> Iterator[tuple[str, Chosen]]:
    """Candidate plans by kind: cheapest and soonest for the same needs, best without a ceiling."""
    if covered:
        yield "cheapest", solve(_only(problem, covered, _count)).chosen
        first = min(starts.values())
        horizon = (max(starts.values()) - first).days + 1
        earlier = _sooner(starts, first, horizon)
        yield "soonest", solve(_only(problem, covered, earlier)).chosen
    yield "without-ceiling", solve(without_limit(problem, net=True, hours=True)).chosen


def differs(kind: str, other: Bundle, best: Bundle) -> bool:
    """Only plans that win on the axis they are named after are worth a person's time."""
    if kind == "cheapest":
        return other.net_cents < best.net_cents
    if kind == "soonest":
        return _days(other) < _days(best)
    return other.value > best.value


def _days(bundle: Bundle) -> int:
    return sum(line.start.toordinal() * len(line.needs) for line in bundle.lines)


def what_ifs(problem: Problem, covered: frozenset[str], value: int) -> Iterator[WhatIf]:
    """Per need that is not covered: the least extra money, and the least extra hours."""
    for need in problem.needs:
        if need in covered:
            continue
        wanted = covered | {need}
        for resource, more in (
            ("net_cents", _more_money(problem, wanted)),
            ("hours", _more_hours(problem, wanted)),
        ):
            if more is not None and more > 0:
                yield WhatIf(resource, more, _value_with(problem, wanted, resource, more), (need,))


def _more_money(problem: Problem, wanted: frozenset[str]) -> int | None:
    """Net cents above the budget that cover every need within the hours; None: no money can."""
    free = without_limit(_only(problem, wanted, _count), net=True, hours=False)
    answer = solve(free)
    return answer.net_cents - problem.budget.net_cents if answer.value == len(wanted) else None


def _more_hours(problem: Problem, wanted: frozenset[str]) -> int | None:
    """Hours above the budget that cover every wanted need within the money; None: no hours can."""
    counted = _only(problem, wanted, _count)
    most = without_limit(counted, net=False, hours=True)
    if solve(most).value < len(wanted):
        return None
    low, high = problem.budget.hours, most.budget.hours
    while low < high:
        middle = (low + high) // 2
        tried = replace(counted, budget=replace(problem.budget, hours=middle))
        low, high = (low, middle) if solve(tried).value == len(wanted) else (middle + 1, high)
    return low - problem.budget.hours


def _value_with(problem: Problem, wanted: frozenset[str], resource: str, more: int) -> int:
    """The best value among the bundles that cover every wanted need with that much more."""
    budget = problem.budget
    budget = (
        replace(budget, net_cents=budget.net_cents + more)
        if resource == "net_cents"
        else replace(budget, hours=budget.hours + more)
    )
    bonus = sum(option.value for option in problem.options) + 1
    forced = [
        replace(option, value=option.value + bonus * len(wanted & set(option.needs)))
        for option in problem.options
    ]
    chosen = set(solve(replace(problem, budget=budget, options=tuple(forced))).chosen)
    return sum(option.value for option in problem.options if option.id in chosen)


def _only(problem: Problem, needs: frozenset[str], worth: Callable[[Option], int]) -> Problem:
    """The problem of covering just these needs, with another worth for each option."""
    kept = [option for option in problem.options if set(option.needs) <= needs]
    ids = {option.id for option in kept}
    return replace(
        problem,
        needs={need: weight for need, weight in problem.needs.items() if need in needs},
        options=tuple(replace(option, value=worth(option)) for option in kept),
        excludes=tuple(pair for pair in problem.excludes if ids.issuperset(pair)),
        requires=tuple(pair for pair in problem.requires if ids.issuperset(pair)),
        pairs=tuple(pair for pair in problem.pairs if {pair.a, pair.b} <= ids),
    )


def _count(option: Option) -> int:
    return len(option.needs)


def _sooner(starts: Mapping[str, date], first: date, horizon: int) -> Callable[[Option], int]:
    """Worth that covers every need first, then starts as early as can be, summed over needs."""
    scale = horizon * 100

    def worth(option: Option) -> int:
        return len(option.needs) * (scale - (starts[option.id] - first).days)

    return worth


def covered_by(chosen: Iterable[str], problem: Problem) -> frozenset[str]:
    """The needs that the chosen options cover."""
    wanted = set(chosen)
    return frozenset(
        need for option in problem.options if option.id in wanted for need in option.needs
    )
