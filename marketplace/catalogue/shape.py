"""Read a catalogue file and hold it against ``schema.json``: the schema is the only description.

The walker knows the few words of JSON Schema that the file uses; a test refuses any other word
in the schema, so nothing in it can be ignored silently.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias, cast

from marketplace.catalogue.faults import Fault, FileRefused, Found, join
from marketplace.i18n import lazy_

Schema: TypeAlias = Mapping[str, object]


_TYPES: Final[Mapping[str, tuple[type, object]]] = {
    "object": (dict, lazy_("een object")),
    "array": (list, lazy_("een lijst")),
    "string": (str, lazy_("tekst")),
    "integer": (int, lazy_("een geheel getal")),
    "boolean": (bool, lazy_("true of false")),
    "null": (type(None), lazy_("null")),
}


class _Object(dict[str, object]):
    """A JSON object that remembers which keys came twice."""

    twice: tuple[str, ...] = ()


@cache
def schema() -> Schema:
    """The JSON Schema of the catalogue file."""
    text = (Path(__file__).parent / "schema.json").read_text("utf-8")
    return cast(Schema, json.loads(text))


def definition(name: str) -> Schema:
    """One named part of the schema, such as ``offer``."""
    return cast(Mapping[str, Schema], schema()["$defs"])[name]


def read(raw: bytes) -> object:
    """The JSON value of a file. Raises FileRefused when it is no JSON."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        fault = Fault("$", "not-utf8")
    except json.JSONDecodeError as error:
        fault = Fault("$", "not-json", {"line": error.lineno, "column": error.colno})
    except RecursionError:
        fault = Fault("$", "too-deep")
    except ValueError:  # our own, or an integer of thousands of digits
        fault = Fault("$", "not-a-number")
    raise FileRefused([fault])


def faults(value: object, rule: Schema | None = None, path: str = "") -> Iterator[Fault]:
    """Everything in which a value differs from the schema, in the order of the file."""
    rule = schema() if rule is None else rule
    if reference := rule.get("$ref"):
        rule = definition(str(reference).rpartition("/")[2])
    where = path or "$"
    if not _right_type(value, rule):
        yield Fault(where, "wrong-type", {"wanted": _wanted(rule)})
    elif not _one_of(value, rule):
        yield Fault(where, "unknown-value", {"known": ", ".join(map(str, _choices(rule)))})
    elif isinstance(value, dict):
        yield from _object_faults(value, rule, path)
    elif isinstance(value, list):
        yield from _list_faults(value, rule, path)
    elif isinstance(value, str):
        yield from _text_faults(value, rule, where)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _number_faults(value, rule, where)


def _object(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made.twice = tuple(sorted({name for name in names if names.count(name) > 1}))
    return made


def _no_constant(_text: str) -> object:
    raise ValueError


def _names(rule: Schema) -> Sequence[str]:
    named = rule.get("type", [])
    return [named] if isinstance(named, str) else cast(Sequence[str], named)


def _right_type(value: object, rule: Schema) -> bool:
    names = _names(rule)
    return not names or any(_is(value, name) for name in names)


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name][0])


def _wanted(rule: Schema) -> str:
    return str(lazy_(" of ")).join(str(_TYPES[name][1]) for name in _names(rule))


def _choices(rule: Schema) -> Sequence[object]:
    return [rule["const"]] if "const" in rule else cast(Sequence[object], rule.get("enum", ()))


def _one_of(value: object, rule: Schema) -> bool:
    choices = _choices(rule)
    return not choices or any(type(value) is type(one) and value == one for one in choices)


def _object_faults(value: dict[str, object], rule: Schema, path: str) -> Iterator[Fault]:
    known = cast(Mapping[str, Schema], rule.get("properties", {}))
    others = rule["additionalProperties"]
    if len(value) > (most := cast(int, rule.get("maxProperties", 10**9))):
        yield Fault(path, "too-many", {"most": most, "count": len(value)})
        return
    for key in getattr(value, "twice", ()):
        yield Fault(join(path, _shown(key)), "key-twice")
    for key, inner in value.items():
        if key in known:
            yield from faults(inner, known[key], join(path, key))
        elif isinstance(others, Mapping):
            yield from faults(inner, others, join(path, _shown(key)))
        else:
            yield Fault(join(path, _shown(key)), "unknown-key", {"known": ", ".join(known)})
    for key in cast(Sequence[str], rule.get("required", ())):
        if key not in value:
            yield Fault(join(path, key), "missing")


def _shown(key: str) -> str:
    """A key as it may stand in an error line: short, on one line, and encodable."""
    return key[:60] if key.isprintable() else ascii(key[:60])


def _list_faults(value: list[object], rule: Schema, path: str) -> Iterator[Fault]:
    least, most = cast(int, rule.get("minItems", 0)), cast(int, rule.get("maxItems", 10**9))
    if len(value) < least:
        yield Fault(path, "too-few", {"least": least})
    if len(value) > most:
        yield Fault(path, "too-many", {"most": most, "count": len(value)})
        return
    inner = cast(Schema, rule["items"])
    for number, item in enumerate(value):
        yield from faults(item, inner, join(path, number))
    if rule.get("uniqueItems"):
        seen: list[object] = []
        for number, item in enumerate(value):
            if item in seen:
                yield Fault(join(path, number), "value-twice")
            seen.append(item)


def _text_faults(value: str, rule: Schema, path: str) -> Iterator[Fault]:
    least, most = cast(int, rule.get("minLength", 0)), cast(int, rule.get("maxLength", 10**9))
    pattern = str(rule.get("pattern", ""))
    if len(value) < least or (least and not value.strip()):
        yield Fault(path, "empty")
    elif len(value) > most:
        yield Fault(path, "too-long", {"most": most, "length": len(value)})
    elif any("\ud800" <= char <= "\udfff" for char in value):
        yield Fault(path, "forbidden-character")
    elif pattern and not _compiled(pattern).search(value):
        code = "forbidden-character" if "u0000" in pattern else "wrong-shape"
        yield Fault(path, code, {} if code == "forbidden-character" else {"pattern": pattern})


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """JSON Schema's ``$`` is the very end; Python's also stands before a last line break."""
    return re.compile(pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern)


def _number_faults(value: int, rule: Schema, path: str) -> Iterator[Fault]:
    found: Found = {}
    if value < cast(int, rule.get("minimum", value)):
        found = {"least": cast(int, rule["minimum"])}
        yield Fault(path, "too-small", found)
    if value > cast(int, rule.get("maximum", value)):
        found = {"most": cast(int, rule["maximum"])}
        yield Fault(path, "too-large", found)
