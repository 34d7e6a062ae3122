"""The body of a rule: what a consultant typed, read strictly, and what ships with the plugin."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from marketplace.contract.values import Json
from marketplace.kit.clock import today
from marketplace.kit.documents import FileRefused
from marketplace.kit.documents import read as read_json
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _

from .. import reader
from ..reader import BadRules
from ..records import Record
from .complaints import in_dutch
from .models import Rows

HERE = Path(__file__).parent
LARGEST = 10**12
LONGEST_ID = 80


def refused(error: BadRules) -> DomainError:
    """A complaint of the reader as an error beside the body, with its path, in Dutch."""
    return DomainError("rule.refused", in_dutch(str(error)), "body")


def typed(text: str | bytes) -> Rows:
    """The records that were typed: a list of objects of one id, or one object.

    Their shape is right; their own cases may still fail, and they may overlap. Raises DomainError.
    """
    rows = rows_in(text)
    by_id = split(rows)
    if len(by_id) != 1:
        raise DomainError("rule.ids", _("Zet één regel in dit veld: overal hetzelfde id."), "body")
    return rows


def rows_in(text: str | bytes) -> Rows:
    """The records of a rule file, of which only the shape is right. Raises DomainError."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        found = read_json(raw)
    except FileRefused as error:
        said = "; ".join(str(one.message) for one in error.faults)
        raise DomainError("rule.json", said, "body") from error
    rows = cast("Json", [found] if isinstance(found, Mapping) else found)
    try:
        for path, complaint in _strange("", rows):
            raise BadRules(f"{path}: {complaint}")  # the first is enough to mend it
        records = reader.read_shape("", rows)
        for number, record in enumerate(records):
            if len(record.id) > LONGEST_ID:
                raise BadRules(f"[{number}].id: must be at most {LONGEST_ID} characters")
    except BadRules as error:
        raise refused(error) from error
    if not records:
        raise DomainError("rule.empty", _("Zet ten minste één regel in de lijst."), "body")
    return cast(Rows, rows)


def sound(rows: Rows) -> list[Record]:
    """The records of a body, which the reader takes whole; whether the rules that it excludes are
    there shows only beside all others, see ``effect.fault``. Raises DomainError.
    """
    try:
        records = reader.read("", cast("Json", rows))
        for number, record in enumerate(records):
            if record.checked_on > today():
                raise BadRules(f"[{number}].checked_on: lies in the future")
    except BadRules as error:
        raise refused(error) from error
    return records


def shape(rows: Rows) -> list[Record]:
    """The records of a stored body; none when the reader has become stricter since it was kept."""
    try:
        return reader.read_shape("", cast("Json", rows))
    except BadRules:
        return []


def split(rows: Rows) -> dict[str, Rows]:
    """The rows of a file by their id."""
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(str(row["id"]), []).append(row)
    return found


@cache
def bundled_rows() -> Mapping[str, Rows]:
    """The rows of the rule files that ship with the plugin, by id."""
    files = sorted((reader.HERE / "rules").glob("*.json"))
    return split([row for file in files for row in json.loads(file.read_text("utf-8"))])


def template() -> Rows:
    """An empty rule to begin with: every needed key, with nothing that could pass for a fact."""
    return cast(Rows, json.loads((HERE / "template.json").read_text("utf-8")))


def shown(rows: object) -> str:
    """A body as a person edits it."""
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _strange(path: str, value: object) -> Iterator[tuple[str, str]]:
    """What JSON can hold and no rule may: a key twice, signs that do not show, endless numbers."""
    if isinstance(value, str):
        if not value.isprintable():
            yield path, "holds a sign that cannot be shown"
    elif isinstance(value, Mapping):
        for key in getattr(value, "twice", ()):
            yield f"{path}.{key}", "stands there twice"
        for key, one in value.items():
            yield from _strange(path, key)
            yield from _strange(f"{path}.{key}", one)
    elif isinstance(value, Sequence):
        for number, one in enumerate(value):
            yield from _strange(f"{path}[{number}]", one)
    elif isinstance(value, int | float) and abs(value) > LARGEST:
        yield path, "is too large"
