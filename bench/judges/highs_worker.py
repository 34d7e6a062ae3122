"""The bundle problem by HiGHS, in a process of its own: a problem a line in, a choice a line out.

HiGHS counts in floating point. All figures are whole, so its limits are set half a unit wide: a
choice within them is within the true ones, and no rounding in HiGHS can cut off one that is. What
it chose is rounded to whole options here and counted again by the reader of the line.
"""

from __future__ import annotations

import json
import math
import os
import sys
from functools import partial

import highspy

from bench.measure import clocked

from . import Json

Row = dict[int, float]
SETTINGS = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.4,
    "time_limit": 60.0,
}
HALF = 0.5
PROVEN = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)


def solve(problem: Json) -> tuple[list[str], bool]:
    """The chosen option ids and whether each of the three solves was proven."""
    options, pairs = problem["options"], problem["pairs"]
    model = highspy.Highs()
    for name, setting in SETTINGS.items():
        model.setOptionValue(name, setting)
    figures = _build(model, problem)
    proven = True
    chosen: list[int] = []
    for sense, row in (
        (highspy.ObjSense.kMaximize, figures["value"]),
        (highspy.ObjSense.kMinimize, figures["net_cents"]),
        (highspy.ObjSense.kMinimize, figures["hours"]),
    ):
        costs = [row.get(column, 0.0) for column in range(model.getNumCol())]
        model.changeColsCost(len(costs), list(range(len(costs))), costs)
        model.changeObjectiveSense(sense)
        model.run()
        proven &= model.getModelStatus() in PROVEN
        found = model.getSolution().col_value
        chosen = [column for column in range(len(options)) if found[column] > HALF]
        _keep(model, row, found, len(options) + len(pairs))
    return [options[column]["id"] for column in chosen], proven


def _build(model: highspy.Highs, problem: Json) -> dict[str, Row]:
    """Columns for options, pairs and what pools pay; the three figures as rows by column."""
    options, pairs, pools = problem["options"], problem["pairs"], problem["pools"]
    column = {option["id"]: index for index, option in enumerate(options)}
    both = range(len(options), len(options) + len(pairs))
    paid = range(both.stop, both.stop + len(pools))
    tops = [1.0] * both.stop + [float(pool["cap_cents"]) for pool in pools]
    model.addVars(len(tops), [0.0] * len(tops), tops)
    whole = [highspy.HighsVarType.kInteger] * both.stop
    model.changeColsIntegrality(both.stop, list(range(both.stop)), whole)
    serving: dict[str, Row] = {need["id"]: {} for need in problem["needs"]}
    for option in options:
        for need in option["needs"]:
            serving[need][column[option["id"]]] = 1
    for row in serving.values():
        _at_most(model, row, 1)
    for a, b in problem["excludes"]:
        _at_most(model, {column[a]: 1, column[b]: 1}, 1)
    for a, b in problem["requires"]:
        _at_most(model, {column[a]: 1, column[b]: -1}, 0)
    for index, pair in zip(both, pairs, strict=True):
        a, b = column[pair["a"]], column[pair["b"]]
        _at_most(model, {index: 1, a: -1}, 0)
        _at_most(model, {index: 1, b: -1}, 0)
        _at_most(model, {a: 1, b: 1, index: -1}, 1)
    for index, pool in zip(paid, pools, strict=True):
        drawn = {column[o["id"]]: -o["subsidy_cents"].get(pool["id"], 0) for o in options}
        _at_most(model, {index: 1, **drawn}, 0)
    rows = options + pairs
    figures: dict[str, Row] = {
        "value": {index: row["value"] for index, row in enumerate(rows)},
        "net_cents": {index: row["gross_cents"] for index, row in enumerate(rows)}
        | dict.fromkeys(paid, -1),
        "hours": {index: option["hours"] for index, option in enumerate(options)},
    }
    for name, most in problem["budget"].items():
        _at_most(model, figures[name], most + HALF)
    return figures


def _at_most(model: highspy.Highs, row: Row, most: float, least: float = -math.inf) -> None:
    filled = {column: float(weight) for column, weight in row.items() if weight}
    model.addRow(least, most, len(filled), list(filled), list(filled.values()))


def _keep(model: highspy.Highs, row: Row, found: list[float], whole: int) -> None:
    """Hold a figure where it is, for the goals that come after."""
    reached = round(
        sum(
            weight * (round(found[column]) if column < whole else found[column])
            for column, weight in row.items()
        )
    )
    _at_most(model, row, reached + HALF, reached - HALF)


def main() -> None:
    """Answer each line with the chosen ids, the proof, and wall and process milliseconds."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # HiGHS greets on it
    for line in sys.stdin:
        problem = json.loads(line)
        (chosen, proven), took = clocked(partial(solve, problem))
        answer = {"chosen": chosen, "proven": proven, "wall": took.wall, "process": took.process}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
