from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.matching.problem import read_problem
from plugins.matching.reading import BadProblem, parse_json

GOOD: dict[str, Any] = {
    "needs": [{"id": "n0", "weight": 3}],
    "budget": {"net_cents": 500000, "hours": 240},
    "pools": [{"id": "kmo", "cap_cents": 750000}],
    "options": [
        {
            "id": "o0",
            "needs": ["n0"],
            "value": 1200,
            "gross_cents": 90000,
            "hours": 20,
            "subsidy_cents": {"kmo": 27000},
        },
        {
            "id": "o1",
            "needs": [],
            "value": 0,
            "gross_cents": 0,
            "hours": 0,
            "subsidy_cents": {},
        },
    ],
    "excludes": [],
    "requires": [["o0", "o1"]],
    "pairs": [{"a": "o0", "b": "o1", "value": 50, "gross_cents": -5000}],
}


def errors_of(problem: object) -> list[str]:
    try:
        read_problem(problem)
    except BadProblem as refused:
        return refused.errors
    return []


def errors(problem: object) -> list[str]:
    found = errors_of(problem)
    assert found, "it was read"
    return found


def test_a_good_problem_is_read() -> None:
    problem = read_problem(GOOD)
    assert problem.needs == {"n0": 3}
    assert problem.options[0].subsidy_cents == {"kmo": 27000}
    assert problem.requires == (("o0", "o1"),)


def put(*keys: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    """A change that puts a value at a place."""

    def change(problem: dict[str, Any]) -> None:
        place: Any = problem
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


def drop(*keys: str | int) -> Callable[[dict[str, Any]], None]:
    """A change that takes a key away."""

    def change(problem: dict[str, Any]) -> None:
        place: Any = problem
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]

    return change


BAD = [
    (put("needs", value={}), "needs: must be a list"),
    (put("needs", 0, value=7), "needs[0]: must be an object"),
    (put("needs", 0, "weight", value=-1), "needs[0].weight: must not be negative"),
    (put("needs", 0, "weight", value=True), "needs[0].weight: must be a whole number"),
    (put("needs", 0, "weight", value=1.0), "needs[0].weight: must be a whole number"),
    (put("needs", 0, "weight", value=None), "needs[0].weight: must be a whole number"),
    (put("needs", 0, "why", value=1), "needs[0].why: is not a known key"),
    (drop("needs"), "needs: is missing"),
    (put("budget", value=[]), "budget: must be an object"),
    (drop("budget", "hours"), "budget.hours: is missing"),
    (put("budget", "net_cents", value=-1), "budget.net_cents: must not be negative"),
    (put("budget", "net_cents", value="5"), "budget.net_cents: must be a whole number"),
    (put("budget", "hours", value=10**12 + 1), "budget.hours: is over 10^12"),
    (put("pools", 0, "cap_cents", value=10**40), "pools[0].cap_cents: is over 10^12"),
    (put("pools", 0, "id", value=3), "pools[0].id: must be printable text of 1 to 100 characters"),
    (put("pools", value=None), "pools: must be a list"),
    (put("options", 1, "id", value="o0"), "options[1].id: o0 is the id of an earlier one"),
    (put("options", 1, "needs", value="n0"), "options[1].needs: must be a list"),
    (put("options", 1, "needs", value=["n0", "n0"]), "options[1].needs[1]: n0 is named twice"),
    (
        put("options", 1, "needs", value=["n7"]),
        "options[1].needs[0]: n7 is not the id of a known need",
    ),
    (
        put("options", 1, "needs", value=[["n0"]]),
        "options[1].needs[0]: must be the id of a known need",
    ),
    (put("options", 1, "value", value=-5), "options[1].value: must not be negative"),
    (put("options", 1, "gross_cents", value=-5), "options[1].gross_cents: must not be negative"),
    (drop("options", 1, "subsidy_cents"), "options[1].subsidy_cents: is missing"),
    (put("options", 1, "subsidy_cents", value=[]), "options[1].subsidy_cents: must be an object"),
    (
        put("options", 1, "subsidy_cents", value={"x": 1}),
        "options[1].subsidy_cents.x: x is not the id of a known pool",
    ),
    (
        put("options", 1, "subsidy_cents", value={"kmo": -1}),
        "options[1].subsidy_cents.kmo: must not be negative",
    ),
    (put("excludes", value=[["o0"]]), "excludes[0]: must be a list of two option ids"),
    (put("excludes", value=[["o0", "o0"]]), "excludes[0]: relates o0 to itself"),
    (
        put("requires", value=[["o0", "o9"]]),
        "requires[0][1]: o9 is not the id of a known option",
    ),
    (put("pairs", 0, "a", value="zz"), "pairs[0].a: zz is not the id of a known option"),
    (put("pairs", 0, "b", value="o0"), "pairs[0]: relates o0 to itself"),
    (put("pairs", 0, "value", value=-1), "pairs[0].value: must not be negative"),
    (put("pairs", 0, "gross_cents", value=-(10**13)), "pairs[0].gross_cents: is under -10^12"),
    (drop("pairs", 0, "a"), "pairs[0].a: is missing"),
    (put("more", value=1), "more: is not a known key"),
    (put("a\nb", value=1), "'a\\nb': is not a known key"),
]


@pytest.mark.parametrize(("change", "error"), BAD, ids=[error for _, error in BAD])
def test_a_wrong_field_is_refused_by_its_path(
    change: Callable[[dict[str, Any]], None], error: str
) -> None:
    problem = deepcopy(GOOD)
    change(problem)
    assert error in errors(problem)


def test_every_error_is_told_at_once() -> None:
    problem = deepcopy(GOOD)
    problem["needs"][0]["weight"] = -1
    problem["budget"]["hours"] = 1.5
    del problem["pairs"][0]["value"]
    assert errors(problem) == [
        "needs[0].weight: must not be negative",
        "budget.hours: must be a whole number",
        "pairs[0].value: is missing",
    ]


@pytest.mark.parametrize("data", [None, [], 3, "x", True])
def test_what_is_no_object_is_no_problem(data: object) -> None:
    assert "problem: must be an object" in errors(data)


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[" * 100_000, b"\xff\xfe\x00", b'{"a": ' + b"9" * 5000 + b"}"]
)
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(BadProblem) as refused:
        parse_json(text)
    assert refused.value.errors[0].startswith("problem: is not JSON")


def test_a_key_that_stands_twice_is_refused() -> None:
    text = json.dumps(GOOD).replace('"hours": 240', '"hours": 240, "hours": 1')
    assert errors(parse_json(text.encode())) == ["budget: has a key twice"]


def test_too_many_errors_are_counted_and_not_all_shown() -> None:
    found = errors({**GOOD, "options": [None] * 5000})
    assert len(found) == 1001
    assert found[-1].endswith("more errors")


def test_absurd_sizes_are_refused_before_they_are_walked() -> None:
    row = GOOD["options"][0]
    assert "options: has 1000000 items, at most 5000 are read" in errors(
        {**GOOD, "options": [row] * 1_000_000}
    )
    needs = [{"id": f"n{i}", "weight": 1} for i in range(65)]
    assert "needs: has 65 items, at most 64 are read" in errors({**GOOD, "needs": needs})
    pools = [{"id": f"p{i}", "cap_cents": 1} for i in range(65)]
    assert "pools: has 65 items, at most 64 are read" in errors({**GOOD, "pools": pools})
    for relation in ("excludes", "requires", "pairs"):
        found = errors({**GOOD, relation: [["o0", "o1"]] * 1_001})
        assert f"{relation}: has 1001 items, at most 1000 are read" in found
    loose = [{**GOOD["options"][1], "id": f"x{i}"} for i in range(65)]
    found = errors({**GOOD, "options": loose, "requires": [], "pairs": []})
    assert found == ["options: more than 64 are without a need"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.data())
def test_anything_in_any_place_is_read_or_refused_but_never_fails(data: st.DataObject) -> None:
    problem = deepcopy(GOOD)
    place: Any = problem
    while True:
        key = data.draw(
            st.sampled_from(sorted(place) if type(place) is dict else range(len(place)))
        )
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[key] = data.draw(json_values)
    assert all("\n" not in error and ": " in error for error in errors_of(problem))
