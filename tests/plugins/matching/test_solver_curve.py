from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.matching.problem import read_problem
from plugins.matching.solver import curve, solve, solve_forced

from .judge import best_by_enumeration, broken, figures, public_cases, subsets
from .strategies import problems

CASES = [case["problem"] for case in public_cases()[::10]]


def with_budget(problem: dict[str, Any], **more: int) -> dict[str, Any]:
    return {**problem, "budget": {**problem["budget"], **more}}


@given(problems(most_options=6))
def test_the_curve_is_the_best_value_at_every_budget(problem: dict[str, Any]) -> None:
    steps = curve(read_problem(problem))
    for cents in range(problem["budget"]["net_cents"] * 5 // 4 + 1):
        reached = [step for step in steps if step.net_cents <= cents][-1]
        expected, chosen = best_by_enumeration(with_budget(problem, net_cents=cents))
        assert (reached.value, reached.net_cents, reached.hours) == expected
        assert list(reached.chosen) == chosen


@pytest.mark.parametrize("problem", CASES)
def test_the_curve_rises_and_passes_through_the_answer(problem: dict[str, Any]) -> None:
    read = read_problem(problem)
    steps, answer = curve(read), solve(read)
    assert [step.net_cents for step in steps] == sorted({step.net_cents for step in steps})
    assert [step.value for step in steps] == sorted({step.value for step in steps})
    assert answer.chosen in [step.chosen for step in steps]
    assert all(not broken(with_budget(problem, net_cents=10**12), list(s.chosen)) for s in steps)


@given(problems(most_options=6), st.sampled_from(["net_cents", "hours"]), st.data())
def test_the_least_more_that_covers_a_need_is_true_to_the_cent(
    problem: dict[str, Any], resource: str, data: st.DataObject
) -> None:
    wanted = data.draw(
        st.sets(st.sampled_from([need["id"] for need in problem["needs"]]), max_size=2)
    )
    forced = solve_forced(read_problem(problem), wanted, resource)
    free = with_budget(problem, **{resource: 10**12})
    covering = [
        list(chosen)
        for chosen in subsets([option["id"] for option in problem["options"]])
        if not broken(free, list(chosen)) and wanted <= covered(problem, list(chosen))
    ]
    if forced is None:
        assert not covering
        return
    position = 1 if resource == "net_cents" else 2
    least = min(figures(problem, chosen)[position] for chosen in covering)
    assert forced.more == max(0, least - problem["budget"][resource])
    raised = with_budget(problem, **{resource: problem["budget"][resource] + forced.more})
    best = max(
        (value, -net, -hours)
        for chosen in covering
        if not broken(raised, chosen)
        for value, net, hours in [figures(problem, chosen)]
    )
    found = forced.solution
    assert (found.value, -found.net_cents, -found.hours) == best
    assert wanted <= covered(problem, list(found.chosen))
    assert forced.exact


def covered(problem: dict[str, Any], chosen: list[str]) -> set[str]:
    return {n for option in problem["options"] if option["id"] in chosen for n in option["needs"]}


def test_only_money_and_hours_are_resources() -> None:
    with pytest.raises(ValueError, match="patience"):
        solve_forced(read_problem(CASES[0]), [], "patience")
