"""General solvers as judges of our own; what they choose is counted again from the problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.plugins.matching.judge import broken, figures

Json = dict[str, Any]
Figures = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """Option ids, sorted, and whether it is proven that nothing is better."""

    chosen: tuple[str, ...]
    proven: bool


def counted(problem: Json, choice: Choice) -> Figures:
    """Value, net cents and hours of a proven choice that breaks no constraint; else ValueError."""
    faults = broken(problem, list(choice.chosen))
    if not choice.proven:
        faults.append("not proven")
    if faults:
        raise ValueError(", ".join(faults))
    return figures(problem, list(choice.chosen))
