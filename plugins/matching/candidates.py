"""Offers held against needs: who can serve, how well, at what price, and who cannot and why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from marketplace.contract.rules import Rule
from marketplace.contract.values import Aid, Aids, Need, Offer, Priced, Reason, RequestFacts
from marketplace.kit.catalogue import gross_cents

from .eligibility import first_day, refusals
from .facts import Case
from .fit import fit
from .rules import assumes, in_force
from .snapshot import Snapshot, offers_for

AidFor = Callable[[Sequence[Priced]], tuple[Sequence[tuple[str, Aids]], tuple[str, ...]]]
"""Asks the subsidy plugins about priced items: answers by plugin id, and who kept silent."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that can serve one need, or two at once. Money is gross cents, hours in total."""

    id: str
    needs: tuple[Need, ...]
    offer: Offer
    points: tuple[int, ...]
    reasons: tuple[Reason, ...]
    start: date
    participants: int
    gross_cents: int
    hours: int
    aids: tuple[Aid, ...] = ()

    @property
    def value(self) -> int:
        """Points times weight, over the needs it serves."""
        return sum(
            need.weight * points for need, points in zip(self.needs, self.points, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """An offer of the right topic that cannot serve the need, with every reason."""

    need: Need
    offer: Offer
    reasons: tuple[Reason, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Field:
    """All candidates and refusals of a request."""

    candidates: tuple[Candidate, ...]
    refusals: tuple[Refusal, ...]
    pools: Mapping[str, int]
    silent: tuple[str, ...]


def survey(
    request: RequestFacts,
    snapshot: Snapshot,
    rules: Sequence[Rule],
    salt: str,
    left: Mapping[str, int],
    aid_for: AidFor,
) -> Field:
    """Judge every offer of every topic asked for; then price it with the aid it can get.

    ``left`` holds the places of scarce offers at this moment, by version id.
    """
    singles: list[Candidate] = []
    refused: list[Refusal] = []
    for need in request.needs:
        for offer in offers_for(snapshot, need.topic, left):
            case = Case(request, need, offer)
            reasons = refusals(case, in_force(rules, first_day(case)))
            if reasons:
                refused.append(Refusal(need, offer, reasons, fit(case).points))
            else:
                singles.append(_candidate(case, in_force(rules, first_day(case)), salt))
    candidates, pools, silent = _with_aid([*singles, *_doubles(singles, salt)], aid_for)
    return Field(tuple(candidates), tuple(refused), pools, silent)


def _candidate(case: Case, rules: Sequence[Rule], salt: str) -> Candidate:
    need, offer, judged = case.need, case.offer, fit(case)
    open_ends = (assumes(rule, case.look) for rule in rules)
    count = need.group.count
    return Candidate(
        id=_id(salt, offer, need.id),
        needs=(need,),
        offer=offer,
        points=(judged.points,),
        reasons=(*(reason for reason in open_ends if reason), *judged.reasons),
        start=first_day(case),
        participants=count,
        gross_cents=gross_cents(offer.price, count, offer.group_max),
        hours=offer.hours * count,
    )


def _doubles(singles: Sequence[Candidate], salt: str) -> Iterator[Candidate]:
    by_offer: dict[str, list[Candidate]] = {}
    for single in singles:
        by_offer.setdefault(single.offer.version_id, []).append(single)
    for same in by_offer.values():
        for one, two in combinations(same, 2):
            both = _merge(one, two, salt)
            if both is not None:
                yield both


def _merge(one: Candidate, two: Candidate, salt: str) -> Candidate | None:
    """One offer for two needs of the same kind of people, booked as one group."""
    a, b, offer = one.needs[0], two.needs[0], one.offer
    if offer.version_id != two.offer.version_id or a.group.role != b.group.role:
        return None
    count = a.group.count + b.group.count
    if offer.places_left is not None and count > offer.places_left:
        return None
    return replace(
        one,
        id=_id(salt, offer, a.id, b.id),
        needs=(a, b),
        points=one.points + two.points,
        reasons=(Reason("serves-two-needs", {"needs": [a.topic, b.topic]}), *one.reasons),
        start=max(one.start, two.start),
        participants=count,
        gross_cents=gross_cents(offer.price, count, offer.group_max),
        hours=offer.hours * count,
    )


def _id(salt: str, offer: Offer, *needs: str) -> str:
    """A seeded id: among equals the smallest wins, and no one can choose it by a name."""
    text = "\n".join((salt, offer.version_id, *needs))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _with_aid(
    candidates: Sequence[Candidate], aid_for: AidFor
) -> tuple[list[Candidate], Mapping[str, int], tuple[str, ...]]:
    answers, silent = aid_for([_priced(candidate) for candidate in candidates])
    pools: dict[str, int] = {}
    aids: list[list[Aid]] = [[] for _ in candidates]
    for plugin, answer in answers:
        pools |= {f"{plugin}:{pool}": cap for pool, cap in answer.pools.items()}
        for given, found in zip(aids, answer.aids, strict=True):
            given += [
                replace(aid, pool=f"{plugin}:{aid.pool}" if aid.pool else None) for aid in found
            ]
    priced = [
        replace(candidate, aids=tuple(given))
        for candidate, given in zip(candidates, aids, strict=True)
    ]
    return priced, pools, silent


def _priced(candidate: Candidate) -> Priced:
    first = candidate.needs[0]
    count = sum(need.group.count for need in candidate.needs)
    whole = replace(first, group=replace(first.group, count=count))
    return Priced(candidate.offer, whole, candidate.gross_cents, candidate.start)
