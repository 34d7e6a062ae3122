"""Reading the tables in ``data/`` and folding names so that spelling variants meet."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

from .values import Source

DATA = Path(__file__).parent / "data"

_SAINTS = {"sint": "st", "saint": "st", "sankt": "st", "sainte": "ste", "sinte": "ste"}


def rows(table: str) -> list[list[str]]:
    """The rows of a table without its header, in the order of the file."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return list(reader)


def fold(text: str) -> str:
    """The text in plain lower-case words: no accents, hyphens, quotes or text in brackets.

    ``Sint``, ``Saint`` and ``St.`` become one word, so ``St.-Truiden`` finds Sint-Truiden.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"\([^)]*\)|[^a-z0-9]", " ", plain).split()
    return " ".join(_SAINTS.get(word, word) for word in words)


@cache
def sources() -> tuple[Source, ...]:
    """Package, original source, licence and date of every table, by name of the table."""
    import tomllib  # read on one page only; not worth the start-up time of every look-up

    entries = tomllib.loads((DATA / "SOURCES.toml").read_text("utf-8"))
    return tuple(
        Source(
            table=table,
            packages=tuple(entry["packages"]),
            original=entry["original"],
            licence=entry["licence"],
            note=entry.get("note", ""),
            rows=entry["rows"],
            built_on=entry["built_on"],
            sha256=entry["sha256"],
        )
        for table, entry in sorted(entries.items())
    )
