"""No figure tells about fewer than five employers, and neither does a difference."""

from datetime import date

import pytest

from plugins.subsidies.pots.figures import Month, by_month
from tests.factories import pots as make

JANUARY, FEBRUARY, MARCH = (date(2027, month, 1) for month in (1, 2, 3))


def rows(month, *employers):
    return [(month, employer, 100_00) for employer in employers]


def shown(*some):
    return [
        (one.first_day, one.employers) for one in by_month([row for rows in some for row in rows])
    ]


def test_five_employers_are_told_and_four_are_not():
    assert by_month(rows(JANUARY, *"abcde")) == [Month(JANUARY, 5, 500_00)]
    assert by_month(rows(JANUARY, *"abcd")) == [Month(JANUARY, None, None)]
    assert by_month([]) == []


def test_one_small_month_hides_another_so_that_the_total_does_not_tell():
    found = shown(rows(JANUARY, *"abcdefg"), rows(FEBRUARY, "a"), rows(MARCH, *"abcdef"))
    assert found == [(JANUARY, 7), (FEBRUARY, None), (MARCH, None)]


def test_small_months_that_together_are_enough_hide_nothing_more():
    found = shown(rows(JANUARY, *"abcdefg"), rows(FEBRUARY, *"abc"), rows(MARCH, *"de"))
    assert found == [(JANUARY, 7), (FEBRUARY, None), (MARCH, None)]


def test_the_same_few_employers_every_month_are_never_enough():
    found = shown(rows(JANUARY, *"abcdefg"), rows(FEBRUARY, *"abc"), rows(MARCH, *"abc"))
    assert [employers for _month, employers in found] == [None, None, None]


@pytest.mark.parametrize(
    ("employers", "told"), [(4, "minder dan 5 niet getoond"), (5, "5 250 euro")]
)
def test_the_page_of_a_pot_keeps_to_it(consultant, pot, written, employers, told):
    public_id = pot()
    for number in range(employers):
        counted = make.aid(public_id, 50_00)
        written(lambda _session, n=number, aid=counted: make.reserve(f"o{n}", f"e{n}", aid))
    from .test_pages import words

    page = words(consultant.get(f"/x/subsidies/potten/alle/{public_id}").text)
    assert f"november 2026 {told}" in page
