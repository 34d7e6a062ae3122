from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.matching.problem import read_problem
from plugins.matching.solver import answer, search, solve

from .judge import best_by_enumeration, broken, figures, public_cases
from .strategies import problems, turned

CASES = public_cases()


def solved(problem: dict[str, Any]) -> tuple[tuple[int, int, int], list[str]]:
    found = solve(read_problem(problem))
    assert found.optimal
    return (found.value, found.net_cents, found.hours), list(found.chosen)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_a_public_case_has_its_proven_optimum(case: dict[str, Any]) -> None:
    optimum = case["optimum"]
    found, chosen = solved(case["problem"])
    assert found == (optimum["value"], optimum["net_cents"], optimum["hours"])
    assert not broken(case["problem"], chosen)
    assert figures(case["problem"], chosen) == found == figures(case["problem"], optimum["one_of"])


def test_there_are_three_hundred_public_cases() -> None:
    assert len(CASES) == 300


@given(problems())
def test_no_bundle_is_better_and_ties_go_to_the_documented_one(problem: dict[str, Any]) -> None:
    assert solved(problem) == best_by_enumeration(problem)


@pytest.mark.parametrize("part", ["priced", "labels"])
@given(problems())
def test_each_part_of_the_search_is_exact_by_itself(part: str, problem: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "AT_ONCE", 0)
        patch.setattr(search, "AT_ONCE", 0)
        if part == "labels":
            patch.setattr(search, "DEPTH_FIRST", 0)
        assert solved(problem) == best_by_enumeration(problem)


@pytest.mark.parametrize("part", ["priced", "labels"])
def test_each_part_of_the_search_solves_the_public_cases(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "AT_ONCE", 0)
    monkeypatch.setattr(search, "AT_ONCE", 0)
    if part == "labels":
        monkeypatch.setattr(search, "DEPTH_FIRST", 0)
    for case in CASES:
        found = solve(read_problem(case["problem"]))
        optimum = case["optimum"]
        figure = (found.value, found.net_cents, found.hours)
        assert figure == (optimum["value"], optimum["net_cents"], optimum["hours"])
        assert found.optimal


@given(st.data(), problems())
def test_the_order_of_the_input_changes_nothing(data: st.DataObject, problem: Any) -> None:
    assert solved(data.draw(st.composite(turned)(problem))) == solved(problem)


@given(problems(), st.integers(0, 8), st.integers(0, 4))
def test_more_budget_never_lowers_the_value(
    problem: dict[str, Any], cents: int, hours: int
) -> None:
    budget = problem["budget"]
    more = {"net_cents": budget["net_cents"] + cents, "hours": budget["hours"] + hours}
    assert solved({**problem, "budget": more})[0][0] >= solved(problem)[0][0]


@given(problems(), st.data())
def test_a_cheaper_option_never_lowers_the_value(problem: dict[str, Any], data: Any) -> None:
    if not problem["options"]:
        return
    lucky = data.draw(st.sampled_from(problem["options"]))
    cheaper = {**lucky, "gross_cents": lucky["gross_cents"] // 2, "hours": lucky["hours"] // 2}
    options = [cheaper if option is lucky else option for option in problem["options"]]
    assert solved({**problem, "options": options})[0][0] >= solved(problem)[0][0]


@given(problems(most_options=6))
def test_a_later_clone_of_an_option_without_relations_changes_nothing(
    problem: dict[str, Any],
) -> None:
    related = {end for row in problem["excludes"] + problem["requires"] for end in row}
    related |= {pair[end] for pair in problem["pairs"] for end in "ab"}
    before = solved(problem)
    for option in problem["options"]:
        if option["needs"] and option["id"] not in related:
            twice = [*problem["options"], {**option, "id": "zz"}]
            assert solved({**problem, "options": twice}) == before


@given(st.permutations(["a", "b", "c"]))
def test_exact_clones_are_chosen_by_the_tie_order(order: list[str]) -> None:
    clones = [
        {"id": name, "needs": ["n"], "value": 5, "gross_cents": 7, "hours": 1, "subsidy_cents": {}}
        for name in "abc"
    ]
    problem = {
        "needs": [{"id": "n", "weight": 1}],
        "budget": {"net_cents": 10, "hours": 10},
        "pools": [],
        "options": clones,
        "excludes": [],
        "requires": [],
        "pairs": [],
    }
    assert solve(read_problem(problem), order).chosen == (order[0],)


def test_a_list_of_choices_and_a_search_agree_where_both_can(monkeypatch: Any) -> None:
    problems = [read_problem(case["problem"]) for case in CASES[::7]]
    searched = [solve(problem) for problem in problems]
    monkeypatch.setattr(answer, "AT_ONCE", 50_000)
    assert [solve(problem) for problem in problems] == searched


def test_past_its_budget_the_answer_says_so_and_bounds_what_could_be_better() -> None:
    problem = read_problem(correlated(12, 12))
    hurried, patient = solve(problem, effort=0), solve(problem)
    assert not hurried.optimal
    assert not broken(correlated(12, 12), list(hurried.chosen))
    assert hurried.value <= patient.value <= patient.value_bound <= hurried.value_bound


def correlated(needs: int, each: int) -> dict[str, Any]:
    """Value for money is the same everywhere: the hardest kind of problem for any solver."""
    options = []
    for index in range(needs * each):
        cents, hours = 1 + index * 7919 % 997, 1 + index * 104729 % 991
        name, need = f"o{index}", f"n{index % needs}"
        options.append(
            {
                "id": name,
                "needs": [need],
                "value": cents + hours,
                "gross_cents": cents,
                "hours": hours,
                "subsidy_cents": {},
            }
        )
    return {
        "needs": [{"id": f"n{index}", "weight": 1} for index in range(needs)],
        "budget": {"net_cents": needs * 500, "hours": needs * 490},
        "pools": [],
        "options": options,
        "excludes": [],
        "requires": [],
        "pairs": [],
    }
