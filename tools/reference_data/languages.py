"""Languages people meet on a work floor, with their Dutch names."""

from __future__ import annotations

from babel import Locale

from .tables import Table, hand


def languages() -> Table:
    """ISO 639 code and Dutch name; ``usual`` marks the languages a form offers first."""
    names = Locale("nl").languages
    rows = [
        (row["code"], _upper_first(row["nl"] or names[row["code"]]), row["usual"])
        for row in hand("languages.csv")
    ]
    return Table(
        "languages",
        ("code", "nl", "usual"),
        sorted(rows),
        ("babel",),
        "Unicode CLDR, Dutch names of languages",
        "Unicode-3.0 (CLDR data), BSD-3-Clause (package)",
        "a few labels by hand; the 17 usual ones are assumed, the official list was not found",
    )


def _upper_first(name: str) -> str:
    return name[:1].upper() + name[1:]
