"""The audit: is the ranking neutral, monotone, stable and true? docs/audit.md explains it."""

from .engine import Asked, Engine, Outcome, decide
from .run import Report, run
from .trial import Trial, generated

__all__ = ["Asked", "Engine", "Outcome", "Report", "Trial", "decide", "generated", "run"]
