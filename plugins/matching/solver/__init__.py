"""The exact bundle solver; docs/solver.md explains it."""

from .analysis import Analysis
from .answer import solve
from .check import recheck
from .curve import curve
from .forced import Forced, solve_covering, solve_forced
from .solution import Solution, Step
from .verdicts import Verdict

__all__ = [
    "Analysis",
    "Forced",
    "Solution",
    "Step",
    "Verdict",
    "curve",
    "recheck",
    "solve",
    "solve_covering",
    "solve_forced",
]
