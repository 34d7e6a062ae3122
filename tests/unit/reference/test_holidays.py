"""The calendar that keeps courses out of holidays."""

from datetime import date

import pytest

from marketplace.reference import (
    calendar_reaches,
    holidays,
    is_public_holiday,
    is_school_holiday,
)


@pytest.mark.parametrize("year", range(2025, 2030))
def test_every_year_has_the_ten_legal_holidays(year):
    public = holidays(date(year, 1, 1), date(year, 12, 31), "public")

    assert len(public) == 10
    assert all(one.first == one.last and is_public_holiday(one.first) for one in public)


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 11, 2), date(2026, 11, 8), "Herfstvakantie"),
        (date(2026, 12, 21), date(2027, 1, 3), "Kerstvakantie"),
        (date(2027, 2, 8), date(2027, 2, 14), "Krokusvakantie"),
        (date(2027, 3, 29), date(2027, 4, 11), "Paasvakantie"),
        (date(2027, 7, 1), date(2027, 8, 31), "Zomervakantie"),
    ],
)
def test_the_school_breaks_of_2026_2027(first, last, name):
    assert (first, last, name) in [(one.first, one.last, one.name) for one in holidays(first, last)]
    assert is_school_holiday(first)
    assert is_school_holiday(last)


def test_an_ordinary_working_day_is_no_holiday():
    assert not is_school_holiday(date(2026, 11, 24))
    assert not is_public_holiday(date(2026, 11, 24))


def test_easter_sunday_is_no_legal_holiday_but_easter_monday_is():
    assert not is_public_holiday(date(2026, 4, 5))
    assert is_public_holiday(date(2026, 4, 6))


def test_a_range_that_only_touches_a_break_finds_it():
    found = holidays(date(2027, 1, 3), date(2027, 1, 3), "school")

    assert [one.name for one in found] == ["Kerstvakantie"]


def test_the_calendar_says_how_far_it_reaches():
    assert calendar_reaches(date(2025, 1, 1))
    assert calendar_reaches(date(2029, 12, 31))
    assert not calendar_reaches(date(2030, 1, 2))
    assert not calendar_reaches(date(2024, 12, 31))
