"""Time work and say it as median and 99th percentile."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of repeated runs."""

    median: float
    p99: float
    runs: int


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds on the clock, and of this process alone: the machine may have other work."""

    wall: float
    process: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a figure with its unit, its 99th percentile and the goal of both."""

    name: str
    unit: str
    median: float
    p99: float | None = None
    goal: str = ""


def spread(runs: Sequence[float]) -> Spread:
    """Median and 99th percentile of milliseconds."""
    ordered = sorted(runs)
    return Spread(statistics.median(ordered), ordered[int(len(ordered) * 0.99)], len(ordered))


def timed(work: Callable[[], object], times: int) -> Spread:
    """Run the work so many times, after three runs that do not count."""
    for _warm in range(3):
        work()
    return spread([clocked(work)[1].wall for _ in range(times)])


def clocked(work: Callable[[], T]) -> tuple[T, Took]:
    """What the work returns, and what one run of it took."""
    wall, process = time.perf_counter(), time.process_time()
    result = work()
    took = Took((time.perf_counter() - wall) * 1000, (time.process_time() - process) * 1000)
    return result, took


def ratio(name: str, theirs: Spread, ours: Spread, goal: str = "") -> Row:
    """How many times as long theirs take: the medians, and the 99th percentiles."""
    return Row(name, "x", theirs.median / ours.median, theirs.p99 / ours.p99, goal)
