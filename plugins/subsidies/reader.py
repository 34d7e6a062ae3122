"""Reads rule files strictly: one wrong key, date or example refuses the set, with its path."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from marketplace.contract.rules import Criterion
from marketplace.contract.values import Json
from marketplace.kit import translations
from marketplace.kit.criteria import OPERATORS
from marketplace.kit.translations import Sentences

from .judge import judge, known_subject
from .records import KINDS, Amount, Apply, Condition, Confirm, Record, Stacking

HERE = Path(__file__).parent
T = TypeVar("T")
Fields = Mapping[str, Callable[[str, Json], object]]


class BadRules(ValueError):
    """A rule file is wrong; the message starts with the path of the value."""


@cache
def bundled() -> tuple[Record, ...]:
    """The rules that ship with the plugin. Raises BadRules."""
    return read_folder(HERE / "rules")


@cache
def sentences() -> Sentences:
    """The sentence of every reason code of this plugin, with its translations."""
    dutch = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))
    return translations.read(dutch, HERE / "translations")


def read_folder(folder: Path) -> tuple[Record, ...]:
    """Every record of the JSON files in a folder, checked together. Raises BadRules."""
    records: list[Record] = []
    for file in sorted(folder.glob("*.json")):
        try:
            rows = json.loads(file.read_text("utf-8"))
        except ValueError as error:
            raise BadRules(f"{file.name}: {error}") from error
        records += read(file.name, rows)
    check_together(records)
    return tuple(records)


def check_together(records: Sequence[Record]) -> None:
    """What is wrong with records that are each right. Raises BadRules."""
    _check_overlap(records)


def read(path: str, rows: Json) -> list[Record]:
    """The records of one file; ``path`` begins each complaint. Raises BadRules."""
    records = read_shape(path, rows)
    for number, record in enumerate(records):
        _check(f"{path}[{number}]", record)
    return records


def read_shape(path: str, rows: Json) -> list[Record]:
    """The records of one file, of which only the shape was looked at. Raises BadRules."""
    return [_record(at, row) for at, row in _items(path, rows)]


def _check(path: str, record: Record) -> None:
    if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
        raise BadRules(f"{path}.valid_to: lies before valid_from")
    if record.certainty == "certain" and (record.to_check or record.wage_side):
        raise BadRules(f"{path}.certainty: cannot be certain with to_check or on the wage side")
    if judge(record, record.passes.get).holds is not True:
        raise BadRules(f"{path}.passes: the example does not pass")
    if judge(record, record.fails.get).holds is not False:
        raise BadRules(f"{path}.fails: the example does not fail")


def _check_overlap(records: Sequence[Record]) -> None:
    ordered = sorted(records, key=lambda record: (record.id, record.valid_from or date.min))
    for one, two in pairwise(ordered):
        later = two.valid_from or date.min
        if one.id == two.id and (one.valid_to is None or later <= one.valid_to):
            raise BadRules(f"{one.id}: versions overlap from {later.isoformat()}")


# ---- one reader per kind of value; each takes its path and the raw value ----


def _text(path: str, value: Json) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRules(f"{path}: must be a text")
    return value


def _whole(path: str, value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadRules(f"{path}: must be a whole number of 0 or more")
    return value


def _flag(path: str, value: Json) -> bool:
    if not isinstance(value, bool):
        raise BadRules(f"{path}: must be true or false")
    return value


def _day(path: str, value: Json) -> date:
    try:
        return date.fromisoformat(_text(path, value))
    except ValueError as error:
        raise BadRules(f"{path}: must be a date such as 2026-02-01") from error


def _maybe_day(path: str, value: Json) -> date | None:
    return None if value is None else _day(path, value)


def _one_of(*allowed: str) -> Callable[[str, Json], str]:
    def read_one(path: str, value: Json) -> str:
        if value not in allowed:
            raise BadRules(f"{path}: must be one of {', '.join(allowed)}")
        return str(value)

    return read_one


def _items(path: str, value: Json) -> list[tuple[str, Json]]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BadRules(f"{path}: must be a list")
    return [(f"{path}[{number}]", item) for number, item in enumerate(value)]


def _list(read_one: Callable[[str, Json], T]) -> Callable[[str, Json], tuple[T, ...]]:
    return lambda path, value: tuple(read_one(at, item) for at, item in _items(path, value))


def _example(path: str, value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping) or not value:
        raise BadRules(f"{path}: must be an example")
    for subject in value:
        _subject(path, subject)
    return value


def _subject(path: str, subject: str) -> str:
    if not known_subject(subject):
        raise BadRules(f"{path}: unknown subject {subject}")
    return subject


def _test(path: str, value: Json) -> Criterion:
    try:
        (at, subject), (at_op, op), (_, wanted) = _items(path, value)
    except ValueError as error:
        raise BadRules(f"{path}: must be [subject, op, value]") from error
    known_op = _one_of(*OPERATORS)(at_op, op)
    return Criterion(_subject(path, _text(at, subject)), known_op, wanted)


def _made(make: Callable[..., T], needed: Fields, extra: Fields) -> Callable[[str, Json], T]:
    """A reader of an object: every needed key, any extra key, no other."""

    def read_object(path: str, value: Json) -> T:
        if not isinstance(value, Mapping):
            raise BadRules(f"{path}: must be an object")
        for key in needed:
            if key not in value:
                raise BadRules(f"{path}.{key}: is missing")
        fields = {**needed, **extra}
        for key in value:
            if key not in fields:
                raise BadRules(f"{path}.{key}: unknown key")
        return make(**{key: fields[key](f"{path}.{key}", item) for key, item in value.items()})

    return read_object


_tests = _list(_test)
_condition = _made(Condition, {"any_of": _tests}, {"code": _text, "known": _flag})
_amount = _made(
    Amount,
    {"kind": _one_of(*KINDS)},
    dict.fromkeys(("cents", "hour_cap_cents", "hours_cap", "percent", "cap_cents"), _whole)
    | {"code": _text},
)
_apply = _made(Apply, {"text": _text}, {"days_before_start": _whole, "days_after_start": _whole})
_stacking = _made(
    Stacking,
    {"order": _whole},
    {"pool": _text, "year_cap_cents": _whole, "excludes": _list(_text)},
)
_confirm = _made(Confirm, {"key": _text, "title": _text, "why": _text}, {})
_record = _made(
    Record,
    {
        "id": _text,
        "title": _text,
        "valid_from": _maybe_day,
        "valid_to": _maybe_day,
        "who": _list(_condition),
        "what": _list(_condition),
        "amount": _amount,
        "apply": _apply,
        "stacking": _stacking,
        "certainty": _one_of("certain", "possible", "unknown"),
        "source": _text,
        "source_name": _text,
        "checked_on": _day,
        "confidence": _one_of("A", "B", "C"),
        "passes": _example,
        "fails": _example,
    },
    {
        "wage_side": _flag,
        "ended": _flag,
        "to_check": _list(_text),
        "certain_if": _tests,
        "confirm": _confirm,
    },
)
