"""The exact bundle solver; docs/matching.md explains it."""

from .answer import Solution, solve
from .curve import Step, curve
from .forced import Forced, solve_covering, solve_forced

__all__ = ["Forced", "Solution", "Step", "curve", "solve", "solve_covering", "solve_forced"]
