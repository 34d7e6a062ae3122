"""The answer keeps to what was asked, gives reasons, and what it says about more is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from marketplace.contract.answers import Line

from ..solver import solve
from .certificates import KINDS, with_more
from .monotone import raised
from .trial import Audited, ways


def limits(audited: Audited) -> Iterator[str]:
    """Money, hours, places and one offer per need; figures counted again from the lines."""
    bundle, request = audited.outcome.bundle, audited.trial.request
    served = [need for line in bundle.lines for need in line.needs]
    points = [
        dict(zip(line.needs, way.points, strict=True))
        for line in bundle.lines
        if (way := ways(audited.outcome, line.version_id).get(line.needs))
    ]
    weights = {need.id: need.weight for need in request.needs}
    value = sum(weights[need] * got for line in points for need, got in line.items())
    holds = {
        "more money than the budget": bundle.net_cents <= request.budget.net_cents,
        "more hours than the budget": bundle.hours <= request.budget.hours,
        "a need is covered twice": len(served) == len(set(served)),
        "a line that cannot serve": len(points) == len(bundle.lines),
        "another value than the points": bundle.value == value,
        "another price than the lines": bundle.net_cents == sum(o.net_cents for o in bundle.lines),
        "other hours than the lines": bundle.hours == sum(one.hours for one in bundle.lines),
        "more places than are left": not _overbooked(audited),
        "more aid than its pool holds": not _overdrawn(audited),
        "a line whose aid does not add up": all(
            line.net_cents
            == line.gross_cents + line.vat_cents - sum(cents for _pool, cents in _aid(line))
            for line in bundle.lines
        ),
    }
    yield ", ".join(fault for fault, held in holds.items() if not held)


def reasons(audited: Audited) -> Iterator[str]:
    """Every line, every near miss and every need without an offer says why."""
    outcome = audited.outcome
    silent = [line.version_id for line in outcome.bundle.lines if not line.reasons]
    silent += [f"{miss.need}/{miss.version_id}" for miss in outcome.misses if not miss.reasons]
    served = {need for line in outcome.bundle.lines for need in line.needs}
    told = {miss.need for miss in outcome.misses if miss.version_id is None}
    silent += [one.id for one in audited.trial.request.needs if one.id not in served | told]
    yield f"no reason for {', '.join(silent)}" if silent else ""


def what_if(audited: Audited) -> Iterator[str]:
    """With so much more the needs can be covered and the plan is worth what is said; with one cent
    or hour less they cannot.
    """
    outcome, trial = audited.outcome, audited.trial
    covered = {need for line in outcome.bundle.lines for need in line.needs}
    for claim in outcome.what_if:
        wanted = covered | set(claim.covers)
        name = f"{claim.more} {claim.resource} more for {', '.join(claim.covers)}"
        reached = [
            _can_cover(audited, wanted, {claim.resource: claim.more - less}) for less in (0, 1)
        ]
        value = raised(trial, **{claim.resource: claim.more}).ask(audited.engine).bundle.value
        if reached != [True, False]:
            yield f"{name}: " + ("less is enough" if reached[0] else "is not enough")
        else:
            yield "" if value >= claim.value else f"{name}: is worth {value}, not {claim.value}"


def certificates(audited: Audited) -> Iterator[str]:
    """Every candidate that was not chosen has one certificate, and its figures are right."""
    outcome = audited.outcome
    chosen = {(line.needs, line.version_id) for line in outcome.bundle.lines}
    wanted = sorted({(one.needs, one.version_id) for one in outcome.eligible} - chosen)
    given = sorted((one.needs, one.version_id) for one in outcome.certificates)
    yield "" if wanted == given else f"{len(wanted)} were not chosen, {len(given)} certificates"
    for one in outcome.certificates:
        fault = KINDS[one.kind](audited, one) if one.kind in KINDS else "unknown kind"
        yield f"{one.kind} of {one.version_id}: {fault}" if fault else ""


def _overbooked(audited: Audited) -> bool:
    taken: dict[str, int] = {}
    for line in audited.outcome.bundle.lines:
        taken[line.version_id] = taken.get(line.version_id, 0) + line.participants
    left = audited.trial.left
    return any(places > left[version] for version, places in taken.items() if version in left)


def _overdrawn(audited: Audited) -> bool:
    drawn: dict[str, int] = {}
    for line in audited.outcome.bundle.lines:
        for pool, cents in _aid(line):
            drawn[pool] = drawn.get(pool, 0) + cents
    pools = audited.outcome.problem.pools
    return any(cents > pools[pool] for pool, cents in drawn.items() if pool in pools)


def _aid(line: Line) -> list[tuple[str, int]]:
    """What is certain to come off the invoice, by pool; an aid without a pool under no name."""
    certain = [aid for aid in line.aid if aid.certainty == "certain" and not aid.wage_side]
    return [(aid.pool or "", aid.cents or 0) for aid in certain]


def _can_cover(audited: Audited, needs: set[str], more: Mapping[str, int]) -> bool:
    """Whether some choice covers all these needs: asked as a problem where only they are worth."""
    problem = with_more(audited.outcome.problem, **more)
    options = [replace(o, value=len(needs & set(o.needs))) for o in problem.options]
    pairs = [replace(pair, value=0) for pair in problem.pairs]
    asked = replace(problem, options=tuple(options), pairs=tuple(pairs))
    return solve(asked).value == len(needs)
