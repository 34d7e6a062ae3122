from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plugins.matching import problem, reading
from plugins.matching.command import match
from plugins.matching.solver import search

from .judge import PUBLIC, public_cases
from .test_problem import GOOD


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(match, ["solve", *arguments], input=text)


def test_solve_prints_one_json_answer(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(GOOD))
    result = run(str(file))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "chosen": ["o0", "o1"],
        "value": 1250,
        "net_cents": 58000,
        "hours": 20,
    }


def test_a_dash_reads_standard_input() -> None:
    assert json.loads(run("-", text=json.dumps(GOOD)).stdout)["value"] == 1250


def test_a_batch_answers_the_public_cases_line_by_line() -> None:
    lines = [json.loads(line) for line in run("--batch", str(PUBLIC)).stdout.splitlines()]
    expected = [
        {"case": case["case"]} | {k: case["optimum"][k] for k in ("value", "net_cents", "hours")}
        for case in public_cases()
    ]
    assert [{key: line[key] for key in expected[0]} for line in lines] == expected


def test_a_bad_file_exits_with_2_and_one_line_per_error() -> None:
    result = run("-", text=json.dumps({**GOOD, "needs": [], "budget": {"hours": -1}}))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "options[0].needs[0]: n0 is not the id of a known need",
        "budget.net_cents: is missing",
        "budget.hours: must not be negative",
    ]


def test_a_bad_line_does_not_stop_the_others() -> None:
    good = json.dumps({"case": "x", "problem": GOOD})
    bad = json.dumps({"case": 2, "problem": {**GOOD, "pools": 1, "pairs": []}})
    result = run("--batch", "-", text=f"{good}\n{bad}\n\nnope\n{good}\n")
    assert result.exit_code == 2
    assert [json.loads(line)["case"] for line in result.stdout.splitlines()] == ["x", "x"]
    assert result.stderr.splitlines()[0] == "line 2.problem.pools: must be a list"
    assert result.stderr.splitlines()[-1].startswith("line 4: is not JSON")


@pytest.mark.parametrize("arguments", [(), ("a", "--batch", "b")])
def test_it_is_one_file_or_one_batch(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("path", ["missing.json", "/", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(path: str) -> None:
    result = run(path)
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def many(needs: int, options: int) -> dict[str, Any]:
    """A problem of an absurd size, without structure that would make it easy."""
    return {
        "needs": [{"id": f"n{i}", "weight": 1} for i in range(needs)],
        "budget": {"net_cents": 997 * needs * 20, "hours": needs * 11},
        "pools": [{"id": "p", "cap_cents": 313 * needs}],
        "options": [
            {
                "id": f"o{i}",
                "needs": sorted({f"n{i % needs}", f"n{i * i % needs}"}),
                "value": 100 + i * 7919 % 9001,
                "gross_cents": i * 104729 % 99991,
                "hours": i * 15485863 % 97,
                "subsidy_cents": {"p": i * 32452843 % 997},
            }
            for i in range(options)
        ],
        "excludes": [],
        "requires": [],
        "pairs": [],
    }


@pytest.mark.parametrize(
    ("needs", "options"), [(64, 2_000), (12, problem.MOST_OPTIONS), (64, problem.MOST_OPTIONS)]
)
def test_an_absurd_size_is_answered(needs: int, options: int) -> None:
    result = run("-", text=json.dumps(many(needs, options)))
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer.get("optimal", True) or answer["value_bound"] >= answer["value"]


def test_a_million_options_are_refused_before_they_are_parsed() -> None:
    """What comes after the last byte that may be read is no JSON, and nobody notices."""
    row = json.dumps(GOOD["options"][0])
    result = run("-", text=f'{{"options": [{", ".join([row] * 1_000_000)}, no JSON')
    assert result.exit_code == 2
    assert "larger than" in result.stderr


def test_a_file_of_the_size_that_may_be_read_is_parsed() -> None:
    result = run("-", text="no JSON".ljust(reading.MOST_BYTES))
    assert result.exit_code == 2
    assert "is not JSON" in result.stderr


def test_the_example_and_the_limits_in_the_docs_are_true() -> None:
    text = (Path(__file__).parents[3] / "docs/solver.md").read_text()
    example = text.split("```json\n")[1].split("```")[0]
    assert json.loads(run("-", text=example).stdout)["chosen"] == ["o0", "o1"]
    for limit in (
        f"{problem.MOST_NEEDS} needs, {problem.MOST_POOLS} pools",
        f"{problem.MOST_OPTIONS:,} options",
        f"{problem.MOST_WITHOUT_NEED} of them without a need",
        f"{problem.MOST_RELATIONS:,} of each relation",
        f"{reading.MOST_BYTES >> 20} MiB",
        f"not done in {search.AT_ONCE} steps",
        f"not done in {search.DEPTH_FIRST:,} steps",
    ):
        assert limit in text
