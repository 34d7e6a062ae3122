"""Limits on how often: ``count`` in the database for what is written, ``Window`` for what is read.

``count("draft", key)`` counts a draft made with a public key, and raises TooMany.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from marketplace.accounts.services.limits import TooMany, count

__all__ = ["TooMany", "Window", "count"]


@dataclass(slots=True)
class Window:
    """At most so many per name within a time, counted by this process alone.

    Cheap enough for every read; with n server processes a name may come to n times as many.
    """

    most: int
    within: timedelta
    names: int = 10_000
    _seen: OrderedDict[str, tuple[datetime, int]] = field(default_factory=OrderedDict)

    def wait(self, name: str, now: datetime) -> int:
        """Count one; 0 when it fits, else the seconds until there is room again."""
        began, counted = self._seen.get(name, (now, 0))
        if now - began >= self.within:
            began, counted = now, 0
        if counted >= self.most:
            return max(1, int((began + self.within - now).total_seconds()))
        self._seen[name] = (began, counted + 1)
        self._seen.move_to_end(name)
        while len(self._seen) > self.names:
            self._seen.popitem(last=False)
        return 0
