"""From candidates to the bundle problem, and from its solution back to lines with a net price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from marketplace.contract.values import Aid, Bundle, Label, Line, Option, Problem, Reason

from .candidates import Candidate, Field, PooledAid

CERTAIN = "certain"


def problem_of(field: Field) -> Problem:
    """The bundle problem of a request; only certain aid lowers a price."""
    needs = field.request.needs
    names = [need.id for need in needs]
    return Problem(
        needs={need.id: need.weight for need in needs},
        budget=field.request.budget,
        pools=dict(field.pools),
        options=tuple([_option(candidate, names) for candidate in field.candidates]),
        excludes=tuple(too_many(field.candidates)),
    )


def _option(candidate: Candidate, names: Sequence[str]) -> Option:
    pooled: dict[str, int] = {}
    direct = 0
    for pool, aid in candidate.aids:
        if not lowers(aid):
            continue
        if pool is None:
            direct += aid.cents or 0
        else:
            pooled[pool] = pooled.get(pool, 0) + (aid.cents or 0)
    return Option(
        candidate.id,
        tuple([names[number] for number in candidate.needs]),
        candidate.value,
        candidate.gross_cents - direct,
        candidate.hours,
        pooled,
    )


def lowers(aid: Aid) -> bool:
    """Only certain aid on the invoice lowers the price; aid on wages is paid back elsewhere."""
    return aid.certainty == CERTAIN and aid.cents is not None and not aid.wage_side


def too_many(candidates: Sequence[Candidate]) -> Iterable[tuple[str, str]]:
    """Two lines of one offer that together need more places than are left."""
    scarce = [one for one in candidates if one.left is not None]
    for one, two in combinations(scarce, 2):
        if one.row == two.row and one.participants + two.participants > (one.left or 0):
            yield one.id, two.id


def chosen_of(field: Field, chosen: Iterable[str]) -> list[Candidate]:
    """The chosen candidates in the order of the needs."""
    wanted = set(chosen)
    picked = [candidate for candidate in field.candidates if candidate.id in wanted]
    return sorted(picked, key=lambda candidate: candidate.needs)


def bundle_of(chosen: Iterable[str], field: Field, labels: Mapping[str, Label]) -> Bundle:
    """The chosen candidates as lines in the order of the needs, each pool spent from the top."""
    picked = chosen_of(field, chosen)
    rest = dict(field.pools)
    lines = tuple([_line(candidate, field, rest, labels) for candidate in picked])
    return Bundle(
        value=sum([candidate.value for candidate in picked]),
        net_cents=sum([line.net_cents for line in lines]),
        hours=sum([line.hours for line in lines]),
        lines=lines,
    )


def _line(
    candidate: Candidate, field: Field, rest: dict[str, int], labels: Mapping[str, Label]
) -> Line:
    """``rest`` holds what each pool can still give; it is lowered by what this line takes."""
    aids = tuple([_given(pooled, rest) for pooled in candidate.aids])
    taken = sum([aid.cents or 0 for aid in aids if lowers(aid)])
    snapshot = field.snapshot
    version_id = snapshot.version_ids[candidate.row]
    label = labels[version_id]
    return Line(
        needs=field.need_ids(candidate),
        offer=snapshot.slugs[candidate.row],
        version_id=version_id,
        provider=label.provider,
        owner=label.owner,
        nature=snapshot.value("nature", candidate.row),
        gross_cents=candidate.gross_cents,
        net_cents=candidate.gross_cents - taken,
        hours=candidate.hours,
        start=candidate.start,
        aid=aids,
        reasons=reasons_of(candidate, field),
        participants=candidate.participants,
    )


def _given(pooled: PooledAid, rest: dict[str, int]) -> Aid:
    """An aid under the full name of its pool, and no more than the pool still has."""
    pool, aid = pooled
    if pool is None:
        return aid
    if not lowers(aid):
        return replace(aid, pool=pool)
    given = min(aid.cents or 0, rest[pool])
    rest[pool] -= given
    return replace(aid, pool=pool, cents=given)


def reasons_of(candidate: Candidate, field: Field) -> tuple[Reason, ...]:
    """Why a candidate serves its needs; for two needs at once that comes first."""
    first = field.screened[candidate.needs[0]]
    reasons = first.reasons(candidate.row, field.book)
    if len(candidate.needs) == 1:
        return reasons
    topics = [field.request.needs[number].topic for number in candidate.needs]
    return (Reason("serves-two-needs", {"needs": topics}), *reasons)
