"""Reads rule files strictly: one wrong key, date or example refuses the set, with its path."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from marketplace.contract.values import Json
from marketplace.kit import translations
from marketplace.kit.translations import Sentences

from . import shapes
from .judge import judge
from .records import Record
from .shapes import BadRules

__all__ = ["BadRules", "bundled", "check_together", "read", "read_folder", "sentences"]

HERE = Path(__file__).parent
SCHEMA = HERE / "rules.schema.json"


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
        except (ValueError, RecursionError) as error:
            raise BadRules(f"{file.name}: {error}") from error
        records += read(file.name, rows)
    check_together(records)
    return tuple(records)


def read(path: str, rows: Json) -> list[Record]:
    """The records of one file; ``path`` begins each complaint. Raises BadRules."""
    records = read_shape(path, rows)
    for number, record in enumerate(records):
        for key, wrong, complaint in COMPLAINTS:
            if wrong(record):
                raise BadRules(f"{path}[{number}].{key}: {complaint}")
    _check_overlap(records)
    return records


def check_together(records: Sequence[Record]) -> None:
    """Whether rules from several places make a set: versions of one rule do not overlap, and what
    is excluded is there. Raises BadRules.
    """
    _check_overlap(records)
    known = {record.id for record in records}
    for record in records:
        for other in record.stacking.excludes:
            if other not in known:
                raise BadRules(f"{record.id}.stacking.excludes: no rule has the id {other}")


def read_shape(path: str, rows: Json) -> list[Record]:
    """The records of one file, of which only the shape was looked at. Raises BadRules."""
    return [shapes.record(at, row) for at, row in shapes.items(path, rows)]


def _backwards(record: Record) -> bool:
    first, last = record.valid_from, record.valid_to
    return first is not None and last is not None and last < first


def _certain_after_all(record: Record) -> bool:
    never = bool(record.to_check) or record.wage_side or record.amount.ranges
    return record.certainty == "certain" and never


def _range_backwards(record: Record) -> bool:
    amount = record.amount
    ends = [(amount.cents, amount.most_cents), (amount.percent, amount.most_percent)]
    return any(most is not None and most < (least or 0) for least, most in ends)


def _bands_out_of_order(record: Record) -> bool:
    ends = [band.up_to for band in record.amount.bands]
    return any(one is None or (two is not None and two <= one) for one, two in pairwise(ends))


def _pool_missing(record: Record) -> bool:
    return record.stacking.year_cap_cents is not None and record.stacking.pool is None


def _without_sentence(record: Record) -> bool:
    codes = [condition.code for condition in (*record.who, *record.what)]
    known = sentences().texts("nl")
    return any(code and code not in known for code in (*codes, record.amount.code))


COMPLAINTS: Sequence[tuple[str, Callable[[Record], bool], str]] = (
    ("valid_to", _backwards, "lies before valid_from"),
    (
        "certainty",
        _certain_after_all,
        "cannot be certain with to_check, with a range or on the wage side",
    ),
    ("certain_if", lambda one: one.amount.ranges and bool(one.certain_if), "a range is never so"),
    ("amount", _range_backwards, "the upper end of the range lies below the lower"),
    ("amount.bands", _bands_out_of_order, "must ascend, and only the last may have no end"),
    (
        "contact",
        lambda one: one.amount.kind == "unknown" and not one.contact,
        "is missing: whom to ask for an amount that is not known",
    ),
    ("stacking.pool", _pool_missing, "is missing: a yearly cap is that of a pool"),
    (
        "stacking.excludes",
        lambda one: one.id in one.stacking.excludes,
        "a rule cannot exclude itself",
    ),
    ("code", _without_sentence, "a reason has no sentence in texts.toml"),
    (
        "passes",
        lambda one: judge(one, one.passes.get).holds is not True,
        "the example does not pass",
    ),
    (
        "fails",
        lambda one: judge(one, one.fails.get).holds is not False,
        "the example does not fail",
    ),
)
"""What can be wrong with the meaning of a record whose shape is right: where, when, and what."""


def _check_overlap(records: Sequence[Record]) -> None:
    ordered = sorted(records, key=lambda record: (record.id, record.valid_from or date.min))
    for one, two in pairwise(ordered):
        later = two.valid_from or date.min
        if one.id == two.id and (one.valid_to is None or later <= one.valid_to):
            raise BadRules(f"{one.id}: versions overlap from {later.isoformat()}")
