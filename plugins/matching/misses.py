"""Why not: per need the offers that came near, and why a need has no offer at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from marketplace.contract.answers import WhatIf
from marketplace.contract.values import Reason

from .candidates import Candidate, Eligible, Field, seed_of, seeded
from .certificates import Why
from .conditions import CONDITIONS
from .screening import PLACES, Screened
from .snapshot import Snapshot, first_positions, gather

MOST_PER_NEED = 5
MOST_OF_A_KIND = 3
MOST_LOOKED_AT = 16  # offers of one condition that are scored to find the nearest

Missed = tuple[str, int, tuple[Reason, ...]]
"""A need, the row of an offer, and why it is not in the plan."""


def near_misses(field: Field, chosen: Iterable[Candidate], why: Why) -> Iterator[Missed]:
    """Per need: offers that could serve it but were not chosen, then those one condition short."""
    taken = {(one.row, need) for one in chosen for need in one.needs}
    single = {
        one.needs[0]: (at, one) for at, one in enumerate(field.eligible) if one.needs[1:] == ()
    }
    for number, screened in enumerate(field.screened):
        name = field.request.needs[number].id
        found: list[Missed] = []
        if number in single:
            entry, one = single[number]
            for at in _fitting(field, one, number, taken):
                found.append((name, one.rows[at], (why.reason(entry, at),)))
        seed, most = seed_of(field.salt, name), MOST_PER_NEED - len(found)
        for row, refusing in _one_short(screened, seed, most):
            found.append((name, row, screened.refusals(row, refusing)))
        yield from found


def _fitting(
    field: Field, one: Eligible, number: int, taken: set[tuple[int, int]]
) -> Iterable[int]:
    """The places of the best that were not chosen; of equals the first by lot."""
    free = [at for at, row in enumerate(one.rows) if (row, number) not in taken]
    if not free:
        return []
    rows = gather(free)(one.rows)
    best = _best(field.snapshot, rows, gather(free)(one.worth), one.seed)
    return [free[place] for place in best]


def _best(
    snapshot: Snapshot, rows: Sequence[int], scores: Sequence[int], seed: hashlib._Hash
) -> list[int]:
    """The places of the highest scores; of equals the first by lot, which only they draw."""
    least = sorted(scores)[-MOST_OF_A_KIND:][0]
    best = [place for place, score in enumerate(scores) if score >= least]
    best.sort(key=lambda place: (-scores[place], seeded(seed, snapshot.version_ids[rows[place]])))
    return best[:MOST_OF_A_KIND]


def _one_short(screened: Screened, seed: hashlib._Hash, most: int) -> list[tuple[int, str]]:
    """The nearest ``most`` of the offers that fail one thing only, and that thing: the best per
    condition, in the order in which employers can change them, and then the second best.
    """
    refusing = list(islice(((name, who) for name, who in _in_order(screened) if who), most))
    ranked = list(_nearest(screened, [who for _name, who in refusing], seed))
    found = [
        (rows[place], name)
        for place in range(MOST_OF_A_KIND)
        for rows, (name, _who) in zip(ranked, refusing, strict=True)
        if place < len(rows)
    ]
    return found[:most]


def _in_order(screened: Screened) -> Iterator[tuple[str, int]]:
    names = [one.name for one in CONDITIONS]
    rules = [one.name for one in screened.refusing]
    easy, hard = names[:-3], names[-3:]  # audience, sector and area cannot be changed
    for name in (*easy, PLACES, *rules, *hard):
        who = 0
        for _code, refused in screened.refused[name]:
            who |= refused
        yield name, who & screened.single


def _nearest(
    screened: Screened, refused: Sequence[int], seed: hashlib._Hash
) -> Iterator[list[int]]:
    """Per bitmap the rows of the best fits among some of its offers; of equals the first by lot.
    All are scored at once.
    """
    looked_at = [first_positions(who, MOST_LOOKED_AT) for who in refused]
    rows, points = screened.points([place for places in looked_at for place in places])
    end = 0
    for places in looked_at:
        start, end = end, end + len(places)
        best = _best(screened.snapshot, rows[start:end], points[start:end], seed)
        yield [rows[start + place] for place in best]


def uncovered(
    field: Field, covered: frozenset[str], what_if: Sequence[WhatIf]
) -> Iterator[tuple[str, tuple[Reason, ...]]]:
    """The needs without an offer, with what stands in the way."""
    served = {number for one in field.eligible for number in one.needs}
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
