"""The window that counts reads in one process."""

from datetime import UTC, datetime, timedelta

from marketplace.kit.limits import Window

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def at(seconds):
    return START + timedelta(seconds=seconds)


def test_so_many_fit_and_the_next_one_waits_until_the_window_ends():
    window = Window(3, timedelta(minutes=1))
    assert [window.wait("a", at(second)) for second in (0, 10, 20, 30, 59)] == [0, 0, 0, 30, 1]
    assert window.wait("a", at(60)) == 0


def test_names_do_not_count_for_each_other():
    window = Window(1, timedelta(minutes=1))
    assert [window.wait(name, at(0)) for name in "aabb"] == [0, 60, 0, 60]


def test_the_longest_unseen_name_makes_room():
    window = Window(1, timedelta(minutes=1), names=2)
    assert [window.wait(name, at(0)) for name in "abca"] == [0, 0, 0, 0]
