"""Published rules over the bundled ones: what is replaced, what stays, and what is left out."""

from datetime import date

import pytest

from plugins.subsidies import reader
from plugins.subsidies.desk.bodies import bundled_rows
from plugins.subsidies.overlay import Published, lay

from .rules import TODAY, VOLTA, body, dearer

BUNDLED = reader.bundled()


def version(rows, number=1, starts=TODAY, rule_id=None):
    return Published(f"v{number}", rule_id or rows[0]["id"], number, starts, rows)


def cents(laid, rule_id=VOLTA):
    return [one.amount.cents for one in laid.records if one.id == rule_id]


def test_without_versions_it_is_the_bundled_set_itself():
    assert lay(BUNDLED, [], TODAY).records is BUNDLED


def test_a_version_takes_the_place_of_the_bundled_rule_from_its_day():
    versions = [version(dearer(), starts=date(2027, 1, 1))]
    assert cents(lay(BUNDLED, versions, date(2026, 12, 31))) == [1_550]
    laid = lay(BUNDLED, versions, date(2027, 1, 1))
    assert cents(laid) == [1_600]
    assert len(laid.records) == len(BUNDLED)


def test_the_newest_version_whose_day_has_come_counts():
    versions = [version(dearer(1_700), 2, date(2027, 1, 1)), version(dearer(1_600), 1)]
    assert cents(lay(BUNDLED, versions, TODAY)) == [1_600]
    assert cents(lay(BUNDLED, versions, date(2027, 1, 1))) == [1_700]


def test_bundled_periods_that_do_not_overlap_stay():
    rule_id = next(one for one, rows in bundled_rows().items() if len(rows) > 1)
    old = [one for one in BUNDLED if one.id == rule_id]
    last = max(old, key=lambda one: one.valid_from or date.min)
    rows = [row for row in body(rule_id) if row["valid_from"] == last.valid_from.isoformat()]
    rows[0]["title"] = "Anders"
    laid = lay(BUNDLED, [version(rows)], TODAY)
    assert sorted(one.title == "Anders" for one in laid.records if one.id == rule_id) == [
        *[False] * (len(old) - 1),
        True,
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{}],
        [{"id": VOLTA}],
        "tekst",
        7,
        None,
        [[]],
        body(fails=body()[0]["passes"]),
        body(amount={"kind": "hourly", "cents": -1}),
        body(colour="red"),
    ],
)
def test_a_version_that_cannot_be_read_is_left_out_and_the_rest_stays(rows):
    sound = version(dearer(900, "volta-149-01-lang"))
    laid = lay(BUNDLED, [version(rows, rule_id=VOLTA), sound], TODAY)
    assert cents(laid, "volta-149-01-lang") == [900]
    if rows == []:  # no record at all: nothing is replaced
        assert laid.broken == ()
    else:
        assert [one.version.rule_id for one in laid.broken] == [VOLTA]
    assert cents(laid) == [1_550]


def test_a_version_that_overlaps_itself_is_left_out_alone():
    twice = [*body(), *body(valid_from="2026-01-01")]
    laid = lay(BUNDLED, [version(twice), version(dearer(900, "volta-149-01-lang"))], TODAY)
    assert [one.version.rule_id for one in laid.broken] == [VOLTA]
    assert cents(laid) == [1_550]
    assert cents(laid, "volta-149-01-lang") == [900]
