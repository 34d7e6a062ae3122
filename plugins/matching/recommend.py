"""The advice in four steps: snapshot, candidates, options with aid, the exact bundle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from marketplace.contract.answers import (
    Bundle,
    Certificate,
    Miss,
    Recommendation,
    Screening,
    Step,
    WhatIf,
)
from marketplace.contract.values import Label, RequestFacts

from .aid import AskAid
from .alternatives import (
    Plan,
    among,
    covered_by,
    differs,
    other_plans,
    plans_by_owner,
    steps,
    what_ifs,
)
from .bundles import bundle_of, problem_of
from .candidates import Candidate, Field, survey
from .certificates import Certificates, Why
from .misses import Missed, near_misses, uncovered
from .rule_book import RuleBook
from .screening import LeftOf, Screened
from .shortlist import Shortlist, shortlist
from .snapshot import Snapshot
from .solver import Analysis, Solution


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, without a word about who gives what."""

    field: Field
    short: Shortlist
    best: Solution
    chosen: Sequence[Candidate]
    covered: frozenset[str]
    plans: Sequence[Plan]
    what_if: Sequence[WhatIf]
    curve: Sequence[Step]
    misses: Sequence[Missed]
    certificates: Sequence[Certificate]


class Owners(Protocol):
    """Who stands behind the offers; asked only after everything has been decided."""

    def labels_of(self, version_ids: Iterable[str]) -> Mapping[str, Label]:
        """Names and kinds by version id."""

    def rows_of(self) -> Mapping[str, bytes]:
        """Per kind of owner a byte per row of the snapshot, 1 for its offers."""


def bare_bundle(
    request: RequestFacts,
    snapshot: Snapshot,
    book: RuleBook,
    salt: str,
    left_of: LeftOf,
    ask_aid: AskAid,
) -> tuple[Field, Shortlist, Analysis]:
    """The best bundle and nothing else: ``Analysis.best``."""
    field = survey(request, snapshot, book, salt, left_of, ask_aid)
    return field, *_solved(field)


def _solved(field: Field) -> tuple[Shortlist, Analysis]:
    short = shortlist(field)
    return short, Analysis(problem_of(field, short.candidates))


def decide(
    request: RequestFacts,
    snapshot: Snapshot,
    book: RuleBook,
    salt: str,
    left_of: LeftOf,
    ask_aid: AskAid,
) -> Decision:
    """The best bundle, and everything that can be said about the others.

    Decided again when a source of aid turned out to give more than the ceiling it stated.
    """
    field = survey(request, snapshot, book, salt, left_of, ask_aid)
    stated, decision = field.aid.ceiling, _decided(field)
    return decision if field.aid.ceiling == stated else _decided(field)


def _decided(field: Field) -> Decision:
    short, analysis = _solved(field)
    best = analysis.best
    chosen = among(short.candidates, best.chosen)
    covered = covered_by(field, chosen)
    why = Why.of(field, short, analysis.verdicts())
    return Decision(
        field=field,
        short=short,
        best=best,
        chosen=chosen,
        covered=covered,
        plans=tuple(other_plans(analysis, field, short.candidates, covered)),
        what_if=tuple(what_ifs(analysis, [need.id for need in field.request.needs], covered)),
        curve=steps(analysis, field, short.candidates),
        misses=tuple(near_misses(field, chosen, why)),
        certificates=Certificates(why),
    )


def present(decision: Decision, owners: Owners) -> Recommendation:
    """The decision with the names of those who give each offer."""
    field, best = decision.field, decision.best
    plans = [
        *decision.plans,
        *plans_by_owner(field, decision.short, decision.chosen, owners.rows_of()),
    ]
    labels = owners.labels_of(_shown(decision, plans))
    bundle = bundle_of(decision.chosen, field, labels)
    made = {_ids(decision.chosen): bundle}
    others: list[tuple[str, Bundle]] = []
    for kind, chosen in plans:  # several often choose the same
        ids = _ids(chosen)
        if ids not in made:
            made[ids] = bundle_of(chosen, field, labels)
        others.append((kind, made[ids]))
    return Recommendation(
        optimal=best.optimal,
        catalogue_version=field.snapshot.version,
        rules_version=field.book.version,
        silent_sources=tuple(sorted({*field.book.silent, *field.aid.silent})),
        bundle=bundle,
        uncovered=tuple(
            Miss(need, reasons)
            for need, reasons in uncovered(field, decision.covered, decision.what_if)
        ),
        alternatives=_worth_showing(others, bundle),
        near_misses=tuple(_miss(missed, field, labels) for missed in decision.misses),
        what_if=tuple(decision.what_if),
        value_bound=best.value_bound,
        curve=tuple(decision.curve),
        certificates=decision.certificates,
        screened=tuple(_screening(one) for one in field.screened),
    )


def _ids(chosen: Iterable[Candidate]) -> frozenset[str]:
    return frozenset([one.id for one in chosen])


def _shown(decision: Decision, plans: Iterable[Plan]) -> Iterable[str]:
    """The versions of everything that is shown by name."""
    rows = {one.row for one in decision.chosen}
    rows |= {one.row for _kind, chosen in plans for one in chosen}
    rows |= {row for _need, row, _reasons in decision.misses}
    return [decision.field.snapshot.version_ids[row] for row in sorted(rows)]


def _miss(missed: Missed, field: Field, labels: Mapping[str, Label]) -> Miss:
    need, row, reasons = missed
    version_id = field.snapshot.version_ids[row]
    label = labels[version_id]
    return Miss(need, reasons, field.snapshot.slugs[row], version_id, label.provider, label.owner)


def _screening(one: Screened) -> Screening:
    refused: dict[str, int] = {}
    for rows in one.refused.values():
        for code, who in rows:
            refused[code] = refused.get(code, 0) | who
    return Screening(
        need=one.situation.need.id,
        looked_at=len(one.posting.rows),
        eligible=one.eligible.bit_count(),
        refused={code: f"{who:x}" for code, who in sorted(refused.items())},
    )


def _worth_showing(
    others: list[tuple[str, Bundle]], best: Bundle
) -> tuple[tuple[str, Bundle], ...]:
    """Plans that win on their axis, each shown once; those by owner are always told."""
    shown: list[tuple[str, Bundle]] = []
    for kind, bundle in others:
        owned = kind.endswith("-only")
        new = all(bundle.lines != one.lines for _kind, one in shown)
        if owned or (new and differs(kind, bundle, best)):
            shown.append((kind, bundle))
    return tuple(shown)
