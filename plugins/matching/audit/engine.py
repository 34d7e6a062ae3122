"""The one place where the audit meets the engine it audits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.contract.answers import Bundle, Certificate, Miss, WhatIf
from marketplace.contract.rules import Rule
from marketplace.contract.values import Label, Offer, Problem, RequestFacts

from .. import recommend as matching
from ..aid import AskAid, lowers
from ..bundles import problem_of
from ..candidates import Candidate, Field
from ..hold import by_owner
from ..rule_book import book_of
from ..shortlist import everyone
from ..snapshot import build
from .aid import made_up_aid


@dataclass(frozen=True, slots=True)
class Eligible:
    """One way in which an offer can serve needs; net is after aid, before the caps of pools."""

    needs: tuple[str, ...]
    version_id: str
    points: tuple[int, ...]
    gross_cents: int
    net_cents: int
    hours: int
    start: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer as the audit judges it; ``eligible`` stands in the order of the options."""

    problem: Problem
    eligible: tuple[Eligible, ...]
    bundle: Bundle
    what_if: tuple[WhatIf, ...]
    misses: tuple[Miss, ...]
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that an engine may look at; ``left`` and ``labels`` are by version id."""

    request: RequestFacts
    offers: Sequence[Offer]
    rules: Sequence[Rule]
    salt: str
    left: Mapping[str, int]
    labels: Mapping[str, Label]


Engine = Callable[[Asked], Outcome]
"""What is audited: it answers one request."""


@dataclass(frozen=True, slots=True)
class _Owners:
    """The labels of the audit as the engine asks for them."""

    labels: Mapping[str, Label]
    agency: bytes

    def labels_of(self, version_ids: Iterable[str]) -> Mapping[str, Label]:
        """Names and kinds by version id."""
        return {one: self.labels[one] for one in version_ids}

    def rows_of(self) -> Mapping[str, bytes]:
        """The offers of each kind of owner."""
        return by_owner(self.agency)


def decide(asked: Asked, ask_aid: AskAid = made_up_aid) -> Outcome:
    """The answer of the engine of this plugin; ``ask_aid`` asks for the aid on priced offers."""
    snapshot, left, labels = build(1, asked.offers), asked.left, asked.labels
    decision = matching.decide(
        asked.request,
        snapshot,
        book_of(asked.rules),
        asked.salt,
        lambda version_ids: {one: left[one] for one in version_ids if one in left},
        ask_aid,
    )
    agency = bytes([labels[one].owner == "agency" for one in snapshot.version_ids])
    answer = matching.present(decision, _Owners(labels, agency))
    candidates = everyone(decision.field)
    return Outcome(
        problem=problem_of(decision.field, candidates),
        eligible=tuple(_eligible(candidate, decision.field) for candidate in candidates),
        bundle=answer.bundle,
        what_if=answer.what_if,
        misses=(*answer.near_misses, *answer.uncovered),
        certificates=tuple(answer.certificates),
    )


def _eligible(candidate: Candidate, field: Field) -> Eligible:
    aid = sum(aid.cents or 0 for _pool, aid in candidate.aids if lowers(aid))
    return Eligible(
        needs=field.need_ids(candidate.needs),
        version_id=field.snapshot.version_ids[candidate.row],
        points=candidate.points,
        gross_cents=candidate.gross_cents,
        net_cents=candidate.price_cents - aid,
        hours=candidate.hours,
        start=candidate.start,
    )
