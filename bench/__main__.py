"""``make bench``: run every benchmark, print a table, keep it as JSON."""

from __future__ import annotations

import json
import platform
from pathlib import Path

from bench import pages, solver

RESULTS = Path("bench/results/latest.json")


def main() -> None:
    """Print and store the figures of this machine."""
    found = [*solver.rows(), *pages.rows()]
    for name, figure in found:
        print(f"{name:<52} {figure:>12}")
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    RESULTS.write_text(json.dumps(machine | dict(found), indent=2) + "\n")


if __name__ == "__main__":
    main()
