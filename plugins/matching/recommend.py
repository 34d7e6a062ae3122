"""The advice in four steps: snapshot, candidates, options with aid, the exact bundle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from marketplace.contract.values import Aids, Bundle, Priced, Recommendation, RequestFacts
from marketplace.kit import ask, catalogue

from .alternatives import covered_by, differs, other_plans, what_ifs
from .bundles import bundle_of, problem_of
from .candidates import Candidate, Field, Refusal, survey
from .misses import near_misses, uncovered
from .snapshot import current, rule_book
from .solver import solve


def recommend(request: RequestFacts, salt: str) -> Recommendation:
    """The best bundle for the request, with alternatives, misses and what-ifs.

    Owners and providers enter only after everything has been decided.
    """
    snapshot, book = current(), rule_book()
    left = catalogue.places_left()
    field = survey(request, snapshot, book.rules, salt, left, partial(_aid_for, request))
    problem = problem_of(request, field)
    best = solve(problem)
    covered = covered_by(best.chosen, problem)
    starts = {candidate.id: candidate.start for candidate in field.candidates}
    plans = list(other_plans(problem, starts, covered)) if starts else []
    more = tuple(what_ifs(problem, covered))

    labels = catalogue.labels(_versions(field))
    bundle = bundle_of(best.chosen, field, request.needs, labels)
    others = [(kind, bundle_of(chosen, field, request.needs, labels)) for kind, chosen in plans]
    return Recommendation(
        optimal=best.optimal,
        catalogue_version=snapshot.version,
        rules_version=book.version,
        silent_sources=tuple(sorted({*book.silent, *field.silent})),
        bundle=bundle,
        uncovered=tuple(uncovered(request.needs, field, covered, more)),
        alternatives=_worth_showing(others, bundle),
        near_misses=tuple(near_misses(request, field, bundle, labels)),
        what_if=more,
    )


def _aid_for(
    request: RequestFacts, items: Sequence[Priced]
) -> tuple[Sequence[tuple[str, Aids]], tuple[str, ...]]:
    answers = ask.ask("subsidies", request=request, items=items)
    return [(plugin, cast(Aids, answer)) for plugin, answer in answers.values], answers.silent


def _versions(field: Field) -> tuple[str, ...]:
    everyone: list[Candidate | Refusal] = [*field.candidates, *field.refusals]
    return tuple(sorted({one.offer.version_id for one in everyone}))


def _worth_showing(
    others: list[tuple[str, Bundle]], best: Bundle
) -> tuple[tuple[str, Bundle], ...]:
    """Plans that win on their axis, each shown once."""
    shown: list[tuple[str, Bundle]] = []
    for kind, bundle in others:
        if differs(kind, bundle, best) and all(bundle.lines != one.lines for _kind, one in shown):
            shown.append((kind, bundle))
    return tuple(shown)
