"""Small bundle problems full of ties, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st


def rows(ids: list[str], most: int) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Pairs of two different ids."""
    if len(ids) < 2:
        return st.just([])
    return st.lists(st.permutations(ids).map(lambda order: (order[0], order[1])), max_size=most)


@st.composite
def problems(draw: st.DrawFn, most_options: int = 8) -> dict[str, Any]:
    """A problem with few distinct numbers, so that ties and full pools are common."""
    needs = [f"n{i}" for i in range(draw(st.integers(1, 4)))]
    pools = [f"p{i}" for i in range(draw(st.integers(0, 3)))]
    ids = [f"o{i}" for i in range(draw(st.integers(0, most_options)))]
    small = st.integers(0, 6)
    options = [
        {
            "id": name,
            "needs": draw(st.lists(st.sampled_from(needs), max_size=2, unique=True)),
            "value": draw(small),
            "gross_cents": draw(st.integers(0, 12)),
            "hours": draw(st.integers(0, 4)),
            "subsidy_cents": {pool: draw(small) for pool in pools if draw(st.booleans())},
        }
        for name in draw(st.permutations(ids))
    ]
    return {
        "needs": [{"id": need, "weight": draw(small)} for need in needs],
        "budget": {"net_cents": draw(st.integers(0, 24)), "hours": draw(st.integers(0, 10))},
        "pools": [{"id": pool, "cap_cents": draw(st.integers(0, 10))} for pool in pools],
        "options": options,
        "excludes": [list(row) for row in draw(rows(ids, 3))],
        "requires": [list(row) for row in draw(rows(ids, 3))],
        "pairs": [
            {"a": a, "b": b, "value": draw(small), "gross_cents": draw(st.integers(-6, 6))}
            for a, b in draw(rows(ids, 3))
        ],
    }


def turned(draw: st.DrawFn, problem: dict[str, Any]) -> dict[str, Any]:
    """The same problem with every list in another order."""
    return {
        key: part if key == "budget" else draw(st.permutations(part))
        for key, part in problem.items()
    }
