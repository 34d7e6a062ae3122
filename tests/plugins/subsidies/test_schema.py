"""The published schema and the reader say the same about the shape of a rule file."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from marketplace.kit.criteria import OPERATORS, SUBJECTS
from plugins.subsidies import reader
from plugins.subsidies.judge import ITEM
from plugins.subsidies.records import CERTAINTIES, CONFIDENCES, GROUPS
from plugins.subsidies.shapes import AMOUNTS, WANTED

SCHEMA = json.loads(reader.SCHEMA.read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
FILES = sorted((Path(reader.__file__).parent / "rules").glob("*.json"))
BUNDLED = {file.name: json.loads(file.read_text("utf-8")) for file in FILES}
ONE = BUNDLED["fe-bi.json"][0]
FULL = ONE | {
    "stacking": {"order": 1, "pool": "x", "year_cap_cents": 5, "excludes": ["a-b"], "base": "gross"}
}
TABLE = {"kind": "table", "subject": "offer.hours", "bands": [{"up_to": 8, "cents": 5}]}
GONE = object()


def with_value(path, value):
    """A document with another value at a path such as ``amount.cents``; GONE takes it away."""
    row = copy.deepcopy(FULL)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    target = row
    for part in parents:
        target = target[part]
    if value is GONE:
        del target[last]
    else:
        target[last] = value
    return [row]


def reader_takes(rows):
    try:
        reader.read_shape("x", rows)
    except reader.BadRules:
        return False
    return True


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_file_follows_the_schema(name):
    assert list(VALIDATOR.iter_errors(BUNDLED[name])) == []


def test_the_schema_is_a_schema_and_names_what_the_code_knows():
    Draft202012Validator.check_schema(SCHEMA)
    parts = SCHEMA["$defs"]
    assert set(parts["subject"]["anyOf"][0]["enum"]) == {*SUBJECTS, *ITEM}
    ops = [test["prefixItems"][1]["enum"] for test in parts["test"]["oneOf"]]
    assert {op for several in ops for op in several} == set(OPERATORS) == set(WANTED)
    kinds = [kind["properties"]["kind"]["const"] for kind in parts["amount"]["oneOf"]]
    assert kinds == list(AMOUNTS)
    rule = parts["rule"]["properties"]
    assert rule["group"]["enum"] == list(GROUPS)
    assert rule["certainty"]["enum"] == list(CERTAINTIES)
    assert rule["confidence"]["enum"] == list(CONFIDENCES)


def test_the_documents_that_are_broken_below_are_whole_before():
    assert reader_takes([FULL])
    assert VALIDATOR.is_valid([FULL])


BROKEN = [
    *((key, GONE) for key in SCHEMA["$defs"]["rule"]["required"]),
    ("colour", "red"),
    ("id", "Fe Bi"),
    ("id", "../x"),
    ("id", 7),
    ("title", ""),
    ("title", "   "),
    ("title", "x" * 1001),
    ("title", None),
    ("valid_from", "1 maart"),
    ("valid_from", "20260201"),
    ("valid_from", "2026-02-30"),
    ("valid_to", "2026-W05-1"),
    ("checked_on", None),
    ("who", "everybody"),
    ("who", [{"any_of": []}]),
    ("who", [{}]),
    ("who", [{"any_of": [["employer.colour", "is", 1]]}]),
    ("who", [{"any_of": [["place.region", "equals", "brussel"]]}]),
    ("who", [{"any_of": [["place.region", "is"]]}]),
    ("who", [{"any_of": [["place.region", "is", "brussel", 1]]}]),
    ("who", [{"any_of": [["place.region", "is", ["brussel"]]]}]),
    ("who", [{"any_of": [["place.region", "in", "brussel"]]}]),
    ("who", [{"any_of": [["place.region", "in", []]]}]),
    ("who", [{"any_of": [["employer.headcount", "at_most", "49"]]}]),
    ("who", [{"any_of": [["employer.headcount", "at_most", -1]]}]),
    ("who.0.known", "yes"),
    ("who.0.sure", True),
    ("amount", {"kind": "guess"}),
    ("amount", {"kind": "hourly"}),
    ("amount", {"kind": "hourly", "cents": -1}),
    ("amount", {"kind": "hourly", "cents": True}),
    ("amount", {"kind": "hourly", "cents": 1, "percent": 1}),
    ("amount", {"kind": "percentage", "percent": 101}),
    ("amount", {"kind": "percentage", "percent": 30, "cents": 5}),
    ("amount", {"kind": "fixed", "cents": 5, "hours_cap": 5}),
    ("amount", {"kind": "unknown", "cents": 5}),
    ("amount", {"kind": "none", "cap_cents": 5}),
    ("amount", TABLE | {"bands": []}),
    ("amount", TABLE | {"subject": "offer.colour"}),
    ("amount", TABLE | {"bands": [{"cents": 5}]}),
    ("amount", TABLE | {"bands": [{"up_to": 5}]}),
    ("amount", TABLE | {"bands": [{"up_to": 5, "cents": 5, "percent": 5}]}),
    ("amount", TABLE | {"bands": [{"up_to": -5, "cents": 5}]}),
    ("amount", {"cents": 5}),
    ("amount", []),
    ("apply", {}),
    ("apply.days_before_start", -1),
    ("apply.until", "soon"),
    ("apply.asks", "everything"),
    ("stacking.order", None),
    ("stacking.year_cap_cents", -1),
    ("stacking.year_cap_cents", "2500"),
    ("stacking.pool", ""),
    ("stacking.pool", "a b"),
    ("stacking.excludes", ["A"]),
    ("stacking.base", "net"),
    ("certainty", "sure"),
    ("source", "fe-bi.org"),
    ("source", "http://fe-bi.org"),
    ("source", "https://fe bi"),
    ("source", "javascript:alert(1)"),
    ("confidence", "D"),
    ("group", "x"),
    ("passes", {}),
    ("passes", {"employer.colour": 1}),
    ("passes", {"place.region": None}),
    ("passes", []),
    ("wage_side", 1),
    ("claimed", "true"),
    ("to_check", "yes"),
    ("to_check", [1]),
    ("certain_if", [["place.region"]]),
    ("confirm", {"key": "Key", "title": "x", "why": "y"}),
    ("confirm", {"key": "key", "title": "x"}),
    ("contact", ""),
]


@pytest.mark.parametrize(("path", "value"), BROKEN)
def test_the_reader_and_the_schema_refuse_the_same(path, value):
    rows = with_value(path, value)
    assert not reader_takes(rows)
    assert not VALIDATOR.is_valid(rows)


@pytest.mark.parametrize("rows", [{}, "x", None, [None], [[]], ["x"], 5])
def test_what_is_no_list_of_rules_is_refused_by_both(rows):
    assert not reader_takes(rows)
    assert not VALIDATOR.is_valid(rows)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("amount", TABLE),
        ("amount", TABLE | {"bands": [{"up_to": 5, "percent": 5}, {"up_to": None, "cents": 0}]}),
        ("amount", {"kind": "per_participant", "cents": 5, "most_cents": 9, "cap_cents": 50}),
        ("amount", {"kind": "percentage", "percent": 40, "most_percent": 60}),
        ("amount", {"kind": "unknown", "cap_cents": 5}),
        ("valid_from", "2026-02-01"),
        ("who", []),
        ("who", [{"any_of": [["answers.subsidies.x", "is", True]], "assumed": True}]),
        ("apply", {"text": "Vraag het.", "until": "2026-12-31", "asks": ["Een nummer."]}),
        ("stacking", {"order": 1}),
        ("confidence", "M"),
    ],
)
def test_what_both_take(path, value):
    rows = with_value(path, value)
    assert reader_takes(rows)
    assert VALIDATOR.is_valid(rows)


def paths(value, here=()):
    """Every place in a document."""
    if here:
        yield here
    if isinstance(value, dict | list):
        inner = value if isinstance(value, dict) else dict(enumerate(value))
        for key, one in inner.items():
            yield from paths(one, (*here, key))


ODD = st.sampled_from(
    [
        *(None, True, 0, 1, -1, 101, "", " ", "x", "a-b", "2026-02-01", "https://x.y"),
        *([], {}, ["x"], [["place.region", "is", "x"]]),
        *({"kind": "unknown"}, {"kind": "none"}, {"text": "x"}),
    ]
)
ODD = ODD.map(copy.deepcopy)  # a change may change it again
ROWS = [row for rows in BUNDLED.values() for row in rows]


@given(st.data())
def test_the_reader_and_the_schema_agree_about_whatever_was_changed(data):
    row = copy.deepcopy(data.draw(st.sampled_from(ROWS)))
    for _time in range(data.draw(st.integers(1, 2))):
        *parents, last = data.draw(st.sampled_from(list(paths(row))))
        target = row
        for part in parents:
            target = target[part]
        change = data.draw(st.sampled_from(["gone", "odd", "more"]))
        if change == "gone":
            del target[last]
        elif change == "odd" or not isinstance(target, dict):
            target[last] = data.draw(ODD)
        else:
            target[data.draw(st.sampled_from(["x", "code", "percent", "until"]))] = data.draw(ODD)
        if not row:
            break
    assert reader_takes([row]) == VALIDATOR.is_valid([row])
