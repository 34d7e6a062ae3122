"""Offers held against needs: who can serve, how well, and at what price."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple, cast

from marketplace.contract.answers import Ceiling
from marketplace.contract.values import Reason, RequestFacts
from marketplace.kit.catalogue import gross_cents
from marketplace.kit.money import vat_cents

from .aid import AidBook, AskAid, PooledAid, least_net
from .rule_book import RuleBook
from .screening import LeftOf, Screened, screen
from .situation import Situation, situations
from .snapshot import NO_OFFERS, Snapshot, gather, keep, positions


@dataclass(frozen=True, slots=True)
class Eligible:
    """The offers that can serve some needs together, as columns; ``points`` has one per need.

    ``needs`` are numbers into the needs of the request; money is in cents, hours off the floor in
    total. ``price`` is gross with the VAT that the employer cannot get back.
    """

    needs: tuple[int, ...]
    seed: hashlib._Hash
    participants: int
    rows: Sequence[int]
    points: tuple[Sequence[int], ...]
    worth: Sequence[int]
    gross: Sequence[int]
    price: Sequence[int]
    hours: Sequence[int]


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
    vat_cents: int
    hours: int
    left: int | None
    aids: tuple[PooledAid, ...]

    @property
    def price_cents(self) -> int:
        """What is to be paid before aid, with the VAT that the employer cannot get back."""
        return self.gross_cents + self.vat_cents


@dataclass(frozen=True, slots=True)
class Field:
    """How every offer was screened per need, and what is eligible; ``aid`` grows as it is asked."""

    request: RequestFacts
    salt: str
    snapshot: Snapshot
    book: RuleBook
    screened: tuple[Screened, ...]
    eligible: tuple[Eligible, ...]
    aid: AidBook
    told: dict[tuple[int, int], tuple[Reason, ...]] = field(default_factory=dict)
    drawn: dict[tuple[int, ...], Candidate] = field(default_factory=dict)
    nets: dict[tuple[int, ...], tuple[Ceiling, Sequence[int]]] = field(default_factory=dict)

    def least(self, one: Eligible) -> Sequence[int]:
        """What the most certain aid there can be leaves of each price; kept while its ceiling
        holds.
        """
        found = self.nets.get(one.needs)
        if found is None or found[0] is not self.aid.ceiling:
            ceiling = self.aid.ceiling
            found = self.nets[one.needs] = ceiling, _least(one, ceiling)
        return found[1]

    def reasons(self, need: int, row: int) -> tuple[Reason, ...]:
        """Why an offer serves a need; worked out once, as several plans may hold it."""
        found = self.told.get((need, row))
        if found is None:
            found = self.told[need, row] = self.screened[need].reasons(row)
        return found

    @property
    def wished(self) -> date:
        """The first working day from the wished one on: nothing can start earlier."""
        return self.screened[0].situation.first_day(0)

    def start(self, row: int) -> date:
        """The first day that an offer can start."""
        return self.screened[0].situation.first_day(self.snapshot.value("timing", row)[0])

    def need_ids(self, needs: Sequence[int]) -> tuple[str, ...]:
        """The ids of needs by their numbers."""
        return tuple([self.request.needs[number].id for number in needs])


def _least(one: Eligible, ceiling: Ceiling) -> Sequence[int]:
    """Aid is reckoned on the price without VAT; the VAT stays."""
    nets = least_net(one.gross, one.hours, ceiling)
    if one.price is one.gross:
        return nets
    return [
        net + price - gross for net, price, gross in zip(nets, one.price, one.gross, strict=True)
    ]


def seed_of(salt: str, *needs: str) -> hashlib._Hash:
    """The start of the lots of everything that could serve these needs."""
    return hashlib.sha256("\n".join((salt, *needs, "")).encode())


def seeded(seed: hashlib._Hash, version_id: str) -> str:
    """A seeded id: among equals the smallest wins, and no one can choose it by a name."""
    digest = seed.copy()
    digest.update(version_id.encode())
    return digest.hexdigest()[:20]


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
    return Field(request, salt, snapshot, book, screened, eligible, AidBook.opened(ask_aid))


def _single(number: int, screened: Screened, salt: str) -> Eligible:
    need = screened.situation.need
    rows, points = screened.points(positions(screened.eligible))
    return Eligible(
        (number,),
        seed_of(salt, need.id),
        need.group.count,
        rows,
        (points,),
        [need.weight * score for score in points],
        *_costs(screened.situation, screened.snapshot, rows, need.group.count),
    )


class _Gross(dict[int, int]):
    """The gross price for so many people, by number of the cost."""

    def __init__(self, snapshot: Snapshot, count: int) -> None:
        self.costs, self.count = snapshot.values["cost"], count

    def __missing__(self, number: int) -> int:
        price, most = cast(Any, self.costs[number])
        return self.setdefault(number, gross_cents(price, self.count, most))


def _costs(
    situation: Situation, snapshot: Snapshot, rows: Sequence[int], count: int
) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Gross price, price with VAT and hours of each row for so many people."""
    if not rows:
        return (), (), ()
    pick, key = gather(rows), ("gross", count)
    table = snapshot.kept.get(key) or keep(snapshot.kept, key, _Gross(snapshot, count))
    efforts = [count * cast(int, hours) for hours in snapshot.values["hours"]]
    columns = snapshot.columns
    gross = gather(pick(columns["cost"]))(table)
    price = gross
    if situation.pays_vat:
        treatments = gather(pick(columns["vat"]))(snapshot.values["vat"])
        price = [
            cents + vat_cents(cents, treatment)
            for cents, treatment in zip(gross, treatments, strict=True)
        ]
    return gross, price, gather(pick(columns["hours"]))(efforts)


def _same_people(request: RequestFacts, one: Eligible, two: Eligible) -> bool:
    a, b = request.needs[one.needs[0]], request.needs[two.needs[0]]
    return a.group.role == b.group.role


def _double(one: Eligible, two: Eligible, screened: Sequence[Screened], salt: str) -> Eligible:
    """One offer for two needs of the same kind of people, booked as one group."""
    snapshot = screened[0].snapshot
    a, b = (screened[single.needs[0]].situation.need for single in (one, two))
    count = one.participants + two.participants
    other = {row: at for at, row in enumerate(two.rows)}
    left = screened[one.needs[0]].places_left
    found = [
        (at, other[row])
        for at, row in enumerate(one.rows)
        if row in other and (not snapshot.scarce[row] or count <= (left(row) or 0))
    ]
    rows = [one.rows[at] for at, _also in found]
    return Eligible(
        one.needs + two.needs,
        seed_of(salt, a.id, b.id),
        count,
        rows,
        (
            [one.points[0][at] for at, _also in found],
            [two.points[0][also] for _at, also in found],
        ),
        [one.worth[at] + two.worth[also] for at, also in found],
        *_costs(screened[0].situation, snapshot, rows, count),
    )
