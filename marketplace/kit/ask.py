"""Ask the other plugins: their rules, tailored offers, subsidies."""

from marketplace.host.ask import Answers, ask, first, tell

__all__ = ["Answers", "ask", "first", "tell"]
