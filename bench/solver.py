"""The bundle solver over the public cases: the tail against the middle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bench.measure import once, spread
from plugins.matching.problem import read_problem
from plugins.matching.solver import solve

CASES = Path("tests/plugins/matching/bundles.jsonl")


def rows() -> Iterator[tuple[str, str]]:
    """Median and p99 of one solve, and their ratio."""
    problems = [
        read_problem(json.loads(line)["problem"]) for line in CASES.read_text().splitlines()
    ]
    for problem in problems[:10]:
        solve(problem)
    times = spread([once(lambda problem=problem: solve(problem)) for problem in problems])
    yield f"solve, {times.runs} public cases, median", f"{times.median:.2f} ms"
    yield "solve, p99", f"{times.p99:.1f} ms"
    yield "solve, p99 / median", f"{times.p99 / times.median:.0f}x"
