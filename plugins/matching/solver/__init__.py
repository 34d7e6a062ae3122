"""The exact bundle solver; docs/matching.md explains it."""

from .answer import Solution, solve

__all__ = ["Solution", "solve"]
