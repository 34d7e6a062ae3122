"""``flask match``: the exact bundle solver as a command. The formats are in docs/solver.md."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

import click

from .audit_command import audit_command
from .problem import read_problem
from .reading import MOST_BYTES, BadProblem, Reader, parse_json
from .solver import Solution, solve

BAD_INPUT = 2


@click.group("match")
def match() -> None:
    """Bundels berekenen en nagaan."""


match.add_command(audit_command)


@match.command("solve")
@click.argument("file", required=False)
@click.option("--batch", metavar="CASES", help="Eén probleem per regel: {case, problem}.")
def solve_command(file: str | None, batch: str | None) -> None:
    """De beste bundel van een probleem in FILE (JSON; - is de standaardinvoer)."""
    if (file is None) == (batch is None):
        raise click.UsageError("Geef één FILE of --batch CASES.")
    bad = _solve_batch(batch) if batch is not None else _solve_file(file or "-")
    if bad:
        raise click.exceptions.Exit(BAD_INPUT)


def answer(solution: Solution) -> dict[str, object]:
    """The JSON answer; only a choice that is not proven optimal says so, with its bound."""
    found: dict[str, object] = {
        "chosen": list(solution.chosen),
        "value": solution.value,
        "net_cents": solution.net_cents,
        "hours": solution.hours,
    }
    if not solution.optimal:
        found |= {"optimal": False, "value_bound": solution.value_bound}
    return found


def _solve_file(path: str) -> bool:
    try:
        with _open(path) as stream:
            problem = read_problem(parse_json(stream.read(MOST_BYTES + 1)))
    except BadProblem as bad:
        return _refuse(bad)
    click.echo(json.dumps(answer(solve(problem))))
    return False


def _solve_batch(path: str) -> bool:
    """Answer every good line; the bad ones are refused each by its line number."""
    bad = False
    try:
        with _open(path) as stream:
            for number, line in _lines(stream):
                try:
                    _solve_line(line, f"line {number}")
                except BadProblem as refused:
                    bad = _refuse(refused)
    except BadProblem as refused:
        bad = _refuse(refused)
    return bad


def _solve_line(line: bytes, where: str) -> None:
    data = parse_json(line, where)
    reader = Reader(where)
    record = reader.mapping(data, "") or {}
    for key in ("case", "problem"):
        if key not in record:
            reader.fail(key, "is missing")
    case = record.get("case")
    if isinstance(case, (dict, list)):
        reader.fail("case", "must be a number or a text")
    reader.check()
    found = answer(solve(read_problem(record["problem"], f"{where}.problem")))
    click.echo(json.dumps({"case": case} | found))


def _open(path: str) -> BinaryIO:
    if path == "-":
        return sys.stdin.buffer
    try:
        return open(path, "rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such file"
        raise BadProblem([f"{path}: cannot be read ({reason})"]) from error


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        if line.strip():
            yield number, line


def _refuse(bad: BadProblem) -> bool:
    for error in bad.errors:
        click.echo(error, err=True)
    return True
