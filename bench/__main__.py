"""``python -m bench [PART ...]``: run benchmarks, print a table, keep it as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from bench import invoicing, orm_loop, pages, payments, recommend, solver, widgets
from bench.measure import Row

PARTS: dict[str, Callable[[bool], Iterator[Row]]] = {
    "solver": solver.rows,
    "recommend": recommend.rows,
    "orm": orm_loop.rows,
    "pages": pages.rows,
    "payments": payments.rows,
    "invoicing": invoicing.rows,
    "widgets": widgets.rows,
}
LATEST = Path("bench/results/latest.json")


def main() -> None:
    """Print and store the figures of this machine."""
    options = _options()
    found: dict[str, list[dict[str, object]]] = {}
    print(f"{'':58}{'median':>10}{'p99':>10}    goal (stretch)")
    for part in options.parts or PARTS:
        found[part] = []
        for row in PARTS[part](options.full):
            print(_line(row), flush=True)
            found[part].append(asdict(row))
    options.out.write_text(json.dumps({"machine": _machine(), "parts": found}, indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--full", action="store_true", help="thousands of problems: half an hour")
    parser.add_argument("--out", type=Path, default=LATEST, help=f"instead of {LATEST}")
    return parser.parse_args()


def _line(row: Row) -> str:
    tail = "" if row.p99 is None else _shown(row.p99, row.unit)
    return f"{row.name:<58}{_shown(row.median, row.unit):>10}{tail:>10}    {row.goal}".rstrip()


def _shown(figure: float, unit: str) -> str:
    return f"{figure:,.{2 if figure < 10 and unit else 0}f} {unit}".rstrip()


def _machine() -> dict[str, object]:
    """What a reader needs to know of the machine; nothing that names it."""
    return {
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "load": [round(load, 1) for load in os.getloadavg()],
        "versions": {name: version(name) for name in ("ortools", "highspy")},
    }


if __name__ == "__main__":
    main()
