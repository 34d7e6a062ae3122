"""The application's clock: ``now()`` in UTC, ``today()`` in Brussels."""

from marketplace.clock import local, now, today

__all__ = ["local", "now", "today"]
