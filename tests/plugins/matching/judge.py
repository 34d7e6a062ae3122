"""An independent reading of the bundle problem, straight from its JSON; slow and plain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

PUBLIC = Path(__file__).with_name("bundles.jsonl")


def public_cases() -> list[dict[str, Any]]:
    """The 300 public cases with their proven optimum."""
    return [json.loads(line) for line in PUBLIC.read_text().splitlines()]


def broken(problem: dict[str, Any], chosen: list[str]) -> list[str]:
    """The constraints that a choice breaks, in words."""
    options = {option["id"]: option for option in problem["options"]}
    faults = [f"unknown {name}" for name in chosen if name not in options]
    taken = [need for name in chosen for need in options[name]["needs"]]
    faults += [f"{need} covered twice" for need in set(taken) if taken.count(need) > 1]
    faults += [f"{a} with {b}" for a, b in problem["excludes"] if a in chosen and b in chosen]
    faults += [
        f"{a} without {b}" for a, b in problem["requires"] if a in chosen and b not in chosen
    ]
    _, net, hours = figures(problem, chosen)
    if net > problem["budget"]["net_cents"]:
        faults.append("over the money")
    if hours > problem["budget"]["hours"]:
        faults.append("over the hours")
    return faults


def figures(problem: dict[str, Any], chosen: list[str]) -> tuple[int, int, int]:
    """Value, net cents and hours of a choice."""
    rows = [option for option in problem["options"] if option["id"] in chosen]
    pairs = [pair for pair in problem["pairs"] if pair["a"] in chosen and pair["b"] in chosen]
    value = sum(row["value"] for row in rows + pairs)
    net = sum(row["gross_cents"] for row in rows + pairs)
    for pool in problem["pools"]:
        drawn = sum(row["subsidy_cents"].get(pool["id"], 0) for row in rows)
        net -= min(pool["cap_cents"], drawn)
    return value, net, sum(row["hours"] for row in rows)


def best_by_enumeration(problem: dict[str, Any]) -> tuple[tuple[int, int, int], list[str]]:
    """The figures and the choice of the best bundle among all that exist, ties by id."""
    ids = sorted(option["id"] for option in problem["options"])
    return max(
        (
            (rank(problem, list(chosen), ids), (figures(problem, list(chosen)), list(chosen)))
            for chosen in subsets(ids)
            if not broken(problem, list(chosen))
        ),
    )[1]


def rank(
    problem: dict[str, Any], chosen: list[str], ids: list[str]
) -> tuple[int, int, int, list[bool]]:
    """What is maximised: value, then low net, then few hours, then the lack of the last ids."""
    value, net, hours = figures(problem, chosen)
    return value, -net, -hours, [name not in chosen for name in reversed(ids)]


def subsets(ids: list[str]) -> Iterator[tuple[str, ...]]:
    """Every choice there is."""
    for size in range(len(ids) + 1):
        yield from combinations(ids, size)
