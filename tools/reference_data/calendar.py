"""Belgian public holidays and Flemish school holidays as dated ranges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import holidays

from .tables import Table

FIRST, LAST = 2025, 2029
# The package counts Easter Sunday and Whit Sunday too; the law has these ten.
NOT_LEGAL = {"Pasen", "Pinksteren"}
NAMES = {
    "O. L. H. Hemelvaart": "Onze-Lieve-Heer-Hemelvaart",
    "O. L. V. Hemelvaart": "Onze-Lieve-Vrouw-Hemelvaart",
    "Vrijdag na O. L. H. Hemelvaart": "Vrijdag na Hemelvaart",
}


def calendar() -> Table:
    """Every holiday from 1 January of the first year to 31 December of the last one."""
    # One year more at both ends, so that the Christmas break is whole.
    years = range(FIRST - 1, LAST + 2)
    public = holidays.country_holidays("BE", years=years, categories=("public",), language="nl")
    school = holidays.country_holidays(
        "BE", subdiv="Flemish", years=years, categories=("school",), language="nl"
    )
    legal = {day: name for day, name in public.items() if name not in NOT_LEGAL}
    rows = [("public", *row) for row in _ranges(legal)] + [
        ("school", *row) for row in _ranges(dict(school.items()))
    ]
    kept = [row for row in rows if row[2] >= f"{FIRST}-01-01" and row[1] <= f"{LAST}-12-31"]
    return Table(
        "holidays",
        ("kind", "first", "last", "nl"),
        sorted(kept, key=lambda row: (row[1], row[2], row[0])),
        ("holidays",),
        "Belgian law on public holidays; Flemish government decree of 17 April 1991, art. 4 and 5",
        "MIT",
        f"computed by the package from the rules for {FIRST} to {LAST}; "
        "a school may move single days",
    )


def _ranges(days: dict[date, str]) -> Iterable[tuple[str, str, str]]:
    start = previous = None
    label = ""
    for day in sorted(days):
        name = _main_name(days[day])
        if previous is None or start is None or name != label or day - previous > timedelta(1):
            if start is not None and previous is not None:
                yield start.isoformat(), previous.isoformat(), label
            start, label = day, name
        previous = day
    if start is not None and previous is not None:
        yield start.isoformat(), previous.isoformat(), label


def _main_name(name: str) -> str:
    # A public holiday inside a break comes as "A; B": the break names the day.
    parts = [NAMES.get(part, part) for part in name.split("; ")]
    return next((part for part in parts if part.endswith("vakantie")), parts[0])
