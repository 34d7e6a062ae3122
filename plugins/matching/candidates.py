"""Offers held against needs: who can serve, how well, at what price, and which can win at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple, cast

from marketplace.contract.values import Priced, Reason, RequestFacts
from marketplace.kit.catalogue import gross_cents

from .aid import AidBook, AskAid, PooledAid, least_net
from .front import front
from .rule_book import RuleBook
from .screening import LeftOf, Screened, screen
from .situation import situations
from .snapshot import NO_OFFERS, Snapshot, positions


@dataclass(frozen=True, slots=True)
class Eligible:
    """The offers that can serve some needs together, as columns. ``needs`` are numbers into the
    needs of the request; money is gross cents, hours off the floor in total; ``left`` are the
    places left of scarce offers, None for the others.
    """

    needs: tuple[int, ...]
    seed: hashlib._Hash
    participants: int
    rows: Sequence[int]
    points: Sequence[tuple[int, ...]]
    worth: Sequence[int]
    gross: Sequence[int]
    hours: Sequence[int]
    start: Sequence[date]
    left: Sequence[int | None]


class Candidate(NamedTuple):
    """An offer that can serve one need, or two at once; ``value`` is points times weight, summed
    over the needs it serves. Its aids become known when it is asked about.
    """

    id: str
    needs: tuple[int, ...]
    row: int
    points: tuple[int, ...]
    value: int
    start: date
    participants: int
    gross_cents: int
    hours: int
    left: int | None
    aids: tuple[PooledAid, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """How every offer was screened per need, and what is eligible; ``aid`` grows as it is asked."""

    request: RequestFacts
    snapshot: Snapshot
    book: RuleBook
    screened: tuple[Screened, ...]
    eligible: tuple[Eligible, ...]
    aid: AidBook
    told: dict[tuple[int, int], tuple[Reason, ...]] = field(default_factory=dict)

    def reasons(self, need: int, row: int) -> tuple[Reason, ...]:
        """Why an offer serves a need; worked out once, as several plans may hold it."""
        found = self.told.get((need, row))
        if found is None:
            found = self.told[need, row] = self.screened[need].reasons(row)
        return found

    def need_ids(self, needs: Sequence[int]) -> tuple[str, ...]:
        """The ids of needs by their numbers."""
        return tuple([self.request.needs[number].id for number in needs])


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The candidates that can win, and who makes each of the others superfluous: per entry of
    ``Field.eligible`` the ids of those kept, and the place of the rival by that of the beaten.
    """

    candidates: tuple[Candidate, ...]
    kept: tuple[Sequence[str], ...]
    beaten: tuple[Mapping[int, int], ...]


def survey(
    request: RequestFacts,
    snapshot: Snapshot,
    book: RuleBook,
    salt: str,
    left_of: LeftOf,
    ask_aid: AskAid,
) -> Field:
    """Judge every offer of every topic asked for, and price what is eligible."""
    screened = tuple(
        [
            screen(snapshot, snapshot.postings.get(one.need.topic, NO_OFFERS), one, book, left_of)
            for one in situations(request)
        ]
    )
    singles = [_single(number, one, salt) for number, one in enumerate(screened)]
    doubles = [
        _double(one, two, screened, salt)
        for one, two in combinations(singles, 2)
        if _same_people(request, one, two)
    ]
    eligible = tuple([one for one in (*singles, *doubles) if one.rows])
    return Field(request, snapshot, book, screened, eligible, AidBook.opened(ask_aid))


def _single(number: int, screened: Screened, salt: str) -> Eligible:
    snapshot, situation, left = screened.snapshot, screened.situation, screened.left
    need, timings = situation.need, snapshot.values["timing"]
    rows, points = screened.points(positions(screened.eligible))
    timing = map(snapshot.columns["timing"].__getitem__, rows)
    version_ids = snapshot.version_ids
    return Eligible(
        (number,),
        hashlib.sha256(f"{salt}\n{need.id}\n".encode()),
        need.group.count,
        rows,
        [(score,) for score in points],
        [need.weight * score for score in points],
        *_costs(snapshot, rows, need.group.count),
        [situation.first_day(cast(Any, timings[one])[0]) for one in timing],
        [left.get(version_ids[row]) for row in rows] if left else [None] * len(rows),
    )


def _costs(snapshot: Snapshot, rows: Sequence[int], count: int) -> tuple[list[int], list[int]]:
    """Gross price and hours of each row for so many people."""
    prices, groups, efforts = (snapshot.values[name] for name in ("price", "group", "hours"))
    known: dict[tuple[int, int], int] = {}
    gross: list[int] = []
    columns = (map(snapshot.columns[name].__getitem__, rows) for name in ("price", "group"))
    for key in zip(*columns, strict=True):
        cents = known.get(key)
        if cents is None:
            price, group = cast(Any, prices[key[0]]), cast(Any, groups[key[1]])
            cents = known[key] = gross_cents(price, count, group[1])
        gross.append(cents)
    hours = [
        cast(int, efforts[one]) * count for one in map(snapshot.columns["hours"].__getitem__, rows)
    ]
    return gross, hours


def _same_people(request: RequestFacts, one: Eligible, two: Eligible) -> bool:
    a, b = request.needs[one.needs[0]], request.needs[two.needs[0]]
    return a.group.role == b.group.role


def _double(one: Eligible, two: Eligible, screened: Sequence[Screened], salt: str) -> Eligible:
    """One offer for two needs of the same kind of people, booked as one group."""
    snapshot = screened[0].snapshot
    a, b = (screened[single.needs[0]].situation.need for single in (one, two))
    count = one.participants + two.participants
    other = {row: at for at, row in enumerate(two.rows)}
    found = [
        (at, other[row])
        for at, row in enumerate(one.rows)
        if row in other and (one.left[at] is None or count <= cast(int, one.left[at]))
    ]
    rows = [one.rows[at] for at, _also in found]
    return Eligible(
        one.needs + two.needs,
        hashlib.sha256(f"{salt}\n{a.id}\n{b.id}\n".encode()),
        count,
        rows,
        [one.points[at] + two.points[also] for at, also in found],
        [one.worth[at] + two.worth[also] for at, also in found],
        *_costs(snapshot, rows, count),
        [max(one.start[at], two.start[also]) for at, also in found],
        [one.left[at] for at, _also in found],
    )


Axis = Callable[[Eligible], Sequence[int]]
"""What a plan is good at: worth to the employer, or an early start; more is better."""


def worth(one: Eligible) -> Sequence[int]:
    """Points times weight."""
    return one.worth


def earliness(one: Eligible) -> Sequence[int]:
    """The sooner the better."""
    return [-day.toordinal() for day in one.start]


def shortlist(field: Field, axis: Axis = worth, allowed: bytes | None = None) -> Shortlist:
    """The candidates that can be part of a best plan, with their aid; of the rows in ``allowed``
    (one byte per row of the snapshot, 1 for yes), or of all.
    """
    ceiling = field.aid.ceiling
    picked: list[tuple[Eligible, list[int]]] = []
    beaten: list[Mapping[int, int]] = []
    for one in field.eligible:
        kept, others = _can_win(field, one, axis, allowed)
        picked.append((one, kept))
        beaten.append(others)
    field.aid.learn(dict(_items(field, picked)))
    if field.aid.ceiling != ceiling:
        return shortlist(field, axis, allowed)
    groups = [tuple([_candidate(field, one, at) for at in kept]) for one, kept in picked]
    return Shortlist(
        tuple([candidate for group in groups for candidate in group]),
        tuple([[candidate.id for candidate in group] for group in groups]),
        tuple(beaten),
    )


def everyone(field: Field) -> tuple[Candidate, ...]:
    """All eligible candidates with their aid, for whoever checks what the shortlist left out."""
    picked = [(one, list(range(len(one.rows)))) for one in field.eligible]
    field.aid.learn(dict(_items(field, picked)))
    return tuple([_candidate(field, one, at) for one, places in picked for at in places])


def _can_win(
    field: Field, one: Eligible, axis: Axis, allowed: bytes | None
) -> tuple[list[int], Mapping[int, int]]:
    version_ids = field.snapshot.version_ids
    places = [at for at, row in enumerate(one.rows) if allowed is None or allowed[row]]
    good = axis(one)
    gross, hours = [one.gross[at] for at in places], [one.hours[at] for at in places]
    kept, beaten = front(
        [good[at] for at in places],
        gross,
        hours,
        least_net(gross, hours, field.aid.ceiling),
        [one.left[at] for at in places],
        lambda place: seeded(one.seed, version_ids[one.rows[places[place]]]),
    )
    return [places[at] for at in kept], {places[at]: places[by] for at, by in beaten.items()}


def seeded(seed: hashlib._Hash, version_id: str) -> str:
    """A seeded id: among equals the smallest wins, and no one can choose it by a name."""
    digest = seed.copy()
    digest.update(version_id.encode())
    return digest.hexdigest()[:20]


def _items(
    field: Field, picked: Sequence[tuple[Eligible, list[int]]]
) -> Iterator[tuple[tuple[int, ...], Priced]]:
    for one, kept in picked:
        asked = field.request.needs[one.needs[0]]
        need = replace(asked, group=replace(asked.group, count=one.participants))
        for at in kept:
            offer = field.snapshot.offer(one.rows[at])
            yield (
                (*one.needs, one.rows[at]),
                Priced(offer, need, one.gross[at], one.start[at]),
            )


def _candidate(field: Field, one: Eligible, at: int) -> Candidate:
    row = one.rows[at]
    return Candidate(
        seeded(one.seed, field.snapshot.version_ids[row]),
        one.needs,
        row,
        one.points[at],
        one.worth[at],
        one.start[at],
        one.participants,
        one.gross[at],
        one.hours[at],
        one.left[at],
        field.aid.known[(*one.needs, row)],
    )
