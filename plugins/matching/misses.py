"""Why not: per need the offers that came near, and why a need has no offer at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from marketplace.contract.values import Bundle, Label, Miss, Need, Reason, RequestFacts, WhatIf

from .bundles import certain
from .candidates import Candidate, Field, Refusal

MOST_PER_NEED = 5


def near_misses(
    request: RequestFacts, field: Field, bundle: Bundle, labels: Mapping[str, Label]
) -> Iterator[Miss]:
    """Per need: offers that could serve it but were not chosen, then those one condition short."""
    chosen = {(line.version_id, need) for line in bundle.lines for need in line.needs}
    for need in request.needs:
        fitting = _fitting(need, field.candidates, chosen)
        found = [(one.offer.version_id, _why_not(one, request, bundle)) for one in fitting]
        found += [(one.offer.version_id, one.reasons) for one in _one_short(need, field.refusals)]
        for version_id, reasons in found[:MOST_PER_NEED]:
            label, offer = labels[version_id], _slug(field, version_id)
            yield Miss(need.id, reasons, offer, version_id, label.provider, label.owner)


def uncovered(
    needs: Sequence[Need], field: Field, covered: frozenset[str], what_if: Sequence[WhatIf]
) -> Iterator[Miss]:
    """The needs without an offer, with what stands in the way."""
    for need in needs:
        if need.id not in covered:
            yield Miss(need.id, tuple(_obstacles(need, field, what_if)))


def _obstacles(need: Need, field: Field, what_if: Sequence[WhatIf]) -> Iterable[Reason]:
    if not any(need in one.needs for one in field.candidates):
        refused = sum(one.need == need for one in field.refusals)
        return [Reason("no-offer-fits", {"looked_at": refused})]
    wanting = [one for one in what_if if need.id in one.covers]
    codes = {"net_cents": ("needs-more-money", "gap_cents"), "hours": ("needs-more-hours", "gap")}
    found = [Reason(codes[one.resource][0], {codes[one.resource][1]: one.more}) for one in wanting]
    return found or [Reason("not-in-best-bundle")]


def _fitting(
    need: Need, candidates: Sequence[Candidate], chosen: set[tuple[str, str]]
) -> list[Candidate]:
    """Eligible, for this need alone, not chosen; the best fit first."""
    rest = [
        one
        for one in candidates
        if one.needs == (need,) and (one.offer.version_id, need.id) not in chosen
    ]
    return sorted(rest, key=lambda one: (-one.points[0], one.id))[:3]


def _why_not(one: Candidate, request: RequestFacts, bundle: Bundle) -> tuple[Reason, ...]:
    """Too dear or too long beside the rest of the bundle; else another choice is worth more."""
    mine = {need.id for need in one.needs}
    others = [line for line in bundle.lines if not mine & set(line.needs)]
    aid = sum(aid.cents or 0 for aid in certain(one.aids))
    money = one.gross_cents - aid + sum(line.net_cents for line in others)
    hours = one.hours + sum(line.hours for line in others)
    reasons = []
    if money > request.budget.net_cents:
        reasons.append(Reason("over-budget", {"gap_cents": money - request.budget.net_cents}))
    if hours > request.budget.hours:
        reasons.append(Reason("over-hours", {"gap": hours - request.budget.hours}))
    return tuple(reasons) or (_beaten(one, bundle),)


def _beaten(one: Candidate, bundle: Bundle) -> Reason:
    mine = {need.id for need in one.needs}
    by = [line for line in bundle.lines if mine & set(line.needs)]
    facts = {"points": one.points[0], "by": by[0].offer if by else None}
    return Reason("another-fits-better" if by else "not-in-best-bundle", facts)


def _one_short(need: Need, refusals: Sequence[Refusal]) -> list[Refusal]:
    """Offers that fail one condition; those that only work elsewhere teach the least, so last."""
    rest = [one for one in refusals if one.need == need and len(one.reasons) == 1]
    elsewhere = "not-in-your-area"
    return sorted(
        rest,
        key=lambda one: (one.reasons[0].code == elsewhere, -one.points, one.offer.version_id),
    )[:3]


def _slug(field: Field, version_id: str) -> str:
    everyone: list[Candidate | Refusal] = [*field.candidates, *field.refusals]
    return next(one.offer.slug for one in everyone if one.offer.version_id == version_id)
