"""Why not: per need the offers that came near, and why a need has no offer at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from marketplace.contract.values import Certificate, Json, Reason, WhatIf

from .candidates import Candidate, Field
from .conditions import CONDITIONS
from .screening import PLACES, Screened
from .snapshot import positions
from .solver import Solution, Verdict

MOST_PER_NEED = 5
MOST_OF_A_KIND = 3
MOST_LOOKED_AT = 64  # offers of one condition that are scored to find the nearest

Missed = tuple[str, int, tuple[Reason, ...]]
"""A need, the row of an offer, and why it is not in the plan."""


def near_misses(
    field: Field, best: Solution, verdicts: Mapping[str, Verdict]
) -> Iterator[Missed]:
    """Per need: offers that could serve it but were not chosen, then those one condition short."""
    lines = {one.id: one for one in field.candidates}
    taken = {(lines[one].row, need) for one in best.chosen for need in lines[one].needs}
    rivals: dict[int, list[Candidate]] = {}
    for one in field.candidates:
        if len(one.needs) == 1 and (one.row, one.needs[0]) not in taken:
            rivals.setdefault(one.needs[0], []).append(one)
    for number, screened in enumerate(field.screened):
        name = field.request.needs[number].id
        fitting = sorted(rivals.get(number, ()), key=lambda one: (-one.points[0], one.id))
        found: list[Missed] = [
            (name, one.row, (_why_not(verdicts[one.id], best, lines, field),))
            for one in fitting[:MOST_OF_A_KIND]
        ]
        found += [
            (name, row, screened.refusals(row, field.book)) for row in _one_short(screened)
        ]
        yield from found[:MOST_PER_NEED]


def _why_not(
    verdict: Verdict, best: Solution, lines: Mapping[str, Candidate], field: Field
) -> Reason:
    """The certificate in a code of its own, with the facts its sentence needs."""
    facts = verdict.facts
    if verdict.by is not None:
        mine, other = lines[verdict.option], lines[verdict.by]
        if verdict.kind == "blocked" and mine.row == other.row:
            return Reason("places-taken", {"left": mine.left})
        return Reason(_BY_OTHER[verdict.kind], {"by": field.snapshot.slugs[other.row]})
    cents, hours = facts.get("more_cents"), facts.get("more_hours")
    if cents is not None or hours is not None:
        return _over(cents, hours)
    for figure, sign, code, name in _REGRETS:
        regret = sign * (getattr(best, figure) - facts[figure])
        if regret:
            return Reason(code, {name: regret})
    return Reason("loses-the-draw")


_BY_OTHER = {"dominated": "beaten-by", "blocked": "excluded-by"}
_REGRETS = (
    ("value", 1, "costs-points", "points"),
    ("net_cents", -1, "costs-more", "gap_cents"),
    ("hours", -1, "takes-more-hours", "gap"),
)


def _over(cents: int | None, hours: int | None) -> Reason:
    if hours is None:
        return Reason("over-budget", {"gap_cents": cents})
    if cents is None:
        return Reason("over-hours", {"gap": hours})
    return Reason("over-both", {"gap_cents": cents, "gap": hours})


def _one_short(screened: Screened) -> Iterator[int]:
    """The nearest of the offers that fail one thing only: the best per condition, in the order in
    which employers can change them, and then the second best."""
    ranked = [_nearest(screened, who) for who in _in_order(screened) if who]
    for place in range(MOST_OF_A_KIND):
        for rows in ranked:
            if place < len(rows):
                yield rows[place]


def _in_order(screened: Screened) -> Iterator[int]:
    names = [one.name for one in CONDITIONS]
    rules = [name for name in screened.refused if name.startswith("rule:")]
    easy, hard = names[:-3], names[-3:]  # audience, sector and area cannot be changed
    for name in (*easy, PLACES, *rules, *hard):
        who = 0
        for _code, refused in screened.refused[name]:
            who |= refused
        yield who & screened.single


def _nearest(screened: Screened, who: int) -> list[int]:
    found = positions(who)[:MOST_LOOKED_AT]
    rows, points = screened.points(sum([1 << at for at in found]))
    ranked = sorted(zip(points, rows, strict=True), key=lambda pair: (-pair[0], pair[1]))
    return [row for _points, row in ranked[:MOST_OF_A_KIND]]


def uncovered(
    field: Field, covered: frozenset[str], what_if: Sequence[WhatIf]
) -> Iterator[tuple[str, tuple[Reason, ...]]]:
    """The needs without an offer, with what stands in the way."""
    served = {number for one in field.candidates for number in one.needs}
    for number, need in enumerate(field.request.needs):
        if need.id not in covered:
            looked_at = len(field.screened[number].posting.rows)
            nobody = Reason("no-offer-fits", {"looked_at": looked_at})
            yield need.id, tuple(_obstacles(need.id, what_if)) if number in served else (nobody,)


def _obstacles(need: str, what_if: Sequence[WhatIf]) -> Iterable[Reason]:
    codes = {"net_cents": ("needs-more-money", "gap_cents"), "hours": ("needs-more-hours", "gap")}
    found = [
        Reason(codes[one.resource][0], {codes[one.resource][1]: one.more})
        for one in what_if
        if need in one.covers
    ]
    return found or [Reason("not-in-best-bundle")]


def certificates(
    field: Field, verdicts: Mapping[str, Verdict]
) -> tuple[Certificate, ...]:
    """One certificate per candidate that was not chosen, by need and then by version."""
    rows = {one.id: one.row for one in field.candidates}
    slugs, version_ids = field.snapshot.slugs, field.snapshot.version_ids
    names = [need.id for need in field.request.needs]
    found = []
    for one in field.candidates:
        verdict = verdicts.get(one.id)
        if verdict is not None:
            facts: dict[str, Json] = dict(verdict.facts)
            if verdict.by is not None:
                facts["by"] = slugs[rows[verdict.by]]
            needs = tuple([names[number] for number in one.needs])
            found.append(
                Certificate(needs, slugs[one.row], version_ids[one.row], verdict.kind, facts)
            )
    return tuple(found)
