"""The shape of a rule file: one reader for each kind of value, each takes its path and the value.

``rules.schema.json`` says the same for others; a test keeps the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from marketplace.contract.rules import Criterion
from marketplace.contract.values import Json
from marketplace.kit.criteria import OPERATORS

from .judge import known_subject
from .records import (
    BASES,
    CERTAINTIES,
    CONFIDENCES,
    GROUPS,
    Amount,
    Apply,
    Band,
    Condition,
    Confirm,
    Record,
    Stacking,
)

T = TypeVar("T")
Fields = Mapping[str, Callable[[str, Json], object]]
LONGEST = 1000
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_POOL = re.compile(r"[a-z0-9][a-z0-9._-]*")
_ADDRESS = re.compile(r"https://\S+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadRules(ValueError):
    """A rule file is wrong; the message starts with the path of the value."""


def text(path: str, value: Json) -> str:
    """Something to read, of one line."""
    if not isinstance(value, str) or not value.strip():
        raise BadRules(f"{path}: must be a text")
    if len(value) > LONGEST or not value.isprintable():
        raise BadRules(f"{path}: must be one line of at most {LONGEST} characters")
    return value


def _like(pattern: re.Pattern[str], what: str) -> Callable[[str, Json], str]:
    def read_like(path: str, value: Json) -> str:
        found = text(path, value)
        if not pattern.fullmatch(found):
            raise BadRules(f"{path}: must be {what}")
        return found

    return read_like


def _whole(path: str, value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadRules(f"{path}: must be a whole number of 0 or more")
    return value


def _percent(path: str, value: Json) -> int:
    found = _whole(path, value)
    if found > 100:
        raise BadRules(f"{path}: must be at most 100")
    return found


def _flag(path: str, value: Json) -> bool:
    if not isinstance(value, bool):
        raise BadRules(f"{path}: must be true or false")
    return value


def _day(path: str, value: Json) -> date:
    found = _like(_DAY, "a date such as 2026-02-01")(path, value)
    try:
        return date.fromisoformat(found)
    except ValueError as error:
        raise BadRules(f"{path}: must be a date such as 2026-02-01") from error


def _maybe(read_one: Callable[[str, Json], T]) -> Callable[[str, Json], T | None]:
    return lambda path, value: None if value is None else read_one(path, value)


def _one_of(allowed: Sequence[str]) -> Callable[[str, Json], str]:
    def read_one(path: str, value: Json) -> str:
        if value not in allowed:
            raise BadRules(f"{path}: must be one of {', '.join(allowed)}")
        return str(value)

    return read_one


def items(path: str, value: Json) -> list[tuple[str, Json]]:
    """Each item of a list with its path."""
    if not isinstance(value, list | tuple):
        raise BadRules(f"{path}: must be a list")
    return [(f"{path}[{number}]", item) for number, item in enumerate(value)]


def _list(
    read_one: Callable[[str, Json], T], least: int = 0
) -> Callable[[str, Json], tuple[T, ...]]:
    def read_list(path: str, value: Json) -> tuple[T, ...]:
        found = tuple([read_one(at, item) for at, item in items(path, value)])
        if len(found) < least:
            raise BadRules(f"{path}: must not be empty")
        return found

    return read_list


def _scalar(path: str, value: Json) -> Json:
    return (
        _whole(path, value) if isinstance(value, int) and value is not True else _word(path, value)
    )


def _word(path: str, value: Json) -> Json:
    return value if isinstance(value, bool) else text(path, value)


def _fact(path: str, value: Json) -> Json:
    return list(_list(_scalar)(path, value)) if isinstance(value, list) else _scalar(path, value)


def _example(path: str, value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping) or not value:
        raise BadRules(f"{path}: must be an example")
    return {
        _subject(path, subject): _fact(f"{path}.{subject}", value[subject]) for subject in value
    }


def _subject(path: str, value: Json) -> str:
    found = text(path, value)
    if not known_subject(found):
        raise BadRules(f"{path}: unknown subject {found}")
    return found


WANTED: Mapping[str, Callable[[str, Json], object]] = {
    "is": _scalar,
    "at_least": _whole,
    "at_most": _whole,
    "in": _list(_scalar, 1),
    "not_in": _list(_scalar, 1),
    "overlaps": _list(_scalar, 1),
}
"""What each operator compares with."""


def _test(path: str, value: Json) -> Criterion:
    match items(path, value):
        case [(at, subject), (at_op, op), (at_value, wanted)]:
            known_op = _one_of(tuple(OPERATORS))(at_op, op)
            WANTED[known_op](at_value, wanted)
            return Criterion(_subject(at, subject), known_op, wanted)
        case _:
            raise BadRules(f"{path}: must be [subject, op, value]")


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


def _band(path: str, value: Json) -> Band:
    paid = "percent" if isinstance(value, Mapping) and "percent" in value else "cents"
    read_paid = {"percent": _percent, "cents": _whole}[paid]
    return _made(Band, {"up_to": _maybe(_whole), paid: read_paid}, {})(path, value)


_CAP: Fields = {"cap_cents": _whole}
_MONEY: Fields = {**_CAP, "most_cents": _whole}
AMOUNTS: Mapping[str, tuple[Fields, Fields]] = {
    "hourly": ({"cents": _whole}, {**_MONEY, "hour_cap_cents": _whole, "hours_cap": _whole}),
    "per_participant": ({"cents": _whole}, _MONEY),
    "fixed": ({"cents": _whole}, _MONEY),
    "percentage": ({"percent": _percent}, {**_CAP, "most_percent": _percent}),
    "table": ({"subject": _subject, "bands": _list(_band, 1)}, _CAP),
    "unknown": ({}, _CAP),
    "none": ({}, {"code": text}),
}
"""The keys that each kind of amount needs, and those it may have."""


def _amount(path: str, value: Json) -> Amount:
    if not isinstance(value, Mapping):
        raise BadRules(f"{path}: must be an object")
    if "kind" not in value:
        raise BadRules(f"{path}.kind: is missing")
    read_kind = _one_of(tuple(AMOUNTS))
    needed, extra = AMOUNTS[read_kind(f"{path}.kind", value["kind"])]
    return _made(Amount, {**needed, "kind": read_kind}, extra)(path, value)


_tests = _list(_test, 1)
_texts = _list(text)
_id = _like(_ID, "small letters and digits with hyphens")
_condition = _made(Condition, {"any_of": _tests}, {"code": text, "known": _flag, "assumed": _flag})
_apply = _made(
    Apply,
    {"text": text},
    {"days_before_start": _whole, "days_after_start": _whole, "until": _day, "asks": _texts},
)
_stacking = _made(
    Stacking,
    {"order": _whole},
    {
        "pool": _like(_POOL, "a name"),
        "year_cap_cents": _whole,
        "excludes": _list(_id),
        "base": _one_of(BASES),
    },
)
_confirm = _made(Confirm, {"key": _like(_KEY, "a name"), "title": text, "why": text}, {})
record = _made(
    Record,
    {
        "id": _id,
        "title": text,
        "valid_from": _maybe(_day),
        "valid_to": _maybe(_day),
        "who": _list(_condition),
        "what": _list(_condition),
        "amount": _amount,
        "apply": _apply,
        "stacking": _stacking,
        "certainty": _one_of(CERTAINTIES),
        "source": _like(_ADDRESS, "an address that begins with https://"),
        "source_name": text,
        "checked_on": _day,
        "confidence": _one_of(CONFIDENCES),
        "passes": _example,
        "fails": _example,
    },
    {
        "wage_side": _flag,
        "claimed": _flag,
        "ended": _flag,
        "to_check": _texts,
        "certain_if": _list(_test),
        "confirm": _confirm,
        "contact": text,
        "group": _one_of(GROUPS),
    },
)
"""Reads one version of a rule. Raises BadRules."""
