"""``flask advise`` on the demonstration catalogue answers as docs/advice.md describes."""

import json
import re

import pytest

from marketplace.catalogue.vocabulary import TOPICS
from marketplace.config import ROOT
from marketplace.requests import file as request_file
from marketplace.requests.file import employer, needs

EXAMPLE = ROOT / "docs" / "examples" / "aalst.json"
DOC = (ROOT / "docs" / "advice.md").read_text("utf-8")
ANSWER = {
    "optimal": bool,
    "catalogue_version": int,
    "rules_version": str,
    "silent_sources": list,
    "bundle": dict,
    "uncovered": list,
    "alternatives": list,
    "near_misses": list,
    "what_if": list,
    "curve": list,
    "certificates": list,
}
LINE = {
    "needs": list,
    "offer": str,
    "provider": str,
    "owner": str,
    "nature": str,
    "gross_cents": int,
    "net_cents": int,
    "hours": int,
    "start": str,
    "aid": list,
    "reasons": list,
    "vat_cents": int,
    "vat": type(None),
    "refused": list,
}
BUNDLE = {"value": int, "net_cents": int, "hours": int, "lines": list}
MISS = {"need": str, "offer": str, "provider": str, "owner": str, "reasons": list}
STEP = {"resource": str, "more": int, "value": int, "covers": list}


def advise(app, path, **changes):
    if changes:
        asked = json.loads(EXAMPLE.read_text("utf-8")) | changes
        path = path / "request.json"
        path.write_text(json.dumps(asked), "utf-8")
    return app.test_cli_runner().invoke(args=["advise", str(path)])


def fits(value, shape):
    assert list(value) == list(shape) or set(value) == set(shape)
    for key, kind in shape.items():
        assert type(value[key]) is kind, key


def fits_bundle(bundle):
    fits(bundle, BUNDLE)
    for line in bundle["lines"]:
        fits(line, LINE)
        assert line["owner"] in {"agency", "partner"}
        assert line["reasons"]
        for aid in line["aid"]:
            assert {"rule", "cents", "certainty"} <= set(aid)
    assert bundle["net_cents"] <= sum(line["net_cents"] for line in bundle["lines"])


def test_the_example_gets_an_answer_of_the_published_shape(market):
    done = advise(market, EXAMPLE)
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    fits(answer, ANSWER)
    fits_bundle(answer["bundle"])
    for other in answer["alternatives"]:
        fits(other, {"kind": str, "bundle": dict})
        fits_bundle(other["bundle"])
    for miss in answer["near_misses"]:
        fits(miss, MISS)
        assert {"code", "facts"} == set(miss["reasons"][0])
    for step in answer["what_if"]:
        fits(step, STEP)
    assert answer["silent_sources"] == []


def test_the_example_stays_within_its_budget_and_covers_both_needs(market):
    bundle = json.loads(advise(market, EXAMPLE).stdout)["bundle"]
    assert 0 < bundle["net_cents"] <= 4000_00
    assert 0 < bundle["hours"] <= 120
    assert sorted(need for line in bundle["lines"] for need in line["needs"]) == [
        "instructie",
        "taal",
    ]


def test_nothing_for_nothing_says_what_more_would_do(market, tmp_path):
    answer = json.loads(advise(market, tmp_path, budget={"net_cents": 0, "hours": 0}).stdout)
    fits(answer, ANSWER)
    fits_bundle(answer["bundle"])
    assert (answer["bundle"]["net_cents"], answer["bundle"]["hours"]) == (0, 0)
    assert [miss["need"] for miss in answer["uncovered"]]
    assert all(miss["reasons"] for miss in answer["uncovered"])


def test_the_same_file_gives_the_same_bytes(market):
    assert advise(market, EXAMPLE).stdout_bytes == advise(market, EXAMPLE).stdout_bytes


def test_a_bad_file_ends_with_status_2_and_a_line_per_fault(market, tmp_path):
    done = advise(market, tmp_path, budget={"net_cents": -1}, colour="blue")
    assert done.exit_code == 2
    assert done.stdout == ""
    paths = [line.partition(": ")[0] for line in done.stderr.splitlines()]
    assert set(paths) == {"budget.net_cents", "budget.hours", "colour"}


# ---- the paper ----


def test_the_document_shows_the_example():
    (shown,) = re.findall(r"```json\n(.*?)```", DOC, re.S)
    assert shown == EXAMPLE.read_text("utf-8").rstrip() + "\n"


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("employer", employer.EMPLOYER),
        ("needs[]", needs.NEED),
        ("needs[].group", needs.GROUP),
    ],
)
def test_the_document_names_every_key_of_a_part(title, keys):
    table = DOC.partition(f"| `{title}.…` |")[2].partition("\n\n")[0]
    names = re.findall(r"^\| (`.*?) \|", table, re.M)
    assert set(re.findall(r"`(\w+)`", " ".join(names))) == set(keys)


def test_the_document_names_every_key_of_the_file_and_every_topic():
    assert all(f"`{key}" in DOC for key in request_file.ROOT)
    listed = DOC.partition("Topics:")[2].partition(".\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", listed)) == set(TOPICS)


def test_the_document_names_every_key_of_the_answer():
    assert all(f"`{key}`" in DOC for key in ANSWER)
    line = DOC.partition("A line has `")[2].partition("`")[0]
    assert line.split() == list(LINE)


def test_what_is_no_text_and_a_database_without_tables_are_said_in_one_line(make_app, tmp_path):
    app = make_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'empty.db'}")
    noise = tmp_path / "noise.json"
    noise.write_bytes(b"\xca\xfe")
    result = app.test_cli_runner().invoke(args=["advise", str(noise)])
    assert (result.exit_code, result.stderr) == (2, "file: is not UTF-8 text\n")
    result = app.test_cli_runner().invoke(args=["advise", str(EXAMPLE)])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "flask schema upgrade" in result.stderr
