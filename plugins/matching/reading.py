"""Walks parsed JSON and notes everything that is wrong, one ``path: what`` per error."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Set
from typing import TypeVar

LARGEST = 10**12
MOST_BYTES = 16 * 1024 * 1024
MOST_ERRORS = 1_000
ID_LENGTH = 100

T = TypeVar("T")


class BadProblem(ValueError):
    """The input is not a problem. ``errors`` holds one line per error, ``path: what``."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors[:3]))
        self.errors = errors


class _Repeated(dict[str, object]):
    """An object in which a key stood twice."""


def parse_json(text: bytes, path: str = "problem") -> object:
    """The JSON value of a text; raises BadProblem when it is not JSON or larger than 16 MiB."""
    if len(text) > MOST_BYTES:
        raise BadProblem([f"{path}: larger than {MOST_BYTES} bytes"])
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise BadProblem([f"{path}: is not JSON ({error})"]) from error
    except (ValueError, RecursionError) as error:
        raise BadProblem([f"{path}: is not JSON that can be read"]) from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Repeated(found)


class Reader:
    """Reads one document. What is wrong is noted and what is right is read on."""

    def __init__(self, path: str = "") -> None:
        self.prefix = f"{path}." if path else ""
        self.root = path or "problem"
        self.errors: list[str] = []
        self.hidden = 0

    def fail(self, path: str, what: str) -> None:
        """Note an error; past ``MOST_ERRORS`` they are only counted."""
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(f"{self.prefix}{path}: {what}" if path else f"{self.root}: {what}")
        else:
            self.hidden += 1

    def check(self) -> None:
        """Raise BadProblem if anything was wrong."""
        if self.hidden:
            self.errors.append(f"{self.root}: {self.hidden} more errors")
        if self.errors:
            raise BadProblem(self.errors)

    def record(self, data: object, path: str, keys: Set[str]) -> dict[str, object]:
        """An object with exactly these keys, or as much of it as there is."""
        found = self.mapping(data, path)
        if found is None:
            return {}
        if found.keys() == keys:
            return found
        dot = f"{path}." if path else ""
        for key in keys:
            if key not in found:
                self.fail(f"{dot}{key}", "is missing")
        for key in found:
            if key not in keys:
                self.fail(f"{dot}{shown(key)}", "is not a known key")
        return found

    def mapping(self, data: object, path: str) -> dict[str, object] | None:
        """An object without a repeated key."""
        if not isinstance(data, dict):
            self.fail(path, "must be an object")
            return None
        if isinstance(data, _Repeated):
            self.fail(path, "has a key twice")
        return data

    def each(
        self,
        record: dict[str, object],
        key: str,
        most: int,
        read: Callable[[object, str], T | None],
    ) -> list[T]:
        """The rows of a list that read well; a list of more than ``most`` is not walked."""
        if key not in record:
            return []
        rows = record[key]
        if not isinstance(rows, list):
            self.fail(key, "must be a list")
            return []
        if len(rows) > most:
            self.fail(key, f"has {len(rows)} items, at most {most} are read")
            return []
        found = [read(row, f"{key}[{index}]") for index, row in enumerate(rows)]
        return [row for row in found if row is not None]

    def number(self, record: dict[str, object], key: str, path: str, least: int = 0) -> int:
        """A whole number between ``least`` and 10^12; 0 where it is not."""
        value = record.get(key, 0)
        if type(value) is int and least <= value <= LARGEST:
            return value
        where = f"{path}.{key}"
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail(where, "must be a whole number")
        elif value > LARGEST:
            self.fail(where, "is over 10^12")
        else:
            self.fail(where, "must not be negative" if least == 0 else "is under -10^12")
        return 0

    def id(self, record: dict[str, object], path: str, seen: Collection[str]) -> str | None:
        """An id that is not in ``seen``."""
        if "id" not in record:
            return None
        value = record["id"]
        if not isinstance(value, str) or not 0 < len(value) <= ID_LENGTH or not value.isprintable():
            self.fail(f"{path}.id", f"must be printable text of 1 to {ID_LENGTH} characters")
            return None
        if value in seen:
            self.fail(f"{path}.id", f"{value} is the id of an earlier one")
            return None
        return value

    def known(self, name: object, names: Collection[str], path: str, kind: str) -> str | None:
        """A name that is one of the ids of a kind."""
        if isinstance(name, str) and name in names:
            return name
        if isinstance(name, str):
            self.fail(path, f"{shown(name)} is not the id of a known {kind}")
        else:
            self.fail(path, f"must be the id of a known {kind}")
        return None


def shown(text: str) -> str:
    """A name from the input, fit to stand in one line."""
    return text if text.isprintable() and len(text) <= ID_LENGTH else repr(text[:ID_LENGTH])
