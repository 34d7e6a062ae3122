"""CP-SAT and HiGHS judge the exact solver; by the thousand in ``make drill``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import pytest

from bench.judges import Choice, counted, cpsat
from bench.judges.highs import Highs
from bench.problems import as_json, dense, generated
from plugins.matching.problem import read_problem
from plugins.matching.solver import curve, solve

from .judge import broken, figures, public_cases

Json = dict[str, Any]
GENERATED, STEPS = 150, 60  # a round; make drill has a hundred of them
PUBLIC = [case["problem"] for case in public_cases()]


def chosen(problem: Json) -> list[str]:
    found = solve(read_problem(problem))
    assert found.optimal
    return list(found.chosen)


def differences(
    problems: Iterable[Json], solver: Callable[[Json], list[str]] = chosen
) -> list[Json]:
    """The problems for which the choice of the solver is not as good as that of CP-SAT."""
    return [problem for problem in problems if not as_good(problem, solver(problem))]


def as_good(problem: Json, ours: list[str]) -> bool:
    best = counted(problem, cpsat.solve(problem))
    return not broken(problem, ours) and figures(problem, ours) == best


def some(kind: Callable[[int], Json], count: int) -> Iterator[Json]:
    return map(kind, range(count))


def test_the_public_cases_agree_with_cpsat() -> None:
    assert differences(PUBLIC) == []


def test_generated_problems_agree_with_cpsat(rounds: int) -> None:
    assert differences(some(generated, GENERATED * rounds)) == []


def test_dense_problems_agree_with_cpsat(rounds: int) -> None:
    assert differences(some(dense, 3 * rounds)) == []


def test_the_steps_of_curves_agree_with_cpsat(rounds: int) -> None:
    wanted = STEPS * rounds
    steps = list(islice(steps_of(some(generated, 10 * wanted)), wanted))
    assert len(steps) == wanted
    wrong = [
        (problem, step) for problem, step in steps if counted(problem, cpsat.solve(problem)) != step
    ]
    assert wrong == []


def steps_of(problems: Iterable[Json]) -> Iterator[tuple[Json, tuple[int, int, int]]]:
    """Each step with the problem that it answers: the money just short of the next step."""
    for problem in problems:
        steps = curve(read_problem(problem))
        tops = [step.net_cents - 1 for step in steps[1:]]
        tops.append(problem["budget"]["net_cents"] * 125 // 100)
        for step, top in zip(steps, tops, strict=True):
            budget = {**problem["budget"], "net_cents": top}
            yield {**problem, "budget": budget}, (step.value, step.net_cents, step.hours)


def test_highs_agrees_in_a_process_of_its_own() -> None:
    problems = [*PUBLIC[::10], *some(generated, 30)]
    with Highs() as highs:
        answers = [highs.solve(problem)[0] for problem in problems]
    for problem, answer in zip(problems, answers, strict=True):
        assert counted(problem, answer) == figures(problem, chosen(problem))


def test_a_problem_of_the_contract_is_written_as_it_was_read() -> None:
    for problem in [*PUBLIC[::10], *some(generated, 30)]:
        assert as_json(read_problem(problem)) == problem


def test_the_caps_of_dense_problems_bind_and_relations_abound() -> None:
    for problem in some(dense, 20):
        assert [len(problem["needs"]), len(problem["options"])] == [12, 144]
        assert 14 <= sum(len(problem[kind]) for kind in ("excludes", "requires", "pairs")) <= 48
    assert sum(any(full_pools(problem)) for problem in some(dense, 20)) >= 15


def full_pools(problem: Json) -> list[bool]:
    ours = chosen(problem)
    return [
        pool["cap_cents"]
        <= sum(
            option["subsidy_cents"].get(pool["id"], 0)
            for option in problem["options"]
            if option["id"] in ours
        )
        for pool in problem["pools"]
    ]


# ---- controls: a solver that misses one rule is caught ----


def without(rule: str, problem: Json) -> Json:
    """The problem as a solver sees it that does not know a rule."""
    if rule in ("net_cents", "hours"):
        return {**problem, "budget": {**problem["budget"], rule: 10**9}}
    if rule == "caps":
        return {**problem, "pools": [{**pool, "cap_cents": 10**9} for pool in problem["pools"]]}
    if rule == "second need":
        options = [{**option, "needs": option["needs"][:1]} for option in problem["options"]]
        return {**problem, "options": options}
    return {**problem, rule: []}


RULES = ["net_cents", "hours", "caps", "second need", "excludes", "requires", "pairs"]


@pytest.mark.parametrize("rule", RULES)
def test_control_a_solver_that_does_not_know_a_rule_is_caught(rule: str) -> None:
    problems = some(generated, 40)
    assert differences(problems, lambda problem: chosen(without(rule, problem)))


def test_control_a_choice_that_is_not_the_best_is_caught() -> None:
    assert differences([PUBLIC[0]], lambda problem: [])


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Choice(tuple(option["id"] for option in PUBLIC[0]["options"]), True), "covered twice"),
        (Choice((), False), "not proven"),
    ],
)
def test_control_an_answer_that_breaks_a_rule_or_is_not_proven_counts_for_nothing(
    answer: Choice, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        counted(PUBLIC[0], answer)
