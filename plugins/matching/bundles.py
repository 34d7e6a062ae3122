"""From candidates to the bundle problem, and from its solution back to lines with a net price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from marketplace.contract.values import (
    Aid,
    Budget,
    Bundle,
    Label,
    Line,
    Need,
    Option,
    Problem,
    RequestFacts,
)

from .candidates import Candidate, Field

CERTAIN = "certain"


def problem_of(request: RequestFacts, field: Field) -> Problem:
    """The bundle problem of a request; only certain aid lowers a price."""
    return Problem(
        needs={need.id: need.weight for need in request.needs},
        budget=request.budget,
        pools=dict(field.pools),
        options=tuple(_option(candidate) for candidate in field.candidates),
        excludes=tuple(_too_many(field.candidates)),
    )


def _option(candidate: Candidate) -> Option:
    pooled: dict[str, int] = {}
    direct = 0
    for aid in certain(candidate.aids):
        if aid.pool is None:
            direct += aid.cents or 0
        else:
            pooled[aid.pool] = pooled.get(aid.pool, 0) + (aid.cents or 0)
    return Option(
        id=candidate.id,
        needs=tuple(need.id for need in candidate.needs),
        value=candidate.value,
        gross_cents=candidate.gross_cents - direct,
        hours=candidate.hours,
        subsidy_cents=pooled,
    )


def certain(aids: Iterable[Aid]) -> list[Aid]:
    """The aids that lower the invoice."""
    return [aid for aid in aids if _lowers(aid)]


def _lowers(aid: Aid) -> bool:
    """Only certain aid on the invoice lowers the price; aid on wages is paid back elsewhere."""
    return aid.certainty == CERTAIN and aid.cents is not None and not aid.wage_side


def _too_many(candidates: Sequence[Candidate]) -> Iterable[tuple[str, str]]:
    """Two lines of one offer that together need more places than are left."""
    scarce = [one for one in candidates if one.offer.places_left is not None]
    for one, two in combinations(scarce, 2):
        same = one.offer.version_id == two.offer.version_id
        if same and one.participants + two.participants > (one.offer.places_left or 0):
            yield one.id, two.id


def bundle_of(
    chosen: Iterable[str],
    field: Field,
    order: Sequence[Need],
    labels: Mapping[str, Label],
) -> Bundle:
    """The chosen candidates as lines in the order of the needs, each pool spent from the top."""
    place = {need.id: index for index, need in enumerate(order)}
    wanted = set(chosen)
    picked = [candidate for candidate in field.candidates if candidate.id in wanted]
    picked.sort(key=lambda candidate: place[candidate.needs[0].id])
    rest = dict(field.pools)
    lines = tuple(_line(candidate, rest, labels) for candidate in picked)
    return Bundle(
        value=sum(candidate.value for candidate in picked),
        net_cents=sum(line.net_cents for line in lines),
        hours=sum(line.hours for line in lines),
        lines=lines,
    )


def _line(candidate: Candidate, rest: dict[str, int], labels: Mapping[str, Label]) -> Line:
    """``rest`` holds what each pool can still give; it is lowered by what this line takes."""
    aids, taken = [], 0
    for aid in candidate.aids:
        given = aid.cents or 0
        if not _lowers(aid):
            aids.append(aid)
            continue
        if aid.pool is not None:
            given = min(given, rest[aid.pool])
            rest[aid.pool] -= given
        aids.append(replace(aid, cents=given))
        taken += given
    label = labels[candidate.offer.version_id]
    return Line(
        needs=tuple(need.id for need in candidate.needs),
        offer=candidate.offer.slug,
        version_id=candidate.offer.version_id,
        provider=label.provider,
        owner=label.owner,
        nature=candidate.offer.nature,
        gross_cents=candidate.gross_cents,
        net_cents=candidate.gross_cents - taken,
        hours=candidate.hours,
        start=candidate.start,
        aid=tuple(aids),
        reasons=candidate.reasons,
        participants=candidate.participants,
    )


def without_limit(problem: Problem, *, net: bool, hours: bool) -> Problem:
    """The same problem with the ceiling on money, on hours, or on both taken away."""
    most_net = sum(max(0, option.gross_cents) for option in problem.options)
    most_hours = sum(option.hours for option in problem.options)
    budget = Budget(
        max(most_net, problem.budget.net_cents) if net else problem.budget.net_cents,
        max(most_hours, problem.budget.hours) if hours else problem.budget.hours,
    )
    return replace(problem, budget=budget)
