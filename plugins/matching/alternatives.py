"""Other plans, and what more money or hours would bring; each is an exact answer of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from marketplace.contract.values import Bundle, Option, Problem, Step, WhatIf

from .candidates import Field
from .solver import Analysis, solve_covering

Chosen = tuple[str, ...]
OWNERS: Mapping[str, str] = {"agency-only": "agency", "partner-only": "partner"}


def other_plans(
    analysis: Analysis, field: Field, covered: frozenset[str]
) -> Iterator[tuple[str, Chosen]]:
    """Plans by kind: cheapest and soonest for the same needs, and the best without a ceiling."""
    if covered:
        cheapest = analysis.covering(covered, "net_cents")
        soonest = solve_covering(_early(analysis.problem, field, covered), covered)
        for kind, found in (("cheapest", cheapest), ("soonest", soonest)):
            if found is not None:
                yield kind, found.chosen
    yield "over-budget", analysis.without_ceiling().chosen


def plans_by_owner(analysis: Analysis, owner_of: Mapping[str, str]) -> Iterator[tuple[str, Chosen]]:
    """The best plan with offers of one kind of owner only; ``owner_of`` is by option id.

    This is told beside an answer that was reached without it, and changes nothing.
    """
    for kind, owner in OWNERS.items():
        mine = [option for option, its_owner in owner_of.items() if its_owner == owner]
        yield kind, analysis.among(mine).chosen


def differs(kind: str, other: Bundle, best: Bundle) -> bool:
    """Whether a plan is worth a person's time: it wins on the axis it is named after."""
    if kind == "cheapest":
        return other.net_cents < best.net_cents
    if kind == "soonest":
        return _days(other) < _days(best)
    return kind in OWNERS or other.value > best.value


def _days(bundle: Bundle) -> int:
    return sum([line.start.toordinal() * len(line.needs) for line in bundle.lines])


def what_ifs(analysis: Analysis, covered: frozenset[str]) -> Iterator[WhatIf]:
    """Per need that is not covered: the least extra money, and the least extra hours."""
    for need in analysis.problem.needs:
        if need in covered:
            continue
        for resource in ("net_cents", "hours"):
            forced = analysis.forced(covered | {need}, resource)
            if forced is not None and forced.more > 0:
                yield WhatIf(resource, forced.more, forced.solution.value, (need,))


def steps(analysis: Analysis, field: Field) -> tuple[Step, ...]:
    """What every budget up to a quarter above the employer's would bring."""
    needs_of = {candidate.id: candidate.needs for candidate in field.candidates}
    names = [need.id for need in field.request.needs]
    return tuple(
        Step(step.net_cents, step.value, step.hours, _covers(step.chosen, needs_of, names))
        for step in analysis.curve()
    )


def _covers(
    chosen: Iterable[str], needs_of: Mapping[str, Collection[int]], names: list[str]
) -> tuple[str, ...]:
    numbers = sorted({number for one in chosen for number in needs_of[one]})
    return tuple([names[number] for number in numbers])


def _early(problem: Problem, field: Field, covered: frozenset[str]) -> Problem:
    """The problem with worth only for an early start, summed over the needs to cover."""
    starts = {candidate.id: candidate.start for candidate in field.candidates}
    last = max(starts.values())

    def worth(option: Option) -> int:
        return (last - starts[option.id]).days * len(covered.intersection(option.needs))

    return replace(
        problem,
        options=tuple([replace(option, value=worth(option)) for option in problem.options]),
    )


def covered_by(chosen: Iterable[str], problem: Problem) -> frozenset[str]:
    """The needs that the chosen options cover."""
    wanted = set(chosen)
    return frozenset(
        need for option in problem.options if option.id in wanted for need in option.needs
    )
