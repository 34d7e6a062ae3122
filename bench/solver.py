"""The bundle solver against general solvers: the same problems, the same answer, one run.

The ratios are of processor time, which other work on the machine disturbs least; those on the clock
stand below them. Every choice is counted again from the problem, and all three must agree.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import problems
from bench.judges import Choice, Json, counted, cpsat
from bench.judges.highs import Highs
from bench.measure import Row, Spread, Took, clocked, ratio, spread
from plugins.matching.problem import read_problem
from plugins.matching.solver import curve, solve

CASES = Path("tests/plugins/matching/bundles.jsonl")
OURS, CPSAT, AS_IT_COMES, HIGHS = "this solver", "CP-SAT", "CP-SAT by default", "HiGHS"
GOALS = {"public": ">= 15, p99 >= 2 (5)", "dense": "p99 >= 1 (3)", "a step": "> 1"}

Solver = Callable[[Json], tuple[Choice, Took]]
Race = Mapping[str, Took]  # what each solver took over one problem


@dataclass(frozen=True, slots=True)
class Size:
    """Generated and dense problems, and steps of curves."""

    generated: int
    dense: int
    steps: int


QUICK = Size(generated=500, dense=100, steps=300)
FULL = Size(generated=10_000, dense=420, steps=2_000)
ROUNDS = 3  # over the public cases and the curves, of which the median counts; elsewhere one


def rows(full: bool) -> Iterator[Row]:
    """Public, generated and dense problems against both solvers, and the steps of the curve."""
    size = FULL if full else QUICK
    public = [json.loads(line)["problem"] for line in CASES.read_text().splitlines()]
    generated = [problems.generated(seed) for seed in range(size.generated)]
    dense = [problems.dense(seed) for seed in range(size.dense)]
    with Highs() as highs:
        solvers = {OURS: _ours, CPSAT: _cpsat, AS_IT_COMES: _as_it_comes, HIGHS: highs.solve}
        for problem in public[:10]:
            _race(problem, solvers, 1)
        yield from _compared("public", [_race(one, solvers, ROUNDS) for one in public])
        yield from _compared("generated", [_race(one, solvers, 1) for one in generated])
        yield from _compared("dense", [_race(one, solvers, 1) for one in dense])
    yield from _compared("a step", list(_steps(public, size.steps)))


def _ours(problem: Json) -> tuple[Choice, Took]:
    found, took = clocked(partial(solve, read_problem(problem)))
    return Choice(found.chosen, found.optimal), took


def _cpsat(problem: Json) -> tuple[Choice, Took]:
    return clocked(partial(cpsat.solve, problem))


def _as_it_comes(problem: Json) -> tuple[Choice, Took]:
    return clocked(partial(cpsat.solve, problem, settings=cpsat.DEFAULT))


def _race(problem: Json, solvers: Mapping[str, Solver], rounds: int) -> Race:
    """Every solver in turn, the median of its rounds; AssertionError when answers differ."""
    race, found = {}, set()
    for name, solver in solvers.items():
        runs = [solver(problem) for _round in range(rounds)]
        found |= {counted(problem, choice) for choice, _took in runs}
        race[name] = _middle([took for _choice, took in runs])
    assert len(found) == 1, (found, problem)
    return race


def _steps(public: Sequence[Json], least: int) -> Iterator[Race]:
    """A step of our curve against one solve by CP-SAT for the value alone, problem by problem."""
    seen = 0
    for problem in public:
        work = partial(curve, read_problem(problem))
        ours = [clocked(work) for _round in range(ROUNDS)]
        theirs = [clocked(partial(cpsat.solve, problem, ("value",))) for _round in range(ROUNDS)]
        steps = ours[0][0]
        reached = [one.value for one in steps if one.net_cents <= problem["budget"]["net_cents"]]
        assert reached[-1] == counted(problem, theirs[0][0])[0], problem
        whole = _middle([took for _steps, took in ours])
        each = Took(whole.wall / len(steps), whole.process / len(steps))
        yield {OURS: each, CPSAT: _middle([took for _choice, took in theirs])}
        seen += len(steps)
        if seen >= least:
            return


def _middle(times: Sequence[Took]) -> Took:
    return Took(
        statistics.median(took.wall for took in times),
        statistics.median(took.process for took in times),
    )


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
            yield ratio(f"{name}: {solver} / {OURS}", spent, ours, goal)
    clock = _spread(races, CPSAT, "wall"), _spread(races, OURS, "wall")
    yield ratio(f"{name}: {CPSAT} / {OURS}, on the clock", *clock)
    slower = sum(race[OURS].process > race[CPSAT].process for race in races)
    yield Row(f"{name}: problems on which CP-SAT is faster", "", slower)


def _spread(races: Sequence[Race], solver: str, clock: str) -> Spread:
    return spread([getattr(race[solver], clock) for race in races])
