"""Runs every check over trials, counts, and looks for the smallest trial that fails."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import comb

from .engine import Engine
from .properties import PROPERTIES, TWINS, Check
from .stable import twins
from .trial import Audited, Trial, audited, told

OWNERS = ("agency", "partner")
AGENCY, ORIGINAL = "agency", "original"
"""Who may win half of the draws between twins: the agency's, and the one that was there first."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A property that does not hold for a trial, and what went wrong."""

    name: str
    trial: Trial
    fault: str


@dataclass(slots=True)
class Shares:
    """How often an owner's offers were chosen, and how often they would be by lot.

    ``eligible`` counts the offers that could serve a need; ``expected`` adds up, over the needs
    that were covered, the owner's share in the offers that could serve it.
    """

    eligible: Counter[str] = field(default_factory=Counter)
    chosen: Counter[str] = field(default_factory=Counter)
    expected: dict[str, Fraction] = field(default_factory=lambda: dict.fromkeys(OWNERS, Fraction()))


@dataclass(slots=True)
class Report:
    """Questions asked and failed per property; equal answers give an equal ``digest``.

    ``won`` counts the draws between twins that the agency's and the original won.
    """

    trials: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    won: Counter[str] = field(default_factory=Counter)
    shares: Shares = field(default_factory=Shares)
    failures: dict[str, Failure] = field(default_factory=dict)
    digest: str = ""

    @property
    def holds(self) -> bool:
        """Whether every property held."""
        return not self.failed


def run(engine: Engine, trials: Iterable[Trial]) -> Report:
    """Ask everything about every trial; the first failure of each property is made small."""
    report, digest = Report(), hashlib.sha256()
    for trial in trials:
        one = audited(engine, trial)
        digest.update(told(one.outcome).encode())
        report.trials += 1
        _ask(report, one)
        _count(report.shares, one)
    report.digest = digest.hexdigest()[:16]
    low, high = band(report.asked[TWINS])
    unfair = [one for one in (AGENCY, ORIGINAL) if not low <= report.won[one] <= high]
    if unfair:
        report.failed[TWINS] = len(unfair)
    return report


def _ask(report: Report, one: Audited) -> None:
    for name, check in PROPERTIES.items():
        faults = list(check(one))
        report.asked[name] += len(faults)
        wrong = [fault for fault in faults if fault]
        if wrong:
            report.failed[name] += len(wrong)
            if name not in report.failures:
                failure = Failure(name, one.trial, wrong[0])
                report.failures[name] = smallest(failure, check, one.engine)
    draws = list(twins(one))
    report.asked[TWINS] += len(draws)
    report.won[AGENCY] += sum(agency for agency, _original in draws)
    report.won[ORIGINAL] += sum(original for _agency, original in draws)


def _count(shares: Shares, one: Audited) -> None:
    labels, outcome = one.trial.labels, one.outcome
    able: dict[str, Counter[str]] = {need.id: Counter() for need in one.trial.request.needs}
    for way in outcome.eligible:
        if len(way.needs) == 1:
            able[way.needs[0]][labels[way.version_id].owner] += 1
    for owners in able.values():
        shares.eligible.update(owners)
    for line in outcome.bundle.lines:
        for need in line.needs:
            shares.chosen[labels[line.version_id].owner] += 1
            for owner in OWNERS:
                shares.expected[owner] += Fraction(able[need][owner], able[need].total())


def band(draws: int) -> tuple[int, int]:
    """Between which counts a fair coin stays in all but one of two hundred series of draws.

    Two counts are held against it, so that a fair engine passes in at least 99 of 100 audits.
    """
    rest, ways = Fraction(2**draws, 400), 0
    for low in range(draws + 1):
        ways += comb(draws, low)
        if ways > rest:
            return low, draws - low
    return 0, draws


def smallest(failure: Failure, check: Check, engine: Engine) -> Failure:
    """The same failure with as few needs, and then as short a catalogue, as still fails."""
    for trial in _smaller(failure.trial):
        faults = check(audited(engine, trial))
        fault = next((fault for fault in faults if fault), None)
        if fault is not None:
            return smallest(Failure(failure.name, trial, fault), check, engine)
    return failure


def _smaller(trial: Trial) -> Iterable[Trial]:
    needs = trial.request.needs
    for dropped in needs if len(needs) > 1 else ():
        kept = tuple(need for need in needs if need is not dropped)
        yield replace(trial, request=replace(trial.request, needs=kept))
    for share in (2, 4, 8):
        length = len(trial.offers) - len(trial.offers) // share
        if length < len(trial.offers) and not trial.published:
            yield replace(trial, offers=trial.offers[:length])
