"""Other plans, and what more money or hours would bring; each is an exact answer of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from marketplace.contract.answers import Bundle, Step, WhatIf

from .bundles import problem_of
from .candidates import Candidate, Field
from .shortlist import Shortlist, earliness, shortlist, shortlist_among, unbeatable
from .solver import Analysis, solve, solve_covering

Plan = tuple[str, tuple[Candidate, ...]]
"""The kind of another plan, and what is in it."""

OWNERS: Mapping[str, str] = {"agency-only": "agency", "partner-only": "partner"}


def other_plans(
    analysis: Analysis, field: Field, candidates: Sequence[Candidate], covered: frozenset[str]
) -> Iterator[Plan]:
    """Cheapest and soonest for the same needs, and the best when no ceiling counted."""
    if covered:
        cheapest = analysis.covering(covered, "net_cents")
        if cheapest is not None:
            yield "cheapest", among(candidates, cheapest.chosen)
        yield "soonest", _soonest(field, among(candidates, analysis.best.chosen), covered)
    if candidates:
        yield "over-budget", among(candidates, analysis.without_ceiling().chosen)


def plans_by_owner(
    field: Field, short: Shortlist, chosen: Sequence[Candidate], rows_of: Mapping[str, bytes]
) -> Iterator[Plan]:
    """The best plan with offers of one kind of owner only; ``rows_of`` has a byte per row of the
    snapshot, by kind of owner.

    This is told beside an answer that was reached without it, and changes nothing.
    """
    for kind, owner in OWNERS.items():
        mine = rows_of[owner]
        if all(mine[one.row] for one in chosen):
            yield kind, tuple(chosen)
        else:
            found = unbeatable(field, mine) or shortlist_among(field, mine, short)
            candidates = found.candidates
            yield kind, among(candidates, solve(problem_of(field, candidates)).chosen)


def among(candidates: Iterable[Candidate], chosen: Iterable[str]) -> tuple[Candidate, ...]:
    """The candidates with these ids."""
    wanted = set(chosen)
    return tuple([one for one in candidates if one.id in wanted])


def differs(kind: str, other: Bundle, best: Bundle) -> bool:
    """Whether a plan is worth a person's time: it wins on the axis it is named after."""
    if kind == "cheapest":
        return other.net_cents < best.net_cents
    if kind == "soonest":
        needs = {need for line in best.lines for need in line.needs}
        return _days(other, needs) < _days(best, needs)
    return kind in OWNERS or other.value > best.value


def _days(bundle: Bundle, needs: Collection[str]) -> int:
    """The start of each of these needs, summed."""
    return sum(
        [line.start.toordinal() for line in bundle.lines for need in line.needs if need in needs]
    )


def what_ifs(analysis: Analysis, needs: Iterable[str], covered: frozenset[str]) -> Iterator[WhatIf]:
    """Per need that is not covered: the least extra money, and the least extra hours."""
    for need in needs:
        if need in covered:
            continue
        for resource in ("net_cents", "hours"):
            forced = analysis.forced(covered | {need}, resource)
            if forced is not None and forced.more > 0:
                yield WhatIf(resource, forced.more, forced.solution.value, (need,))


def steps(analysis: Analysis, field: Field, candidates: Iterable[Candidate]) -> tuple[Step, ...]:
    """What every budget up to a quarter above the employer's would bring."""
    needs_of = {candidate.id: candidate.needs for candidate in candidates}
    return tuple(
        [
            Step(
                step.net_cents,
                step.value,
                step.hours,
                field.need_ids(sorted({need for one in step.chosen for need in needs_of[one]})),
            )
            for step in analysis.curve()
        ]
    )


def _soonest(
    field: Field, chosen: tuple[Candidate, ...], covered: frozenset[str]
) -> tuple[Candidate, ...]:
    """The plan for these needs that starts earliest, summed over the needs."""
    if all(one.start == field.wished for one in chosen):
        return chosen
    candidates = shortlist(field, earliness).candidates
    last = max([one.start for one in candidates])
    problem = problem_of(field, candidates)
    days = [(last - one.start).days for one in candidates]
    options = [
        replace(option, value=early * len(covered.intersection(option.needs)))
        for option, early in zip(problem.options, days, strict=True)
    ]
    found = solve_covering(replace(problem, options=tuple(options)), covered)
    return among(candidates, found.chosen) if found else ()


def covered_by(field: Field, chosen: Iterable[Candidate]) -> frozenset[str]:
    """The needs that the chosen candidates cover."""
    return frozenset(need for one in chosen for need in field.need_ids(one.needs))
