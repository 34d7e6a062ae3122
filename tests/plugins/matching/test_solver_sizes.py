from __future__ import annotations

import random
from typing import Any

import pytest

from plugins.matching.problem import (
    MOST_OPTIONS,
    MOST_POOLS,
    MOST_RELATIONS,
    read_problem,
)
from plugins.matching.solver import Analysis, recheck, search, solve
from plugins.matching.solver.model import Limits, Stock, build

from .judge import broken, figures


def made(
    needs: int, options: int, pools: int = 0, relations: int = 0, *, proportional: bool = False
) -> dict[str, Any]:
    """A problem of an absurd size; ``proportional``: value follows price and hours everywhere."""
    draw = random.Random(needs * options)  # noqa: S311 - a made problem, no secret
    rows = []
    for index in range(options):
        cents, hours = draw.randint(1, 1_000) * 100, draw.randint(1, 100)
        rows.append(
            {
                "id": f"o{index}",
                "needs": [f"n{index % needs}"],
                "value": cents // 100 + 10 * hours if proportional else draw.randint(1, 3_000),
                "gross_cents": cents,
                "hours": hours,
                "subsidy_cents": {f"p{i}": cents // 5 for i in range(pools) if draw.random() < 0.5},
            }
        )
    ids = [row["id"] for row in rows]
    ends = [[draw.sample(ids, 2) for _ in range(relations)] for _ in range(3)]
    return {
        "needs": [{"id": f"n{index}", "weight": 1} for index in range(needs)],
        "budget": {"net_cents": needs * 30_000, "hours": needs * 30},
        "pools": [{"id": f"p{index}", "cap_cents": needs * 5_000} for index in range(pools)],
        "options": rows,
        "excludes": ends[0],
        "requires": ends[1],
        "pairs": [
            {"a": a, "b": b, "value": draw.randint(0, 500), "gross_cents": draw.randint(-900, 900)}
            for a, b in ends[2]
        ],
    }


def chained(length: int) -> dict[str, Any]:
    """Options that each require the next."""
    problem = made(64, length)
    problem["requires"] = [[f"o{index}", f"o{index + 1}"] for index in range(length - 1)]
    return problem


ABSURD = {
    "proportional": made(64, 3_200, 2, proportional=True),
    "many pools": made(64, 1_280, 64),
    "dense relations": made(64, 1_000, 1, MOST_RELATIONS),
    "a long chain": chained(MOST_RELATIONS),
    "many options": made(64, MOST_OPTIONS, 2),
    "the largest": made(64, MOST_OPTIONS, MOST_POOLS, MOST_RELATIONS),
}


@pytest.mark.parametrize("name", ABSURD)
def test_an_absurd_size_has_an_answer_that_holds_and_an_honest_gap(name: str) -> None:
    problem = ABSURD[name]
    found = solve(read_problem(problem))
    assert not broken(problem, list(found.chosen))
    assert figures(problem, list(found.chosen)) == (found.value, found.net_cents, found.hours)
    assert found.value <= found.value_bound
    assert not found.optimal or found.value == found.value_bound
    some = {**problem, "options": problem["options"][:200]}
    alone = [row["value"] for row in some["options"] if not broken(some, [row["id"]])]
    assert max(alone, default=0) <= found.value_bound


@pytest.mark.parametrize("name", ["proportional", "many pools", "dense relations", "the largest"])
def test_the_work_stays_near_its_budget(name: str) -> None:
    problem = read_problem(ABSURD[name])
    stock, limits = Stock.of(problem), Limits.of(problem)
    slack = stock.prune(limits)
    found = search.search(build(stock, limits, slack))
    # a sweep is never narrower than a few labels, so the largest problems pass its budget
    assert found.work < 3 * (search.AT_ONCE + search.DEPTH_FIRST + search.BUDGET)


def test_more_work_never_makes_the_bound_worse_than_what_is_reached() -> None:
    problem = read_problem(made(20, 400, 2, 20, proportional=True))
    hurried, patient = solve(problem, effort=1), solve(problem)
    assert hurried.value <= patient.value <= hurried.value_bound


def test_the_verdicts_of_a_large_problem_are_complete_and_those_proven_hold() -> None:
    problem = read_problem(made(12, 120, 1, 5))
    analysis = Analysis(problem)
    found = analysis.verdicts()
    assert len(found) == len(problem.options) - len(analysis.best.chosen)
    for verdict in list(found.values())[::8]:
        assert recheck(problem, analysis.best, verdict), verdict
