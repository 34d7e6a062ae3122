"""The one place where the audit meets the engine it audits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from marketplace.contract.rules import Rule
from marketplace.contract.values import (
    Bundle,
    Certificate,
    Label,
    Miss,
    Offer,
    Problem,
    RequestFacts,
    WhatIf,
)

from ..alternatives import covered_by, what_ifs
from ..bundles import bundle_of, certain, problem_of
from ..candidates import AidFor, Candidate, survey
from ..misses import near_misses, uncovered
from ..snapshot import build
from ..solver import solve
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
    """An answer as the audit judges it; ``certificates`` is None when the engine makes none.

    ``eligible`` has one way per option of ``problem``, in the same order.
    """

    problem: Problem
    eligible: tuple[Eligible, ...]
    bundle: Bundle
    what_if: tuple[WhatIf, ...]
    misses: tuple[Miss, ...]
    certificates: tuple[Certificate, ...] | None = None


class Engine(Protocol):
    """What is audited: everything it may look at comes in, ``left`` and ``labels`` by version."""

    def __call__(
        self,
        facts: RequestFacts,
        offers: Sequence[Offer],
        rules: Sequence[Rule],
        salt: str,
        left: Mapping[str, int],
        labels: Mapping[str, Label],
    ) -> Outcome:
        """The answer to one request."""


def decide(
    facts: RequestFacts,
    offers: Sequence[Offer],
    rules: Sequence[Rule],
    salt: str,
    left: Mapping[str, int],
    labels: Mapping[str, Label],
    *,
    aid_for: AidFor = made_up_aid,
) -> Outcome:
    """The answer of the engine of this plugin; ``aid_for`` asks for the aid on priced offers."""
    field = survey(facts, build(1, offers), rules, salt, left, aid_for)
    problem = problem_of(facts, field)
    chosen = solve(problem).chosen
    covered = covered_by(chosen, problem)
    bundle = bundle_of(chosen, field, facts.needs, labels)
    more = tuple(what_ifs(problem, covered))
    return Outcome(
        problem=problem,
        eligible=tuple(_eligible(candidate) for candidate in field.candidates),
        bundle=bundle,
        what_if=more,
        misses=(
            *near_misses(facts, field, bundle, labels),
            *uncovered(facts.needs, field, covered, more),
        ),
    )


def _eligible(candidate: Candidate) -> Eligible:
    aid = sum(aid.cents or 0 for aid in certain(candidate.aids))
    return Eligible(
        needs=tuple(need.id for need in candidate.needs),
        version_id=candidate.offer.version_id,
        points=candidate.points,
        gross_cents=candidate.gross_cents,
        net_cents=candidate.gross_cents - aid,
        hours=candidate.hours,
        start=candidate.start,
    )
