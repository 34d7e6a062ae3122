from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.matching.problem import read_problem
from plugins.matching.solver import (
    Analysis,
    searches,
    solve,
    solve_covering,
    solve_forced,
)

from .judge import best_by_enumeration, broken, figures, public_cases, rank, subsets
from .strategies import problems, turned
from .test_solver import correlated
from .test_solver_curve import covered, with_budget

RESOURCES = ("net_cents", "hours")


@given(problem=problems(most_options=6))
def test_best_and_curve_are_those_of_enumeration(source: str, problem: dict[str, Any]) -> None:
    read = read_problem(problem)
    analysis = Analysis(read)
    assert analysis.best == solve(read)
    steps = analysis.curve()
    for cents in range(problem["budget"]["net_cents"] * 5 // 4 + 1):
        reached = [step for step in steps if step.net_cents <= cents][-1]
        expected, chosen = best_by_enumeration(with_budget(problem, net_cents=cents))
        assert (reached.value, reached.net_cents, reached.hours) == expected
        assert list(reached.chosen) == chosen
    assert analysis.curve(150)[: len(steps)] == steps


@given(problem=problems(most_options=7), data=st.data())
def test_every_question_has_the_answer_of_a_solve_of_its_own(
    source: str, problem: dict[str, Any], data: Any
) -> None:
    read = read_problem(problem)
    analysis = Analysis(read)
    needs = data.draw(st.sets(st.sampled_from(sorted(read.needs)), max_size=2))
    for first in ("value", *RESOURCES):
        assert analysis.covering(needs, first) == solve_covering(read, needs, first)
    for resource in RESOURCES:
        assert analysis.forced(needs, resource) == solve_forced(read, needs, resource)
    assert analysis.without_ceiling().chosen == tuple(
        best_by_enumeration(with_budget(problem, net_cents=10**9, hours=10**9))[1]
    )


@given(problem=problems(most_options=7), data=st.data())
def test_among_some_options_is_the_best_of_these_alone(
    source: str, problem: dict[str, Any], data: Any
) -> None:
    ids = sorted(option["id"] for option in problem["options"])
    allowed = {name for name in ids if data.draw(st.booleans())}
    fitting = [
        list(chosen) for chosen in subsets(sorted(allowed)) if not broken(problem, list(chosen))
    ]
    found = Analysis(read_problem(problem)).among(allowed)
    assert list(found.chosen) == max(fitting, key=lambda chosen: rank(problem, chosen, ids))


@given(problem=problems(most_options=7), data=st.data())
def test_revalued_is_the_best_when_the_options_are_worth_something_else(
    source: str, problem: dict[str, Any], data: Any
) -> None:
    read = read_problem(problem)
    worth = {option.id: data.draw(st.integers(0, 4)) for option in read.options}
    needs = data.draw(st.sets(st.sampled_from(sorted(read.needs)), max_size=2))
    other = replace(
        read,
        options=tuple(replace(option, value=worth[option.id]) for option in read.options),
        pairs=tuple(replace(pair, value=0) for pair in read.pairs),
    )
    found, expected = Analysis(read).revalued(worth, needs), solve_covering(other, needs)
    assert (found and (found.chosen, found.net_cents, found.hours)) == (
        expected and (expected.chosen, expected.net_cents, expected.hours)
    )


@given(data=st.data(), problem=problems())
def test_the_order_of_the_input_changes_no_answer(
    source: str, data: st.DataObject, problem: dict[str, Any]
) -> None:
    one = Analysis(read_problem(problem))
    other = Analysis(read_problem(data.draw(st.composite(turned)(problem))))
    assert one.best == other.best
    assert one.curve() == other.curve()
    assert one.without_ceiling() == other.without_ceiling()
    assert list(one.verdicts().items()) == list(other.verdicts().items())


@pytest.mark.parametrize("case", public_cases()[::15], ids=lambda case: str(case["case"]))
def test_the_public_cases_pass_through_their_optimum(source: str, case: dict[str, Any]) -> None:
    problem = read_problem(case["problem"])
    analysis = Analysis(problem)
    assert analysis.best == solve(problem)
    assert analysis.best.chosen in [step.chosen for step in analysis.curve()]
    chosen = list(analysis.without_ceiling().chosen)
    assert figures(case["problem"], chosen)[0] >= analysis.best.value
    needs = covered(case["problem"], list(analysis.best.chosen))
    cheapest = analysis.covering(needs, "net_cents")
    assert cheapest == solve_covering(problem, needs, "net_cents")


def test_a_curve_past_its_budget_of_work_says_where_it_is_not_proven(monkeypatch: Any) -> None:
    monkeypatch.setattr(searches, "STEPS", 0)
    problem = correlated(10, 10)
    steps = Analysis(read_problem(problem)).curve()
    assert not steps[0].optimal
    assert steps[-1].net_cents <= problem["budget"]["net_cents"] * 5 // 4
    for step in steps:
        assert not broken(with_budget(problem, net_cents=step.net_cents), list(step.chosen))


def test_a_need_that_no_option_serves_has_no_forced_answer() -> None:
    problem = read_problem(correlated(3, 2))
    alone = replace(problem, needs={**problem.needs, "other": 1})
    assert Analysis(alone).forced({"other"}) is None
    with pytest.raises(ValueError, match="patience"):
        Analysis(alone).forced({"other"}, "patience")
