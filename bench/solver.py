"""The bundle solver against general solvers: the same problems, the same answer, one run.

The ratios are of processor time, which other work on the machine disturbs least; those on the clock
stand below them. Every choice is counted again from the problem, and all three must agree.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import problems
from bench.judges import Choice, counted, cpsat
from bench.judges.highs import Highs
from bench.measure import Row, Spread, Took, clocked, spread
from plugins.matching.problem import read_problem
from plugins.matching.solver import curve, solve

CASES = Path("tests/plugins/matching/bundles.jsonl")
OURS, CPSAT, AS_IT_COMES, HIGHS = "this solver", "CP-SAT", "CP-SAT by default", "HiGHS"
GOALS = {"public": ">= 15, p99 >= 2 (5)", "dense": "p99 >= 1 (3)", "a step": "> 1"}

Json = dict[str, Any]
Solver = Callable[[Json], tuple[Choice, Took]]
Race = Mapping[str, Took]  # what each solver took over one problem


@dataclass(frozen=True, slots=True)
class Size:
    """Generated and dense problems, and steps of curves."""

    generated: int
    dense: int
    steps: int


QUICK = Size(generated=300, dense=60, steps=300)
FULL = Size(generated=10_000, dense=420, steps=2_000)
ROUNDS = 3


def rows(full: bool) -> Iterator[Row]:
    """Public, generated and dense problems against both solvers, and the steps of the curve."""
    size = FULL if full else QUICK
    public = [json.loads(line)["problem"] for line in CASES.read_text().splitlines()]
    generated = [problems.generated(seed) for seed in range(size.generated)]
    dense = [problems.dense(seed) for seed in range(size.dense)]
    with Highs() as highs:
        solvers = {OURS: _ours, CPSAT: _cpsat, AS_IT_COMES: _as_it_comes, HIGHS: highs.solve}
        for problem in public[:10]:
            _race(problem, solvers)
        for name, kind in (("public", public), ("generated", generated), ("dense", dense)):
            yield from _compared(name, [_race(problem, solvers) for problem in kind])
    yield from _compared("a step", list(_steps(public, size.steps)))


def _ours(problem: Json) -> tuple[Choice, Took]:
    read = read_problem(problem)
    found, took = clocked(lambda: solve(read))
    return Choice(found.chosen, found.optimal), took


def _cpsat(problem: Json) -> tuple[Choice, Took]:
    return clocked(lambda: cpsat.solve(problem))


def _as_it_comes(problem: Json) -> tuple[Choice, Took]:
    return clocked(lambda: cpsat.solve(problem, settings=cpsat.DEFAULT))


def _race(problem: Json, solvers: Mapping[str, Solver]) -> Race:
    """Every solver in turn, the median of its rounds; AssertionError when answers differ."""
    race, found = {}, set()
    for name, solver in solvers.items():
        runs = [solver(problem) for _round in range(ROUNDS)]
        found |= {counted(problem, choice) for choice, _took in runs}
        race[name] = Took(
            statistics.median(took.wall for _choice, took in runs),
            statistics.median(took.process for _choice, took in runs),
        )
    assert len(found) == 1, (found, problem)
    return race


def _steps(public: Sequence[Json], least: int) -> Iterator[Race]:
    """A step of our curve against one solve by CP-SAT for the value alone, problem by problem."""
    seen = 0
    for problem in public:
        read = read_problem(problem)
        steps, ours = clocked(lambda read=read: curve(read))
        _choice, theirs = clocked(lambda problem=problem: cpsat.solve(problem, ("value",)))
        yield {OURS: Took(ours.wall / len(steps), ours.process / len(steps)), CPSAT: theirs}
        seen += len(steps)
        if seen >= least:
            return


def _compared(name: str, races: Sequence[Race]) -> Iterator[Row]:
    """The times over one set of problems, and the ratios to ours."""
    yield Row(f"{name}: problems, all answers equal", "", len(races))
    spreads = {solver: _spread(races, solver, "process") for solver in races[0]}
    for solver, spent in spreads.items():
        yield Row(f"{name}: {solver}", "ms", spent.median, spent.p99)
    ours = spreads[OURS]
    for solver, spent in spreads.items():
        if solver != OURS:
            goal = GOALS.get(name, "") if solver == CPSAT else ""
            yield _ratio(f"{name}: {solver} / {OURS}", spent, ours, goal)
    clock = _spread(races, CPSAT, "wall"), _spread(races, OURS, "wall")
    yield _ratio(f"{name}: {CPSAT} / {OURS}, on the clock", *clock)
    slower = sum(race[OURS].process > race[CPSAT].process for race in races)
    yield Row(f"{name}: problems on which CP-SAT is faster", "", slower)


def _spread(races: Sequence[Race], solver: str, clock: str) -> Spread:
    return spread([getattr(race[solver], clock) for race in races])


def _ratio(name: str, theirs: Spread, ours: Spread, goal: str = "") -> Row:
    return Row(name, "x", theirs.median / ours.median, theirs.p99 / ours.p99, goal)
