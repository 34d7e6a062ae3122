"""The rule files: complete, honest, readable, and refused as a whole when one thing is wrong."""

import ast
import copy
import json
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from plugins.subsidies import calculator, questions, reader, reason_texts
from plugins.subsidies.judge import judge
from plugins.subsidies.records import versions_on

from .test_golden_figures import CARE_HOME, SMALL_FIRM, SPRING, ask, item

FOLDER = Path(reader.__file__).parent
RECORDS = reader.bundled()
ONE = json.loads((FOLDER / "rules" / "fe-bi.json").read_text("utf-8"))[0]


def ids(record):
    return f"{record.id}@{record.valid_from}"


@pytest.mark.parametrize("record", RECORDS, ids=ids)
def test_every_rule_has_an_example_that_passes_and_one_that_fails(record):
    assert judge(record, record.passes.get).holds is True
    assert judge(record, record.fails.get).holds is False


@pytest.mark.parametrize("record", RECORDS, ids=ids)
def test_every_rule_names_its_source_and_when_it_was_checked(record):
    assert record.source.startswith("https://")
    assert record.source_name
    assert date(2026, 1, 1) <= record.checked_on <= date(2026, 11, 22)
    assert record.confidence != "M" or record.amount.kind == "unknown", "from memory, no amount"


@pytest.mark.parametrize("record", RECORDS, ids=ids)
def test_what_only_a_person_can_judge_is_never_certain_by_itself(record):
    assert record.certainty != "certain" or not record.to_check


def test_every_reason_code_has_a_dutch_sentence():
    codes = (
        {condition.code for record in RECORDS for condition in (*record.who, *record.what)}
        | {record.amount.code for record in RECORDS}
        | {"no-double-aid", "yearly-cap-used", "too-late-to-apply", "long-not-checked"}
        | {"pot-empty", "pot-share-used"}
    )
    assert codes - {None} == set(reason_texts("nl"))


def test_no_amount_stands_in_the_code():
    allowed = {0, 1, 100, 180, 1000, 10}  # percent, days until stale, per mille, what is remembered
    for file in FOLDER.glob("*.py"):
        numbers = {
            node.value
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Constant) and type(node.value) in {int, float}
        }
        assert numbers <= allowed, f"{file.name}: {numbers - allowed}"


def test_the_order_of_the_rules_in_the_files_has_no_effect():
    request_items = (item(2_400), item(nature="coaching", count=3))
    few = [r for r in RECORDS if r.id in {"febi-330-ouderenzorg", "vov", "kmop-training-small"}]
    from marketplace.contract.values import Budget, RequestFacts

    from .test_golden_figures import AALST

    for employer in (CARE_HOME, SMALL_FIRM):
        request = RequestFacts(AALST, Budget(0, 0), (), employer=employer)
        answers = {
            repr(calculator.aid_for(request, request_items, order)) for order in permutations(few)
        }
        assert len(answers) == 1


def test_after_the_last_known_version_the_amount_is_unknown_unless_the_aid_ended():
    later = {record.id: record for record in versions_on(RECORDS, date(2030, 1, 1))}
    assert later["bev-brussel"].amount.kind == "unknown"
    assert later["bev-brussel"].valid_from == date(2026, 9, 1)
    assert "kmop-advice-small" not in later
    before = {record.id for record in versions_on(RECORDS, date(2015, 1, 1))}
    assert "vov" not in before


def changed(**values):
    row = copy.deepcopy(ONE)
    row.update(values)
    return [row]


RANGE = {"kind": "percentage", "percent": 60, "most_percent": 40}


def table(*ends):
    bands = [{"up_to": end, "cents": 5} for end in ends]
    return {"kind": "table", "subject": "offer.hours", "bands": bands}


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"colour": "red"}, "x[0].colour: unknown key"),
        ({"source": ""}, "x[0].source"),
        ({"amount": {"kind": "hourly", "cents": -1}}, "x[0].amount.cents"),
        ({"amount": {"kind": "hourly", "cents": True}}, "x[0].amount.cents"),
        ({"amount": {"kind": "guess"}}, "x[0].amount.kind"),
        ({"valid_from": "1 maart"}, "x[0].valid_from"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "x[0].valid_to"),
        ({"who": [{"any_of": [["employer.colour", "is", 1]]}]}, "x[0].who[0].any_of[0]"),
        ({"who": "everybody"}, "x[0].who"),
        ({"certainty": "certain"}, "x[0].certainty"),
        ({"amount": {"kind": "unknown"}, "contact": "x"} | {"certainty": "sure"}, "x[0].certainty"),
        ({"amount": RANGE, "certain_if": []}, "x[0].amount: the upper end"),
        ({"amount": {"kind": "fixed", "cents": 1, "most_cents": 2}}, "x[0].certain_if"),
        ({"amount": table(20, 10)}, "x[0].amount.bands: must ascend"),
        ({"amount": table(None, 10)}, "x[0].amount.bands: must ascend"),
        ({"stacking": {"order": 1, "year_cap_cents": 5}}, "x[0].stacking.pool: is missing"),
        ({"stacking": {"order": 1, "excludes": [ONE["id"]]}}, "x[0].stacking.excludes"),
        ({"who": [{**ONE["who"][0], "code": "nobody-wrote-it"}]}, "x[0].code"),
        ({"passes": ONE["fails"]}, "x[0].passes"),
        ({"fails": ONE["passes"]}, "x[0].fails"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_path(values, path):
    with pytest.raises(reader.BadRules) as error:
        reader.read("x", changed(**values))
    assert str(error.value).startswith(path)


def test_a_rule_without_a_source_is_refused():
    row = copy.deepcopy(ONE)
    del row["source"]
    with pytest.raises(reader.BadRules, match=r"x\[0\]\.source: is missing"):
        reader.read("x", [row])


def test_overlapping_versions_and_broken_files_are_refused(tmp_path):
    rows = [ONE, ONE | {"valid_from": "2026-01-01"}]
    (tmp_path / "a.json").write_text(json.dumps(rows), "utf-8")
    with pytest.raises(reader.BadRules, match="febi-330-ouderenzorg: versions overlap"):
        reader.read_folder(tmp_path)
    with pytest.raises(reader.BadRules, match="versions overlap"):
        reader.read("x", [ONE, ONE])
    (tmp_path / "a.json").write_text("[" * 100_000, "utf-8")
    with pytest.raises(reader.BadRules, match=r"a\.json"):
        reader.read_folder(tmp_path)
    (tmp_path / "a.json").write_text("[", "utf-8")
    with pytest.raises(reader.BadRules, match=r"a\.json"):
        reader.read_folder(tmp_path)


def test_an_amount_that_is_unknown_needs_somebody_to_ask():
    row = changed(amount={"kind": "unknown"})[0]
    del row["contact"]
    with pytest.raises(reader.BadRules, match=r"x\[0\]\.contact: is missing"):
        reader.read("x", [row])


def test_a_rule_cannot_exclude_one_that_is_not_there(tmp_path):
    row = changed(stacking={"order": 1, "excludes": ["gone"]})
    (tmp_path / "a.json").write_text(json.dumps(row), "utf-8")
    with pytest.raises(reader.BadRules, match="excludes: no rule has the id gone"):
        reader.read_folder(tmp_path)


def test_the_employer_is_only_asked_what_can_make_an_aid_certain(session):
    from marketplace.contract.values import Budget, Employer, RequestFacts

    from .test_golden_figures import AALST

    def keys(employer):
        request = RequestFacts(AALST, Budget(0, 0), (), employer=employer)
        return [question.key for question in questions(request=request)]

    assert keys(CARE_HOME) == ["febi_agreed"]
    assert keys(SMALL_FIRM) == ["kmop_conditions"]
    assert keys(Employer()) == []


def test_net_price_never_goes_below_zero_whatever_the_price():
    for gross in (0, 1, 99, 100, 101, 750, 10_000):
        for employer in (CARE_HOME, SMALL_FIRM):
            aids = ask(employer, item(gross, start=SPRING), febi_agreed=True, kmop_conditions=True)
            off = sum(aid.cents or 0 for aid in aids.aids[0] if not aid.wage_side)
            assert 0 <= off <= gross * 100
