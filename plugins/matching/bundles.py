"""From candidates to the bundle problem, and from its solution back to lines with a net price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from marketplace.contract.answers import Aid, Bundle, Line
from marketplace.contract.values import Label, Option, Problem, Reason

from .aid import PooledAid, lowers
from .candidates import Candidate, Field


def problem_of(field: Field, candidates: Sequence[Candidate]) -> Problem:
    """The bundle problem of a request; only certain aid lowers a price."""
    needs = field.request.needs
    names = [need.id for need in needs]
    return Problem(
        needs={need.id: need.weight for need in needs},
        budget=field.request.budget,
        pools=dict(field.aid.pools),
        options=tuple([_option(candidate, names) for candidate in candidates]),
        excludes=tuple(too_many(candidates)),
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
        candidate.price_cents - direct,
        candidate.hours,
        pooled,
    )


def too_many(candidates: Sequence[Candidate]) -> Iterable[tuple[str, str]]:
    """Two lines of one offer that together need more places than are left."""
    scarce = [one for one in candidates if one.left is not None]
    for one, two in combinations(scarce, 2):
        if one.row == two.row and one.participants + two.participants > (one.left or 0):
            yield one.id, two.id


def bundle_of(chosen: Iterable[Candidate], field: Field, labels: Mapping[str, Label]) -> Bundle:
    """The chosen candidates as lines in the order of the needs, each pool spent from the top."""
    picked = sorted(chosen, key=lambda candidate: candidate.needs)
    rest = dict(field.aid.pools)
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
        needs=field.need_ids(candidate.needs),
        offer=snapshot.slugs[candidate.row],
        version_id=version_id,
        provider=label.provider,
        owner=label.owner,
        nature=snapshot.value("nature", candidate.row),
        gross_cents=candidate.gross_cents,
        net_cents=candidate.price_cents - taken,
        hours=candidate.hours,
        start=candidate.start,
        aid=aids,
        reasons=reasons_of(candidate, field),
        participants=candidate.participants,
        vat_cents=candidate.vat_cents,
        vat=snapshot.value("vat", candidate.row),
        refused=field.aid.refused.get((*candidate.needs, candidate.row), ()),
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
    reasons = field.reasons(candidate.needs[0], candidate.row)
    if candidate.vat_cents and field.snapshot.value("vat", candidate.row) is None:
        reasons = (*reasons, Reason("vat-not-reviewed"))
    if len(candidate.needs) == 1:
        return reasons
    topics = [field.request.needs[number].topic for number in candidate.needs]
    return (Reason("serves-two-needs", {"needs": topics}), *reasons)
