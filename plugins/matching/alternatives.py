"""Other plans, and what more money or hours would bring; each is an exact solve of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from marketplace.contract.values import Bundle, Option, Problem, WhatIf

from .bundles import without_limit
from .solver import solve, solve_covering, solve_forced

Chosen = tuple[str, ...]


def other_plans(
    problem: Problem, starts: Mapping[str, date], covered: frozenset[str]
) -> Iterator[tuple[str, Chosen]]:
    """Candidate plans by kind: cheapest and soonest for the same needs, best without a ceiling."""
    if covered:
        cheapest = solve_covering(problem, covered, "net_cents")
        soonest = solve_covering(_early(problem, starts, covered), covered)
        for kind, found in (("cheapest", cheapest), ("soonest", soonest)):
            if found is not None:
                yield kind, found.chosen
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


def what_ifs(problem: Problem, covered: frozenset[str]) -> Iterator[WhatIf]:
    """Per need that is not covered: the least extra money, and the least extra hours."""
    for need in problem.needs:
        if need in covered:
            continue
        for resource in ("net_cents", "hours"):
            forced = solve_forced(problem, covered | {need}, resource)
            if forced is not None and forced.more > 0:
                yield WhatIf(resource, forced.more, forced.solution.value, (need,))


def _early(problem: Problem, starts: Mapping[str, date], covered: frozenset[str]) -> Problem:
    """The problem with worth only for an early start, summed over the needs to cover."""
    last = max(starts.values())

    def worth(option: Option) -> int:
        return (last - starts[option.id]).days * len(covered.intersection(option.needs))

    return replace(
        problem,
        options=tuple(replace(option, value=worth(option)) for option in problem.options),
        pairs=tuple(replace(pair, value=0) for pair in problem.pairs),
    )


def covered_by(chosen: Iterable[str], problem: Problem) -> frozenset[str]:
    """The needs that the chosen options cover."""
    wanted = set(chosen)
    return frozenset(
        need for option in problem.options if option.id in wanted for need in option.needs
    )
