"""Which of the eligible offers can be part of a best plan, with the aid they would get."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import Any, cast

from marketplace.contract.answers import Priced

from .candidates import Candidate, Eligible, Field, seeded
from .front import front
from .snapshot import gather


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The candidates that can win, and who makes each of the others superfluous: per entry of
    ``Field.eligible`` the ids of those kept, and the place of the rival by that of the beaten.
    """

    candidates: tuple[Candidate, ...]
    kept: tuple[Sequence[str], ...]
    beaten: tuple[Mapping[int, int], ...]


Axis = Callable[[Field, Eligible], Sequence[int]]
"""What a plan is good at: worth to the employer, or an early start; more is better."""


def worth(_field: Field, one: Eligible) -> Sequence[int]:
    """Points times weight."""
    return one.worth


def earliness(field: Field, one: Eligible) -> Sequence[int]:
    """The sooner the better."""
    numbers = gather(one.rows)(field.snapshot.columns["timing"])
    first_day, timings = field.screened[0].situation.first_day, field.snapshot.values["timing"]
    early = {at: -first_day(cast(Any, timings[at])[0]).toordinal() for at in set(numbers)}
    return [early[at] for at in numbers]


def shortlist(field: Field, axis: Axis = worth) -> Shortlist:
    """The candidates that can be part of a best plan, with their aid."""
    lists = [_can_win(field, one, axis, None) for one in field.eligible]
    return _listed(field, lists) or shortlist(field, axis)


def shortlist_among(field: Field, allowed: bytes, whole: Shortlist) -> Shortlist:
    """The shortlist of the rows in ``allowed`` alone (a byte per row of the snapshot, 1 for yes).

    What an allowed offer beats in the ``whole`` shortlist is beaten here too.
    """
    lists = []
    for one, beaten in zip(field.eligible, whole.beaten, strict=True):
        places = [
            at
            for at, row in enumerate(one.rows)
            if allowed[row] and (at not in beaten or not allowed[one.rows[beaten[at]]])
        ]
        lists.append(_can_win(field, one, worth, places))
    return _listed(field, lists) or shortlist_among(field, allowed, shortlist(field))


def unbeatable(field: Field, allowed: bytes) -> Shortlist | None:
    """Of the rows in ``allowed`` the ones worth most for each need, where one for every need fits
    both budgets together before any aid: a plan with less for a need is not the best then. None
    where this is not known.
    """
    best: dict[int, Collection[int]] = {}
    witness: list[tuple[int, int, int]] = []
    lists: list[Front] = []
    for one in field.eligible:
        if one.needs[1:]:  # the ones for two needs come after those for one
            both = set(best.get(one.needs[0], ())).intersection(best.get(one.needs[1], ()))
            places = [at for at, row in enumerate(one.rows) if row in both] if both else []
        else:
            mine = gather(one.rows)(allowed)
            worths = list(map(mul, one.worth, mine))
            top = max(worths)
            if not top and any(mine):
                return None  # worth nothing: that a plan has one is no gain
            places = [at for at, value in enumerate(worths) if value == top > 0]
            best[one.needs[0]] = gather(places)(one.rows)
            if places:
                witness.append(min([(one.price[at], one.hours[at], one.rows[at]) for at in places]))
        lists.append(_can_win(field, one, worth, places))
    if not _fits(field, witness):
        return None
    return _listed(field, lists) or unbeatable(field, allowed)


def _fits(field: Field, witness: Sequence[tuple[int, int, int]]) -> bool:
    """Whether these (price, hours, row) are a plan within both budgets, with no aid at all."""
    budget, scarce = field.request.budget, field.snapshot.scarce
    once = [row for _price, _hours, row in witness if scarce[row]]
    return (
        sum([price for price, _hours, _row in witness]) <= budget.net_cents
        and sum([hours for _price, hours, _row in witness]) <= budget.hours
        and len(set(once)) == len(once)
    )


def everyone(field: Field) -> tuple[Candidate, ...]:
    """All eligible candidates with their aid, for whoever checks what the shortlist left out."""
    lists: list[Front] = [(list(range(len(one.rows))), {}) for one in field.eligible]
    found = _listed(field, lists)
    return found.candidates if found else everyone(field)


Front = tuple[list[int], Mapping[int, int]]
"""The places of what can win, and who beats each of the others."""


def _listed(field: Field, lists: Sequence[Front]) -> Shortlist | None:
    """Ask about the aid of what can win; None when its ceiling turned out not to hold."""
    ceiling, groups = field.aid.ceiling, list(zip(field.eligible, lists, strict=True))
    items: dict[tuple[int, ...], Priced] = {}
    for one, (kept, _beaten) in groups:
        items.update(_items(field, one, kept))
    field.aid.learn(items)
    if field.aid.ceiling != ceiling:
        return None
    found = [[_candidate(field, one, at) for at in kept] for one, (kept, _beaten) in groups]
    return Shortlist(
        tuple([candidate for group in found for candidate in group]),
        tuple([[candidate.id for candidate in group] for group in found]),
        tuple([beaten for _kept, beaten in lists]),
    )


def _can_win(field: Field, one: Eligible, axis: Axis, places: Sequence[int] | None) -> Front:
    """The front of all offers, or of those in some places."""
    if places is not None and len(places) < 2:
        return list(places), {}
    version_ids, scarce = field.snapshot.version_ids, gather(one.rows)(field.snapshot.scarce)
    columns = (axis(field, one), one.price, one.hours, field.least(one), scarce)
    if places is None:
        return front(lambda at: seeded(one.seed, version_ids[one.rows[at]]), *columns)
    pick, mine = gather(places), places
    kept, beaten = front(
        lambda at: seeded(one.seed, version_ids[one.rows[mine[at]]]),
        *[pick(column) for column in columns],
    )
    return [places[at] for at in kept], {places[at]: places[by] for at, by in beaten.items()}


def _items(
    field: Field, one: Eligible, kept: Sequence[int]
) -> Iterator[tuple[tuple[int, ...], Priced]]:
    new = [at for at in kept if (*one.needs, one.rows[at]) not in field.aid.known]
    if not new:
        return
    need = field.request.needs[one.needs[0]]
    if one.participants != need.group.count:
        need = replace(need, group=replace(need.group, count=one.participants))
    for at in new:
        row = one.rows[at]
        offer, start = field.snapshot.offer(row), field.start(row)
        yield (*one.needs, row), Priced(offer, need, one.gross[at], start)


def _candidate(field: Field, one: Eligible, at: int) -> Candidate:
    """The candidate in a place; made once, as several lists may hold it."""
    row = one.rows[at]
    key = (*one.needs, row)
    found = field.drawn.get(key)
    if found is not None:
        return found
    field.drawn[key] = found = Candidate(
        seeded(one.seed, field.snapshot.version_ids[row]),
        one.needs,
        row,
        tuple([points[at] for points in one.points]),
        one.worth[at],
        field.start(row),
        one.participants,
        one.gross[at],
        one.price[at] - one.gross[at],
        one.hours[at],
        field.screened[one.needs[0]].places_left(row) if field.snapshot.scarce[row] else None,
        field.aid.known[key],
    )
    return found
