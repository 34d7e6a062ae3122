"""Read a JSON object strictly: every fault is noted with the path of its field, none is guessed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

MOST = 10**12
LONGEST_TEXT = 500
Value = TypeVar("Value")


class FileErrors(ValueError):
    """A file is refused; ``errors`` has one line per fault, ``path: what is wrong``."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = tuple(errors)


def read_json(text: str) -> object:
    """The object of a JSON text. Raises FileErrors for broken JSON, a key given twice, NaN."""
    try:
        return json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_constant)
    except RecursionError:
        raise FileErrors(["file: nested too deeply"]) from None
    except ValueError as error:
        raise FileErrors([f"file: not valid JSON: {error}"]) from None


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {short(twice)} is given twice")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


def short(value: object) -> str:
    """A value as it may be repeated in one line of an error."""
    text = json.dumps(value, ensure_ascii=True, default=repr)
    return text if len(text) <= 60 else text[:57] + "..."


class Reader:
    """Reads typed values and notes every fault; ``errors`` is empty when all was well.

    Each method gives the value, or None when it is absent, null or refused.
    """

    def __init__(self) -> None:
        self.errors: list[str] = []

    def refuse(self, path: str, what: str) -> None:
        """Note a fault."""
        self.errors.append(f"{path}: {what}")

    def record(self, value: object, path: str, keys: Sequence[str]) -> Mapping[str, object]:
        """An object with no other keys than these; empty when it is refused."""
        if not isinstance(value, dict):
            self.refuse(path or "file", f"must be an object, not {short(value)}")
            return {}
        for key in value:
            if key not in keys:
                self.refuse(_under(path, short(key).strip('"')), "unknown key")
        return value

    def part(
        self, parent: Mapping[str, object], path: str, key: str, keys: Sequence[str]
    ) -> Mapping[str, object]:
        """An object inside another; absent or null reads as empty."""
        value = parent.get(key)
        return {} if value is None else self.record(value, _under(path, key), keys)

    def text(self, value: object, path: str, most: int = LONGEST_TEXT) -> str | None:
        """A short text of visible characters."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(path, f"must be a text, not {short(value)}")
        elif not value.strip():
            self.refuse(path, "must not be empty")
        elif len(value) > most:
            self.refuse(path, f"must be at most {most} characters, not {len(value)}")
        elif any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} for char in value):
            self.refuse(path, "must not hold control characters")
        else:
            return value.strip()
        return None

    def whole(self, value: object, path: str, least: int = 0) -> int | None:
        """A whole number from ``least`` to 10^12."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(path, f"must be a whole number, not {short(value)}")
        elif not least <= value <= MOST:
            self.refuse(path, f"must be from {least} to {MOST}")
        else:
            return value
        return None

    def flag(self, value: object, path: str) -> bool | None:
        """True or false."""
        if value is None or isinstance(value, bool):
            return value
        self.refuse(path, f"must be true or false, not {short(value)}")
        return None

    def day(self, value: object, path: str) -> date | None:
        """A calendar date written as 2027-02-01."""
        text = self.text(value, path)
        if text is None:
            return None
        try:
            return date.fromisoformat(text) if len(text) == 10 else _no_day()
        except ValueError:
            self.refuse(path, f"must be a date such as 2027-02-01, not {short(text)}")
            return None

    def one_of(self, value: object, path: str, allowed: Sequence[str]) -> str | None:
        """One word of a closed list."""
        text = self.text(value, path)
        if text is None or text in allowed:
            return text
        self.refuse(path, f"must be one of {', '.join(allowed)}, not {short(text)}")
        return None

    def several(
        self, value: object, path: str, read: Callable[[object, str], Value | None], most: int = 64
    ) -> tuple[Value, ...]:
        """A list without repeats; absent or null reads as empty."""
        if value is None:
            return ()
        if not isinstance(value, list):
            self.refuse(path, f"must be a list, not {short(value)}")
            return ()
        if len(value) > most:
            self.refuse(path, f"must hold at most {most} items, not {len(value)}")
            return ()
        found: list[Value] = []
        for index, item in enumerate(value):
            place = f"{path}[{index}]"
            got = read(item, place)
            if item is None:
                self.refuse(place, "must not be null")
            elif got is not None and got in found:
                self.refuse(place, f"is given twice: {short(item)}")
            elif got is not None:
                found.append(got)
        return tuple(found)


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _no_day() -> date:
    raise ValueError
