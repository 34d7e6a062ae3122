"""A report as a table for people and as plain values for JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction

from marketplace.contract.values import Json
from marketplace.kit.requests import write_request

from .properties import PROPERTIES, TWINS
from .run import AGENCY, ORIGINAL, OWNERS, Failure, Report, band

GENERATED, PUBLISHED = "generated", "published"


def document(name: str, report: Report) -> dict[str, Json]:
    """The report on one catalogue (``generated`` or ``published``) as JSON values."""
    low, high = band(report.asked[TWINS])
    shares = report.shares
    return {
        "catalogue": name,
        "holds": report.holds,
        "requests": report.trials,
        "digest": report.digest,
        "properties": [
            {"name": one, "asked": report.asked[one], "failed": report.failed[one]}
            for one in PROPERTIES
        ],
        TWINS: {"draws": report.asked[TWINS], "won": report.won, "low": low, "high": high},
        "shares": [
            {
                "owner": owner,
                "eligible": shares.eligible[owner],
                "expected_tenths": round(10 * shares.expected[owner]),
                "chosen": shares.chosen[owner],
            }
            for owner in OWNERS
        ],
        "failures": [_failure(one) for one in report.failures.values()],
    }


def _failure(one: Failure) -> Mapping[str, Json]:
    return {
        "property": one.name,
        "fault": one.fault,
        "seed": one.trial.seed,
        "offers": len(one.trial.offers),
        "request": write_request(one.trial.request),
    }


def lines(name: str, report: Report) -> Iterator[str]:
    """The table of one report, and below it how to see each failure again."""
    yield f"{name} catalogue: {report.trials} requests, answers {report.digest}"
    yield f"{'property':<18}{'asked':>8}{'failed':>8}"
    for one in PROPERTIES:
        yield f"{one:<18}{report.asked[one]:>8}{report.failed[one]:>8}"
    low, high = band(report.asked[TWINS])
    yield (
        f"{TWINS:<18}{report.asked[TWINS]:>8}{report.failed[TWINS]:>8}"
        f"   agency won {report.won[AGENCY]}, original won {report.won[ORIGINAL]},"
        f" fair is {low} to {high}"
    )
    yield f"{'owner':<18}{'eligible':>8}{'':>8}{'chosen':>8}{'':>8}{'by lot':>8}"
    shares = report.shares
    for owner in OWNERS:
        counts = (shares.eligible, shares.chosen, shares.expected)
        yield f"{owner:<18}" + "".join(_share(one, owner) for one in counts)
    for failure in report.failures.values():
        yield from _replay(name, failure)


def _share(counts: Mapping[str, int] | Mapping[str, Fraction], owner: str) -> str:
    whole = float(sum(counts.values()))
    percent = f"{100 * float(counts[owner]) / whole:.1f}%" if whole else "-"
    count = f"{float(counts[owner]):.1f}".removesuffix(".0")
    return f"{count:>8}{percent:>8}"


def _replay(name: str, failure: Failure) -> Iterator[str]:
    trial = failure.trial
    yield f"{failure.name} fails: {failure.fault}"
    if name == PUBLISHED:
        yield "  see it again: flask advise FILE, with in FILE"
    else:
        yield (
            f"  see it again: flask match audit --no-live --catalogues 1 --seed {trial.seed}"
            f" --offers {len(trial.offers)} --request FILE, with in FILE"
        )
    yield f"  {json.dumps(write_request(trial.request), ensure_ascii=False)}"
