"""The clock: UTC inside, Brussels on the screen, and it can be passed in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace import clock
from marketplace.clock import FixedClock, SystemClock


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_the_day_turns_at_midnight_in_brussels(app, clock, utc, day):
    clock.at = utc
    with app.app_context():
        assert today() == day


def today() -> date:
    return clock.today()


def test_the_hour_that_comes_twice_is_two_moments():
    before, after = (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    assert clock.local(before).strftime("%H:%M") == clock.local(after).strftime("%H:%M") == "02:30"
    assert clock.local(before).utcoffset() != clock.local(after).utcoffset()


def test_the_application_uses_the_clock_it_was_given(app, clock):
    with app.app_context():
        assert now() == clock.at
        clock.at += timedelta(days=400)
        assert now() == clock.at


def now() -> datetime:
    return clock.now()


def test_the_machines_clock_is_aware_and_in_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_fixed_clock_stands_still():
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert FixedClock(at).now() == FixedClock(at).now() == at
