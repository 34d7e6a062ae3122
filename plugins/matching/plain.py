"""Values of the contract as plain JSON data and back, by the types of their fields."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def text_of(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def plain(value: object) -> Any:
    """A dataclass as an object, tuples as lists, dates as ISO text."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def made(kind: type[T], data: Any) -> T:
    """The value of a dataclass that ``plain`` gave this data for."""
    types = _types(cast(Hashable, kind))
    return kind(**{name: _value(types[name], one) for name, one in data.items()})


@lru_cache(64)
def _types(kind: Hashable) -> Mapping[str, Any]:
    """Annotations of a class by field; read once, as reading them takes long. JSON is not looked
    into: it stays as it is.
    """
    return get_type_hints(kind, localns={"Json": object})


def _value(wanted: Any, data: Any) -> Any:
    """Data as the annotated type asks; JSON itself stays as it is."""
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin is UnionType and NoneType in inside:
        return None if data is None else _value(inside[0], data)
    if origin is tuple:
        kinds = [inside[0]] * len(data) if inside[-1] is Ellipsis else inside
        return tuple([_value(kind, one) for kind, one in zip(kinds, data, strict=True)])
    if wanted is date:
        return date.fromisoformat(data)
    return made(cast(type, wanted), data) if is_dataclass(wanted) else data
