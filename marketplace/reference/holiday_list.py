"""Belgian public holidays and Flemish school holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from .tables import rows
from .values import Holiday


def holidays(start: date, end: date, kind: str | None = None) -> tuple[Holiday, ...]:
    """Holidays that touch the days from start up to and including end; ``kind`` public | school."""
    return tuple(
        holiday
        for holiday in _every()
        if holiday.first <= end and holiday.last >= start and kind in (None, holiday.kind)
    )


def is_public_holiday(day: date) -> bool:
    """Whether the day is one of the ten legal holidays."""
    return day in _days()["public"]


def is_school_holiday(day: date) -> bool:
    """Whether Flemish schools are closed for a holiday; a plain weekend is none."""
    return day in _days()["school"]


def calendar_reaches(day: date) -> bool:
    """Whether the calendar holds the year of that day; beyond it no day counts as a holiday."""
    years = {holiday.first.year for holiday in _every() if holiday.kind == "public"}
    return day.year in years


@cache
def _every() -> tuple[Holiday, ...]:
    return tuple(
        Holiday(kind, date.fromisoformat(first), date.fromisoformat(last), name)
        for kind, first, last, name in rows("holidays")
    )


@cache
def _days() -> Mapping[str, frozenset[date]]:
    days: dict[str, set[date]] = {"public": set(), "school": set()}
    for holiday in _every():
        length = (holiday.last - holiday.first).days
        days[holiday.kind].update(holiday.first + timedelta(n) for n in range(length + 1))
    return {kind: frozenset(found) for kind, found in days.items()}
