"""The time, as something that can be passed in: UTC inside, Europe/Brussels on the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import current_app

BRUSSELS = ZoneInfo("Europe/Brussels")


class Clock(Protocol):
    """Anything that tells the time as an aware UTC datetime."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is told otherwise; for tests and replays."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at


def now() -> datetime:
    """The present moment by the application's clock, aware, in UTC."""
    clock: Clock = current_app.extensions["clock"]
    return clock.now()


def today() -> date:
    """The calendar date in Brussels by the application's clock."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a Brussels clock."""
    return moment.astimezone(BRUSSELS)
