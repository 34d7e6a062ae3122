"""The whole advice over generated catalogues: from the request to the bundle, and all there is.

Ours counts everything from the request on: judging the offers, points, prices, aid and the bundle.
CP-SAT gets all eligible offers as a finished problem, so only its model and its three solves count.
Both take their turn on every request, and no request comes twice.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from bench import snapshot_bytes
from bench.judges import counted, cpsat
from bench.market import Aid, Market, bundled_aid, capped_aid, everything, generated
from bench.measure import Row, Spread, Took, clocked, ratio, spread
from bench.problems import as_json
from marketplace.contract.values import Problem
from plugins.matching.generated import requests
from plugins.matching.solver import Solution

REQUESTS, WARM_UP = 2, 30
"""The seed of the requests, and how many come before those that count."""

GOALS = {
    ("bundle", 1_000): ">= 10, p99 >= 5",
    ("bundle", 10_000): ">= 10, p99 >= 5",
    ("bundle", 100_000): ">= 10 (40), p99 >= 20 (100)",
    ("whole", 10_000): "<= 2, p99 <= 10",
    ("S", 100_000): "<= 20 (3)",
    ("bytes", 100_000): "<= 500",
    ("build", 100_000): "<= 2",
}
FEW, MANY = 1_000, 100_000
GROWTH_GOAL = "<= 0.75 (0.4)"
MOST_FOR_CPSAT = 100_000


@dataclass(frozen=True, slots=True)
class Size:
    """How many offers, and how many requests with the bundled aid and with a capped pool."""

    offers: int
    bundled: int
    capped: int


QUICK = (Size(100, 200, 50), Size(1_000, 200, 50), Size(10_000, 120, 30), Size(100_000, 60, 15))
FULL = (
    Size(100, 2_000, 500),
    Size(1_000, 2_000, 500),
    Size(10_000, 1_000, 300),
    Size(100_000, 500, 100),
    Size(1_000_000, 100, 0),
)


@dataclass(slots=True)
class Times:
    """Of every request what each took, and how many options CP-SAT got; ``unproven`` by either."""

    bare: list[Took] = field(default_factory=list)
    whole: list[Took] = field(default_factory=list)
    rival: list[Took] = field(default_factory=list)
    options: list[int] = field(default_factory=list)
    unproven: int = 0


def rows(full: bool) -> Iterator[Row]:
    """Times, the ratios to CP-SAT, the growth, and the snapshot itself."""
    medians: dict[int, float] = {}
    for size in FULL if full else QUICK:
        market = generated(size.offers)
        bundled = _race(market, bundled_aid, size.bundled, size.offers)
        medians[size.offers] = _spread(bundled.bare).median
        yield from _table(bundled, size.offers)
        if size.capped:
            capped = _race(market, capped_aid, size.capped, size.offers)
            yield from _table(capped, size.offers, ", capped pool")
        yield from _snapshot(market, size.offers, medians[size.offers])
    power = math.log(medians[MANY] / medians[FEW]) / math.log(MANY / FEW)
    yield Row(
        f"bundle: p50 from {FEW:,} to {MANY:,} offers as n^", "power", power, goal=GROWTH_GOAL
    )


def _race(market: Market, aid: Aid, count: int, offers: int) -> Times:
    """Ask everything of one request before the next; AssertionError when answers differ."""
    gc.collect()
    times, other = Times(), market.twin()
    for number, request in enumerate(requests(REQUESTS, WARM_UP + count)):
        if number == WARM_UP:
            times = Times()
        bare, whole = partial(market.bare, request, aid), partial(other.whole, request, aid)
        if number % 2:  # who comes second finds the columns in the processor's cache
            times.whole.append(clocked(whole)[1])
        (found, best), took = clocked(bare)
        times.bare.append(took)
        if not number % 2:
            times.whole.append(clocked(whole)[1])
        if number >= WARM_UP and offers <= MOST_FOR_CPSAT:
            _rival(times, everything(found), best)
    return times


def _rival(times: Times, problem: Problem, best: Solution) -> None:
    asked = as_json(problem)
    choice, took = clocked(partial(cpsat.solve, asked))
    times.rival.append(took)
    times.options.append(len(problem.options))
    if choice.proven and best.optimal:
        assert counted(asked, choice) == (best.value, best.net_cents, best.hours), asked
    else:
        times.unproven += 1


def _table(times: Times, offers: int, kind: str = "") -> Iterator[Row]:
    name = f"{offers:,} offers{kind}"
    bare, whole = _spread(times.bare), _spread(times.whole)
    yield Row(f"{name}: requests, all answers equal", "", bare.runs)
    yield Row(f"{name}: bundle", "ms", bare.median, bare.p99)
    yield Row(f"{name}: full answer", "ms", whole.median, whole.p99)
    yield ratio(f"{name}: full answer / bundle", whole, bare, GOALS.get(("whole", offers), ""))
    yield ratio(f"{name}: bundle, clock / processor", _spread(times.bare, "wall"), bare)
    if not times.rival:
        return
    rival, options = _spread(times.rival), spread(times.options)
    yield Row(f"{name}: options for CP-SAT", "", options.median, options.p99)
    yield Row(f"{name}: CP-SAT", "ms", rival.median, rival.p99)
    yield Row(f"{name}: not proven within 3 x {cpsat.SECONDS:.0f} s", "", times.unproven)
    yield ratio(f"{name}: CP-SAT / bundle", rival, bare, GOALS.get(("bundle", offers), ""))
    clock = _spread(times.rival, "wall"), _spread(times.bare, "wall")
    yield ratio(f"{name}: CP-SAT / bundle, on the clock", *clock)


def _spread(times: Sequence[Took], clock: str = "process") -> Spread:
    return spread([getattr(took, clock) for took in times])


def _snapshot(market: Market, offers: int, median: float) -> Iterator[Row]:
    """What holding the catalogue costs; of a large one also S, one pass over as many bytes."""
    name = f"{offers:,} offers: snapshot"
    weight = snapshot_bytes.weight(market.snapshot)
    seconds = snapshot_bytes.rebuild_seconds(offers)
    yield Row(f"{name}, an offer", "B", weight / offers, goal=GOALS.get(("bytes", offers), ""))
    yield Row(f"{name}, kept of requests", "MB", snapshot_bytes.kept(market.snapshot) / 1e6)
    yield Row(f"{name}, to build", "s", seconds, goal=GOALS.get(("build", offers), ""))
    if offers >= MANY:
        once = snapshot_bytes.one_pass(weight)
        yield Row(f"{name}, S", "ms", once)
        yield Row(f"{name}, memory read", "GB/s", weight / once / 1e6)
        yield Row(f"{name}, bundle / S", "x", median / once, goal=GOALS.get(("S", offers), ""))
