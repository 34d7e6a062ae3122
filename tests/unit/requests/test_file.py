import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.config import ROOT
from marketplace.contract.values import Budget, Employer, Group, Need, Related, RequestFacts
from marketplace.reference import municipalities, place
from marketplace.requests.file import FileErrors, read_request, read_text, write_request
from marketplace.requests.vocabulary import LEVEL_ORDER, TOPICS

EXAMPLE = ROOT / "docs" / "examples" / "aalst.json"


def example():
    return json.loads(EXAMPLE.read_text("utf-8"))


def changed(path, value):
    """The example with another value at a path such as ``needs.0.group.count``."""
    document = example()
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    target = document
    for part in parents:
        target = target[part]
    target[last] = value
    return document


def errors_of(document):
    with pytest.raises(FileErrors) as refused:
        read_request(document)
    return refused.value.errors


def test_the_example_of_the_documentation_reads():
    facts = read_request(example())
    assert facts.place.name == "Aalst"
    assert facts.budget == Budget(400_000, 120)
    assert facts.start == date(2027, 2, 1)
    assert facts.employer.joint_committees == ("330",)
    first, second = facts.needs
    assert (first.id, first.weight, first.group.languages) == ("taal", 3, ("tr", "ar"))
    assert first.hours_off_floor_per_week == 1
    assert second.group == Group(count=3, role="supervisors")
    assert facts.answers == {"care.shift_system": "three"}


def test_only_place_budget_and_needs_are_needed():
    facts = read_request(
        {
            "employer": None,
            "establishment": {"municipality": "9300"},
            "budget": {"net_cents": 0, "hours": 0},
            "start": None,
            "needs": [{"topic": "mentoring", "group": None, "shifts": None, "weight": None}],
            "answers": None,
        }
    )
    assert facts.employer == Employer()
    assert facts.start is None
    assert facts.needs == (Need("n0", "mentoring", Group(count=1)),)


@pytest.mark.parametrize("name", ["Aalst", "Alost", "aalst ", "41002", "9300", "9320 Erembodegem"])
def test_a_place_goes_by_every_name_it_has(name):
    assert read_request(changed("establishment.municipality", name)).place.refnis == "41002"


def test_a_plugin_may_add_topics_under_its_own_prefix():
    assert read_request(changed("needs.0.topic", "care:handover")).needs[0].topic == "care:handover"


BAD = [
    ("establishment", None, "establishment: is missing"),
    ("establishment", {}, "establishment.municipality: is missing"),
    ("establishment.municipality", "Atlantis", "is not a known municipality"),
    ("establishment.municipality", 9300, "establishment.municipality: must be a text"),
    ("establishment.municipality", "A" * 10_000, "establishment.municipality: must be at most"),
    ("establishment.town", "Aalst", "establishment.town: unknown key"),
    ("budget", None, "budget: is missing"),
    ("budget", [], "budget: must be an object"),
    ("budget.net_cents", -1, "budget.net_cents: must be from 0"),
    ("budget.net_cents", 1.5, "budget.net_cents: must be a whole number"),
    ("budget.net_cents", True, "budget.net_cents: must be a whole number"),
    ("budget.net_cents", "4000", "budget.net_cents: must be a whole number"),
    ("budget.hours", 10**12 + 1, "budget.hours: must be from 0"),
    ("budget.hours", None, "budget.hours: is missing; 0 is allowed"),
    ("start", "2027-02-30", "start: must be a date"),
    ("start", "1/2/2027", "start: must be a date"),
    ("start", 2027, "start: must be a text"),
    ("needs", None, "needs: is missing"),
    ("needs", [], "needs: must hold from 1 to 64 needs"),
    ("needs", {}, "needs: must be a list"),
    ("needs", [{"topic": "mentoring"}] * 65, "needs: must hold from 1 to 64 needs"),
    ("needs.0", "taal", "needs[0]: must be an object"),
    ("needs.0.topic", "yoga", "needs[0].topic:"),
    ("needs.0.topic", None, "needs[0].topic: is missing"),
    ("needs.1.id", "taal", "needs[1].id: is given twice"),
    ("needs.0.colour", "red", "needs[0].colour: unknown key"),
    ("needs.0.weight", -1, "needs[0].weight: must be from 0"),
    ("needs.0.group.count", 0, "needs[0].group.count: must be from 1"),
    ("needs.0.group.count", 3, "needs[0].group.under_12_months: is more than the group of 3"),
    ("needs.0.group.temps", 13, "needs[0].group.temps: is more than the group of 12"),
    ("needs.0.group.role", "robots", "needs[0].group.role: must be one of"),
    ("needs.0.group.level_from", "D1", "needs[0].group.level_from: must be one of"),
    ("needs.0.group.level_to", "A0", "needs[0].group.level_to: is below level_from A1"),
    ("needs.0.group.mixed_levels", "ja", "needs[0].group.mixed_levels: must be true or false"),
    ("needs.0.group.languages", ["turks"], "needs[0].group.languages[0]:"),
    ("needs.0.group.languages", ["tr", "tr"], "needs[0].group.languages[1]: is given twice"),
    ("needs.0.group.nationality", "BE", "needs[0].group.nationality: unknown key"),
    ("needs.0.shifts", ["noon"], "needs[0].shifts[0]: must be one of"),
    ("needs.0.shifts", "early", "needs[0].shifts: must be a list"),
    ("needs.0.shifts", [None], "needs[0].shifts[0]: must not be null"),
    ("needs.0.modes", ["moon"], "needs[0].modes[0]: must be one of"),
    ("needs.0.latest_end", "soon", "needs[0].latest_end: must be a date"),
    ("employer", 5, "employer: must be an object"),
    ("employer.enterprise_number", "0403019262", "employer.enterprise_number:"),
    ("employer.legal_form", "maffia", "employer.legal_form:"),
    ("employer.headcount", -85, "employer.headcount: must be from 0"),
    ("employer.joint_committees", ["999"], "employer.joint_committees[0]:"),
    ("employer.nace", "99.999", "employer.nace:"),
    ("employer.vat_recoverable", "no", "employer.vat_recoverable: must be true or false"),
    ("employer.aid_used_this_year_cents", {"kmo": -1}, "aid_used_this_year_cents.kmo: must be"),
    ("employer.public_share_percent", 101, "employer.public_share_percent: must be from 0 to 100"),
    ("employer.related", {}, "employer.related: must be a list of at most 100 firms"),
    ("employer.related", [{}] * 101, "employer.related: must be a list of at most 100 firms"),
    ("employer.related", ["An"], "employer.related[0]: must be an object"),
    ("employer.related", [{"headcount": 5}], "employer.related[0].share_percent: is missing"),
    ("employer.related", [{"share_percent": 101}], "related[0].share_percent: must be from 0"),
    ("employer.related", [{"share_percent": 60, "headcount": -1}], "related[0].headcount: must be"),
    ("employer.related", [{"share_percent": 60, "name": "An"}], "related[0].name: unknown key"),
    ("employer.owner", "An", "employer.owner: unknown key"),
    ("answers", [], "answers: must be an object"),
    ("answers", {"shift": "three"}, "must look like plugin.question"),
    ("answers", {"care.x": 1.5}, "answers.care.x: must be a text"),
    ("answers", {"care.x": "a\u0000b"}, "answers.care.x: must not hold control characters"),
    ("answers", {"care.x": "a" * 10_000}, "answers.care.x: must be at most"),
    ("name", "An", "name: unknown key"),
]


@pytest.mark.parametrize(("path", "value", "error"), BAD)
def test_what_is_wrong_is_refused_with_its_path(path, value, error):
    assert any(error in line for line in errors_of(changed(path, value)))


def test_every_error_is_one_line_with_a_path_and_all_are_told_at_once():
    errors = errors_of({"budget": {"net_cents": -1}, "nee\nds": 1, "needs": [{"topic": "x\ny"}]})
    assert len(errors) == 5
    assert all(": " in line and "\n" not in line for line in errors)


@pytest.mark.parametrize("document", [None, [], 5, "text", True])
def test_a_file_that_is_no_object_is_refused(document):
    assert errors_of(document)[0].startswith("file: must be an object")


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 100_000, '{"a": ' + "9" * 10_000 + "}"],
)
def test_broken_json_is_refused(text):
    with pytest.raises(FileErrors) as refused:
        read_text(text)
    assert refused.value.errors[0].startswith("file: ")


counts = st.integers(1, 10**6)
maybe = st.none() | st.integers(0, 10**12)


@st.composite
def groups(draw):
    count = draw(counts)
    low = draw(st.none() | st.integers(0, 5))
    high = draw(st.none() | st.integers(low or 0, 5))
    part = st.none() | st.integers(0, count)
    return Group(
        count=count,
        role=draw(st.sampled_from(["workers", "supervisors", "teams"])),
        level_from=None if low is None else LEVEL_ORDER[low],
        level_to=None if high is None else LEVEL_ORDER[high],
        mixed_levels=draw(st.none() | st.booleans()),
        under_12_months=draw(part),
        temps=draw(part),
        languages=tuple(draw(st.lists(st.sampled_from(["ar", "tr", "fr"]), unique=True))),
    )


@st.composite
def requests(draw):
    ids = draw(st.lists(st.sampled_from(sorted(TOPICS)), min_size=1, max_size=8, unique=True))
    days = st.none() | st.dates()
    needs = tuple(
        Need(
            id=name,
            topic=draw(st.sampled_from([name, "care:handover"])),
            group=draw(groups()),
            weight=draw(st.integers(0, 5)),
            shifts=tuple(draw(st.lists(st.sampled_from(["early", "night"]), unique=True))),
            hours_off_floor_per_week=draw(maybe),
            modes=tuple(draw(st.lists(st.sampled_from(["on_site", "online"]), unique=True))),
            latest_end=draw(days),
        )
        for name in ids
    )
    return RequestFacts(
        place=place(draw(st.sampled_from(municipalities()))),
        budget=Budget(draw(st.integers(0, 10**12)), draw(st.integers(0, 10**12))),
        needs=needs,
        employer=Employer(
            enterprise_number=draw(st.sampled_from([None, "0403019261"])),
            legal_form=draw(st.sampled_from([None, "vzw", "bv"])),
            headcount=draw(maybe),
            turnover_eur=draw(maybe),
            balance_eur=draw(maybe),
            joint_committees=draw(st.sampled_from([(), ("330",), ("318.02", "200")])),
            nace=draw(st.sampled_from([None, "87.101"])),
            vat_recoverable=draw(st.none() | st.booleans()),
            aid_used_this_year_cents=draw(st.sampled_from([{}, {"kmo": 5}])),
            related=draw(st.sampled_from([None, (), (Related(60, 5, None, 7), Related(25))])),
            public_share_percent=draw(st.sampled_from([None, 0, 30])),
        ),
        start=draw(days),
        asked_on=draw(days),
        answers=draw(st.sampled_from([{}, {"care.x": True, "it.y": ("a", "b"), "care.z": 3}])),
    )


@given(requests())
def test_what_is_written_reads_the_same(facts):
    text = json.dumps(write_request(facts))
    assert read_text(text) == facts
    assert json.dumps(write_request(read_text(text))) == text
