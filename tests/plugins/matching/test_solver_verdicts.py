from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from marketplace.contract.values import Problem
from plugins.matching.problem import read_problem
from plugins.matching.solver import Analysis, Verdict, choices, recheck, searches

from .judge import broken, figures, public_cases, rank, subsets
from .strategies import problems
from .test_solver import correlated
from .test_solver_curve import with_budget

ROOT = Path(__file__).parents[3]


def judged(problem: Problem) -> Iterator[tuple[Problem, Analysis, Verdict]]:
    analysis = Analysis(problem)
    for verdict in analysis.verdicts().values():
        yield problem, analysis, verdict


@given(problem=problems(most_options=7))
def test_every_option_that_is_not_chosen_has_one_verdict_that_holds(
    source: str,
    problem: dict[str, Any],
) -> None:
    read = read_problem(problem)
    analysis = Analysis(read)
    verdicts = analysis.verdicts()
    ids = sorted(option.id for option in read.options)
    assert list(verdicts) == [name for name in ids if name not in analysis.best.chosen]
    for option, verdict in verdicts.items():
        assert verdict.option == option
        assert recheck(read, analysis.best, verdict)


@given(problem=problems(most_options=7))
def test_a_verdict_with_a_figure_changed_by_one_does_not_hold(problem: dict[str, Any]) -> None:
    for read, analysis, verdict in judged(read_problem(problem)):
        for name, fact in verdict.facts.items():
            for wrong in (fact + 1, fact - 1) if isinstance(fact, int) else (f"{fact}?",):
                other = replace(verdict, facts={**verdict.facts, name: wrong})
                assert not recheck(read, analysis.best, other)


@given(problem=problems(most_options=6))
def test_a_verdict_about_another_option_or_of_another_kind_does_not_hold(
    problem: dict[str, Any],
) -> None:
    for read, analysis, verdict in judged(read_problem(problem)):
        for chosen in analysis.best.chosen:
            assert not recheck(read, analysis.best, replace(verdict, option=chosen))
        for kind in {"dominated", "blocked", "not-in-optimum", "ugly"} - {verdict.kind}:
            assert not recheck(read, analysis.best, replace(verdict, kind=kind))
        assert not recheck(read, analysis.best, replace(verdict, by="nobody"))
        assert not recheck(read, analysis.best, replace(verdict, facts={}))


@given(problem=problems(most_options=6))
def test_regret_and_what_more_it_takes_are_those_of_enumeration(
    source: str,
    problem: dict[str, Any],
) -> None:
    free = with_budget(problem, net_cents=10**9, hours=10**9)
    ids = sorted(option["id"] for option in problem["options"])
    every = [list(chosen) for chosen in subsets(ids) if not broken(free, list(chosen))]
    for _, _, verdict in judged(read_problem(problem)):
        having = [chosen for chosen in every if verdict.option in chosen]
        fitting = [chosen for chosen in having if not broken(problem, chosen)]
        facts = verdict.facts
        if verdict.kind == "not-in-optimum" and "regret" in facts:
            best = max(fitting, key=lambda chosen: rank(problem, chosen, ids))
            found = (facts["value"], facts["net_cents"], facts["hours"])
            assert found == figures(problem, best)
        elif verdict.kind == "not-in-optimum":
            assert not fitting
            assert facts == least_more(problem, having)
        elif "a" in facts:
            assert not having
        elif facts.get("relation") == "over-both-budgets":
            assert having
            assert not least_more(problem, having)


def least_more(problem: dict[str, Any], having: list[list[str]]) -> dict[str, int]:
    """How much more of each resource the first of these choices takes, the other held."""
    budget = problem["budget"]
    known = [figures(problem, chosen) for chosen in having]
    cents = [net - budget["net_cents"] for _, net, hours in known if hours <= budget["hours"]]
    times = [hours - budget["hours"] for _, net, hours in known if net <= budget["net_cents"]]
    facts = {"more_cents": min(cents, default=None), "more_hours": min(times, default=None)}
    return {name: least for name, least in facts.items() if least is not None}


@pytest.mark.parametrize("case", public_cases()[::20], ids=lambda case: str(case["case"]))
def test_the_verdicts_of_the_public_cases_hold(case: dict[str, Any]) -> None:
    for read, analysis, verdict in judged(read_problem(case["problem"])):
        assert recheck(read, analysis.best, verdict), verdict


def option(name: str, needs: str, value: int, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "needs": needs.split(),
        "value": value,
        "gross_cents": 0,
        "hours": 0,
        "subsidy_cents": {},
    } | more


def verdicts(*options: dict[str, Any], **more: Any) -> dict[str, Verdict]:
    problem: dict[str, Any] = {
        "needs": [{"id": "n", "weight": 1}, {"id": "m", "weight": 1}],
        "budget": {"net_cents": 100, "hours": 10},
        "pools": [],
        "options": list(options),
        "excludes": [],
        "requires": [],
        "pairs": [],
    }
    return dict(Analysis(read_problem(problem | more)).verdicts())


def test_a_dominated_option_names_the_better_one_with_both_figures() -> None:
    found = verdicts(option("a", "n", 5, gross_cents=20, hours=2), option("b", "n", 9, hours=1))
    facts = {"value": 5, "by_value": 9, "net": 20, "by_net": 0, "hours": 2, "by_hours": 1}
    assert found == {"a": Verdict("a", "dominated", "b", facts)}


def test_an_option_for_two_needs_can_be_dominated_by_one_for_a_part_of_them() -> None:
    found = verdicts(option("a", "n m", 5), option("b", "n", 9))
    assert (found["a"].kind, found["a"].by) == ("dominated", "b")


def test_an_option_that_adds_nothing_is_dominated_by_leaving_it_out() -> None:
    found = verdicts(option("a", "n", 0, gross_cents=3))
    assert (found["a"].kind, found["a"].by) == ("dominated", None)


def test_a_chosen_option_for_another_need_blocks_what_it_excludes() -> None:
    found = verdicts(option("a", "n", 5), option("b", "m", 9), excludes=[["a", "b"]])
    assert found == {"a": Verdict("a", "blocked", "b", {"relation": "excludes"})}


def test_a_chosen_option_blocks_what_requires_something_it_excludes() -> None:
    found = verdicts(
        option("a", "n", 5),
        option("b", "m", 9),
        option("c", "", 0),
        excludes=[["b", "c"]],
        requires=[["a", "c"]],
    )
    facts = {"relation": "requires", "prerequisite": "c"}
    assert found["a"] == Verdict("a", "blocked", "b", facts)


def test_an_option_that_requires_two_things_that_exclude_each_other_never_fits() -> None:
    found = verdicts(
        option("a", "n", 5),
        option("b", "", 1),
        option("c", "", 2),
        excludes=[["b", "c"]],
        requires=[["a", "b"], ["a", "c"]],
    )
    facts = {"relation": "requires-what-excludes", "a": "b", "b": "c"}
    assert found["a"] == Verdict("a", "blocked", None, facts)


def test_an_option_over_one_budget_says_how_much_more_it_takes() -> None:
    found = verdicts(option("a", "n", 5, gross_cents=130), option("b", "n", 4, hours=3))
    assert found["a"] == Verdict("a", "not-in-optimum", None, {"more_cents": 30})


def test_an_option_over_both_budgets_is_blocked_by_them() -> None:
    found = verdicts(option("a", "n", 5, gross_cents=130, hours=12))
    facts = {"relation": "over-both-budgets", "more_cents": 30, "more_hours": 2}
    assert found["a"] == Verdict("a", "blocked", None, facts)


def test_an_option_that_ties_in_value_says_what_it_costs_more() -> None:
    found = verdicts(option("a", "n", 5, gross_cents=7), option("b", "n", 5, hours=2))
    facts = {"value": 5, "net_cents": 7, "hours": 0, "regret": 0}
    facts |= {"net_difference": 7, "hours_difference": -2}
    assert found["a"] == Verdict("a", "not-in-optimum", None, facts)


def test_past_the_budget_of_work_a_verdict_is_a_bound_that_can_be_checked(
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(choices, "MOST", 0)
    monkeypatch.setattr(searches, "EACH", 0)
    problem = read_problem(correlated(4, 6))
    bounds = [row for row in judged(problem) if "at_most" in row[2].facts]
    assert bounds
    for read, analysis, verdict in bounds:
        assert recheck(read, analysis.best, verdict)
        assert verdict.facts.keys() == {"at_most"}
    read, analysis, verdict = bounds[0]
    assert not recheck(read, analysis.best, replace(verdict, facts={"at_most": 0}))


def test_verdicts_are_the_same_whatever_the_hash_seed() -> None:
    code = (
        "from tests.plugins.matching.judge import public_cases\n"
        "from plugins.matching.problem import read_problem\n"
        "from plugins.matching.solver import Analysis\n"
        "for case in public_cases()[::30]:\n"
        "    print(list(Analysis(read_problem(case['problem'])).verdicts().values()))\n"
    )

    def told(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=True,
            text=True,
        ).stdout

    assert told("1") == told("2") != ""
