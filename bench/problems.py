"""Bundle problems to be judged on, as the JSON of docs/solver.md; a seed names one for ever."""

from __future__ import annotations

import random
from typing import Any

from marketplace.contract.values import Problem

Json = dict[str, Any]

DENSE_NEEDS = 12
DENSE_EACH = 12


def generated(seed: int) -> Json:
    """A request-like problem: 1-6 needs, 2-30 options, 0-3 pools, some with relations."""
    chance = random.Random(f"generated {seed}")
    needs = [f"n{i}" for i in range(chance.randint(1, 6))]
    caps = [chance.choice((0, 40_000, 120_000, 300_000)) for _ in range(chance.randint(0, 3))]
    rows = [
        _option(chance, f"o{i:02}", _needs(chance, needs), len(caps))
        for i in range(chance.randint(2, 30))
    ]
    money = int(len(needs) * 150_000 * chance.choice((0, 0.3, 0.7, 1, 1.5)))
    return _problem(
        chance,
        needs,
        caps,
        rows,
        {"net_cents": money, "hours": int(len(needs) * chance.choice((5, 20, 40, 100)))},
        {kind: chance.randint(0, 4) for kind in ("excludes", "requires", "pairs")},
    )


def dense(seed: int) -> Json:
    """The hard tail: 12 needs of 12 options, 2 caps below what would be drawn, 14-48 relations."""
    chance = random.Random(f"dense {seed}")
    needs = [f"n{i:02}" for i in range(DENSE_NEEDS)]
    rows = [
        _option(chance, f"o{need}{i:02}", [need], 2) for need in needs for i in range(DENSE_EACH)
    ]
    typical = [sum(row["subsidy_cents"].get(f"p{i}", 0) for row in rows) for i in range(2)]
    caps = [int(total / DENSE_EACH * chance.uniform(0.2, 0.6)) for total in typical]
    spent = sum(row["gross_cents"] for row in rows) / DENSE_EACH
    taken = sum(row["hours"] for row in rows) / DENSE_EACH
    budget = {
        "net_cents": int(spent * chance.uniform(0.3, 0.7)),
        "hours": int(taken * chance.uniform(0.4, 0.8)),
    }
    relations = chance.randint(14, 48)
    cuts = sorted(chance.randint(0, relations) for _ in range(2))
    counts = {"excludes": cuts[0], "requires": cuts[1] - cuts[0], "pairs": relations - cuts[1]}
    return _problem(chance, needs, caps, rows, budget, counts)


def as_json(problem: Problem) -> Json:
    """A problem of the contract as the judges read it."""
    return {
        "needs": [{"id": need, "weight": weight} for need, weight in problem.needs.items()],
        "budget": {"net_cents": problem.budget.net_cents, "hours": problem.budget.hours},
        "pools": [{"id": pool, "cap_cents": cap} for pool, cap in problem.pools.items()],
        "options": [
            {
                "id": option.id,
                "needs": list(option.needs),
                "value": option.value,
                "gross_cents": option.gross_cents,
                "hours": option.hours,
                "subsidy_cents": dict(option.subsidy_cents),
            }
            for option in problem.options
        ],
        "excludes": [list(row) for row in problem.excludes],
        "requires": [list(row) for row in problem.requires],
        "pairs": [
            {"a": pair.a, "b": pair.b, "value": pair.value, "gross_cents": pair.gross_cents}
            for pair in problem.pairs
        ],
    }


def _needs(chance: random.Random, needs: list[str]) -> list[str]:
    """Mostly one need, at times two at once or none: then the option is there for others."""
    count = chance.choices((0, 1, 2), (3, 82, 15))[0]
    return chance.sample(needs, min(count, len(needs)))


def _option(chance: random.Random, name: str, needs: list[str], pools: int) -> Json:
    """A price that follows the value loosely; one in eight is free, half get aid of a pool."""
    gross = 0 if chance.random() < 0.125 else chance.randint(50, 600) * 500
    value = len(needs) * chance.randint(100, 1000) * chance.randint(1, 3) + gross // 500
    aid = {
        f"p{i}": gross * chance.choice((10, 20, 30, 40)) // 100
        for i in range(pools)
        if chance.random() < 0.5
    }
    return {
        "id": name,
        "needs": needs,
        "value": value,
        "gross_cents": gross,
        "hours": chance.choice((0, 0, 4, 8, 12, 20, 36, 60, 80)),
        "subsidy_cents": aid,
    }


def _problem(
    chance: random.Random,
    needs: list[str],
    caps: list[int],
    rows: list[Json],
    budget: Json,
    counts: dict[str, int],
) -> Json:
    ids = [row["id"] for row in rows]

    def ends(kind: str) -> list[list[str]]:
        return [chance.sample(ids, 2) for _ in range(counts[kind])]

    chance.shuffle(rows)
    return {
        "needs": [{"id": need, "weight": chance.randint(1, 5)} for need in needs],
        "budget": budget,
        "pools": [{"id": f"p{i}", "cap_cents": cap} for i, cap in enumerate(caps)],
        "options": rows,
        "excludes": ends("excludes"),
        "requires": ends("requires"),
        "pairs": [
            {
                "a": a,
                "b": b,
                "value": chance.randint(0, 400),
                "gross_cents": chance.randint(-60, 60) * 500,
            }
            for a, b in ends("pairs")
        ],
    }
