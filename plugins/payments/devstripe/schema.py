"""Stripe's published schema: read a request by it, and hold our own answers to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

FILE = Path(__file__).parent / "schema.json"
Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
Tree: TypeAlias = "dict[str, Value]"


class Wrong(ValueError):
    """A request or answer that the schema does not allow; ``param`` says where."""

    def __init__(self, message: str, param: str) -> None:
        super().__init__(message)
        self.message, self.param = message, param


def request_of(operation: str, pairs: Sequence[tuple[str, str]]) -> Tree:
    """The parameters of a request, typed as the schema says. Raises Wrong."""
    schema = _file()["requests"][operation]
    found = _coerced(_nested(pairs), schema)
    assert isinstance(found, dict)  # noqa: S101 - the root is an object
    _check("request", operation, found)
    return found


def answer(thing: Tree) -> Tree:
    """The same object, once it is what Stripe says such an object is. Raises Wrong."""
    _check("object", str(thing["object"]), thing)
    return thing


def version() -> str:
    """The API version that the schema was published for."""
    return str(_file()["version"])


def _check(kind: str, name: str, value: Tree) -> None:
    errors = sorted(_validator(kind, name).iter_errors(value), key=lambda one: list(one.path))
    if errors:
        first = errors[0]
        extra = re.search(r"'([^']+)' (?:was|were) unexpected", first.message)
        path = [str(part) for part in first.absolute_path] + ([extra[1]] if extra else [])
        where = path[0] + "".join(f"[{part}]" for part in path[1:]) if path else ""
        raise Wrong(f"{name}: {first.message[:200]}", where)


@cache
def _validator(kind: str, name: str):  # type: ignore[no-untyped-def]
    from openapi_schema_validator import OAS30Validator  # of the dev extra only

    schema = _file()["requests" if kind == "request" else "objects"][name]
    return OAS30Validator(schema)


@cache
def _file():  # type: ignore[no-untyped-def]
    return json.loads(FILE.read_text("utf-8"))


def _nested(pairs: Sequence[tuple[str, str]]) -> Value:
    """``a[b][0]=c`` as nested mappings; keys that count from 0 make a list."""
    root: Tree = {}
    for name, text in pairs:
        path = [part for part in re.split(r"[\[\]]+", name) if part]
        here = root
        for part in path[:-1]:
            below = here.setdefault(part, {})
            if not isinstance(below, dict):
                raise Wrong(f"{name} is both a value and an object", name)
            here = below
        here[path[-1] if path else name] = text
    return _listed(root)


def _listed(value: Value) -> Value:
    if not isinstance(value, dict):
        return value
    parts = {key: _listed(part) for key, part in value.items()}
    if parts and all(key.isdigit() for key in parts):
        return [parts[key] for key in sorted(parts, key=int)]
    return dict(parts)


def _coerced(value: Value, schema: Mapping[str, object]) -> Value:
    """Form fields are text; what the schema calls a number or a truth becomes one."""
    for option in _list(schema.get("anyOf")):
        if _fits(value, option):
            return _coerced(value, option)
    if isinstance(value, dict):
        names = _mapping(schema.get("properties"))
        return {key: _coerced(part, _mapping(names.get(key))) for key, part in value.items()}
    if isinstance(value, list):
        return [_coerced(part, _mapping(schema.get("items"))) for part in value]
    kind = schema.get("type")
    if isinstance(value, str) and kind == "integer" and re.fullmatch(r"-?\d{1,18}", value):
        return int(value)
    if isinstance(value, str) and kind == "boolean" and value in {"true", "false"}:
        return value == "true"
    return value


def _fits(value: Value, option: Mapping[str, object]) -> bool:
    kind = option.get("type")
    if isinstance(value, dict):
        return kind == "object"
    if isinstance(value, list):
        return kind == "array"
    if kind == "integer":
        return isinstance(value, str) and value.lstrip("-").isdigit()
    words = option.get("enum")
    return kind == "string" and (value in words if isinstance(words, list) else True)


def _list(value: object) -> list[Mapping[str, object]]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
