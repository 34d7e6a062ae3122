"""Time a function many times and say it as median and 99th percentile."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of repeated runs."""

    median: float
    p99: float
    runs: int


def spread(runs: list[float]) -> Spread:
    """Median and 99th percentile of milliseconds."""
    ordered = sorted(runs)
    return Spread(statistics.median(ordered), ordered[int(len(ordered) * 0.99)], len(ordered))


def timed(work: Callable[[], object], times: int) -> Spread:
    """Run the work so many times, after three runs that do not count."""
    for _warm in range(3):
        work()
    return spread([once(work) for _ in range(times)])


def once(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
