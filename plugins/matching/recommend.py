"""The advice in four steps: snapshot, candidates, options with aid, the exact bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.contract.values import (
    Bundle,
    Certificate,
    Label,
    Miss,
    Recommendation,
    RequestFacts,
    Screening,
    Step,
    WhatIf,
)

from .alternatives import covered_by, differs, other_plans, plans_by_owner, steps, what_ifs
from .bundles import bundle_of, problem_of
from .candidates import AidFor, Field, survey
from .misses import Missed, certificates, near_misses, uncovered
from .rule_book import RuleBook
from .screening import LeftOf, Screened
from .snapshot import Snapshot
from .solver import Analysis, Solution

LabelsOf = Callable[[Iterable[str]], Mapping[str, Label]]
"""Who stands behind offers, by version id; asked only after everything has been decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, without a word about who gives what."""

    field: Field
    analysis: Analysis
    best: Solution
    covered: frozenset[str]
    plans: Sequence[tuple[str, tuple[str, ...]]]
    what_if: Sequence[WhatIf]
    curve: Sequence[Step]
    misses: Sequence[Missed]
    certificates: Sequence[Certificate]

    def shown(self) -> Iterable[str]:
        """The versions of every candidate and near miss."""
        ids = self.field.snapshot.version_ids
        rows = {one.row for one in self.field.candidates}
        rows |= {row for _need, row, _reasons in self.misses}
        return [ids[row] for row in sorted(rows)]


def decide(
    request: RequestFacts,
    snapshot: Snapshot,
    book: RuleBook,
    salt: str,
    left_of: LeftOf,
    aid_for: AidFor,
) -> Decision:
    """The best bundle, and everything that can be said about the others."""
    field = survey(request, snapshot, book, salt, left_of, aid_for)
    analysis = Analysis(problem_of(field))
    best = analysis.best
    covered = covered_by(best.chosen, analysis.problem)
    verdicts = analysis.verdicts()
    return Decision(
        field=field,
        analysis=analysis,
        best=best,
        covered=covered,
        plans=tuple(other_plans(analysis, field, covered)) if field.candidates else (),
        what_if=tuple(what_ifs(analysis, covered)),
        curve=steps(analysis, field),
        misses=tuple(near_misses(field, best, verdicts)),
        certificates=certificates(field, verdicts),
    )


def present(decision: Decision, labels_of: LabelsOf) -> Recommendation:
    """The decision with the names of those who give each offer."""
    field, best = decision.field, decision.best
    labels = labels_of(decision.shown())
    bundle = bundle_of(best.chosen, field, labels)
    owner_of = {
        one.id: labels[field.snapshot.version_ids[one.row]].owner for one in field.candidates
    }
    plans = [*decision.plans, *plans_by_owner(decision.analysis, owner_of)]
    others = [(kind, bundle_of(chosen, field, labels)) for kind, chosen in plans]
    return Recommendation(
        optimal=best.optimal,
        catalogue_version=field.snapshot.version,
        rules_version=field.book.version,
        silent_sources=tuple(sorted({*field.book.silent, *field.silent})),
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
        certificates=tuple(decision.certificates),
        screened=tuple(_screening(one) for one in field.screened),
    )


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
