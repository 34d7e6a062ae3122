"""The bundle problem by CP-SAT with one worker: the same answer as ours, in three solves.

One objective that scales the three figures together is not proven within seconds on small problems;
value, then net price, then hours is. CP-SAT and HiGHS cannot be loaded into one process.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ortools.sat.python import cp_model

from . import Choice, Json

GOALS = ("value", "net_cents", "hours")
SECONDS = 60.0
FASTEST = {
    "max_presolve_iterations": 1,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
    "linearization_level": 2,
}
"""The settings with which CP-SAT was fastest on our problems: a strong opponent."""
DEFAULT: dict[str, int] = {}

_sum = cp_model.LinearExpr.weighted_sum


def solve(
    problem: Json, goals: tuple[str, ...] = GOALS, settings: Mapping[str, int] = FASTEST
) -> Choice:
    """The best choice by these goals one after the other, with the building of the model.

    ``problem`` is the JSON of docs/solver.md. One solve for each goal; a choice that is not
    proven within ``SECONDS`` per solve says so.
    """
    model = cp_model.CpModel()
    taken, figures = _build(model, problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = SECONDS
    for name, setting in settings.items():
        setattr(solver.parameters, name, setting)
    proven = True
    for goal in goals:
        (model.maximize if goal == "value" else model.minimize)(figures[goal])
        status = solver.solve(model)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), solver.status_name(status)
        proven &= status == cp_model.OPTIMAL
        if goal != goals[-1]:
            model.clear_hints()
            for variable in taken.values():
                model.add_hint(variable, solver.value(variable))
            model.add(figures[goal] == solver.value(figures[goal]))
    chosen = sorted(name for name, variable in taken.items() if solver.value(variable))
    return Choice(tuple(chosen), proven)


def _build(
    model: cp_model.CpModel, problem: Json
) -> tuple[dict[str, cp_model.IntVar], dict[str, Any]]:
    """Variables by option id, and the three figures as expressions within the budget."""
    options, pairs = problem["options"], problem["pairs"]
    taken = {option["id"]: model.new_bool_var("") for option in options}
    _needs_and_relations(model, problem, taken)
    both = [_both(model, taken[pair["a"]], taken[pair["b"]]) for pair in pairs]
    paid = [_paid(model, pool, options, taken) for pool in problem["pools"]]
    chosen = [*taken.values()]
    prices = [row["gross_cents"] for row in options + pairs]
    figures = {
        "value": _sum(chosen + both, [row["value"] for row in options + pairs]),
        "net_cents": _sum(chosen + both + paid, prices + [-1] * len(paid)),
        "hours": _sum(chosen, [option["hours"] for option in options]),
    }
    for name, most in problem["budget"].items():
        model.add(figures[name] <= most)
    return taken, figures


def _needs_and_relations(
    model: cp_model.CpModel, problem: Json, taken: dict[str, cp_model.IntVar]
) -> None:
    serving: dict[str, list[cp_model.IntVar]] = {need["id"]: [] for need in problem["needs"]}
    for option in problem["options"]:
        for need in option["needs"]:
            serving[need].append(taken[option["id"]])
    for variables in serving.values():
        model.add_at_most_one(variables)
    for a, b in problem["excludes"]:
        model.add_at_most_one(taken[a], taken[b])
    for a, b in problem["requires"]:
        model.add_implication(taken[a], taken[b])


def _both(model: cp_model.CpModel, a: cp_model.IntVar, b: cp_model.IntVar) -> cp_model.IntVar:
    """Whether both ends of a pair are chosen."""
    both = model.new_bool_var("")
    model.add_implication(both, a)
    model.add_implication(both, b)
    model.add_bool_or(~a, ~b, both)
    return both


def _paid(
    model: cp_model.CpModel, pool: Json, options: list[Json], taken: dict[str, cp_model.IntVar]
) -> cp_model.IntVar:
    """What a pool pays: at most its cap and at most what is drawn; the low price pulls it up."""
    paid = model.new_int_var(0, pool["cap_cents"], "")
    aided = [option for option in options if pool["id"] in option["subsidy_cents"]]
    drawn = _sum(
        [taken[option["id"]] for option in aided],
        [option["subsidy_cents"][pool["id"]] for option in aided],
    )
    model.add(paid <= drawn)
    return paid
