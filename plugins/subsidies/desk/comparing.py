"""Two bodies of a rule beside each other, field by field. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .models import Rows


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: in the record that starts on ``since`` ("" when it is open at the
    start), at a path such as ``amount.cents``. ``old`` or ``new`` is None where it is absent.
    """

    since: str
    path: str
    old: str | None
    new: str | None


def differences(old: Rows, new: Rows) -> list[Difference]:
    """Every field that is not the same, records paired by their first day."""
    before, after = dict(_fields(old)), dict(_fields(new))
    return [
        Difference(since, path, before.get((since, path)), after.get((since, path)))
        for since, path in {**before, **after}
        if before.get((since, path)) != after.get((since, path))
    ]


def _fields(rows: Rows) -> Iterator[tuple[tuple[str, str], str]]:
    for row in rows:
        since = str(row.get("valid_from") or "")
        for path, value in _leaves("", row):
            yield (since, path), value


def _leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Objects fall apart into their fields; a list is read as one value."""
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), one)
    else:
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield path, shown
