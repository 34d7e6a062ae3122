"""What a consultant does next with a dossier."""

from datetime import UTC, datetime

import pytest

from marketplace.desk import words
from marketplace.desk.next_step import next_step
from marketplace.desk.services.dossiers import Milestone
from marketplace.orders.models import STATUS_WORDS
from marketplace.requests.models import TRANSITIONS
from marketplace.requests.vocabulary import STATUSES


def milestone(kind, status, day=1):
    at = datetime(2026, 11, day, tzinfo=UTC)
    return Milestone(kind, f"{kind}-{day}", at, "Coaching", status)


@pytest.fixture(autouse=True)
def _context(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("status", "begin"),
    [
        ("draft", "De werkgever vult"),
        ("ready", "De aanvraag is volledig"),
        ("advised", "De werkgever heeft een advies"),
        ("ordered", "Er wacht niets"),
    ],
)
def test_without_anything_waiting_it_follows_the_request(status, begin):
    step = next_step(status, [milestone("order", "delivered"), milestone("advice", "")])
    assert step.text.startswith(begin)
    assert step.about is None


def test_an_order_to_confirm_goes_before_a_silent_partner():
    order = milestone("order", "placed", 2)
    step = next_step("ordered", [milestone("referral", "sent", 3), order])
    assert step.about == order


def test_of_two_the_one_that_waits_longest_goes_first():
    newest_first = [milestone("order", "placed", 9), milestone("order", "placed", 4)]
    assert next_step("ordered", newest_first).about == newest_first[1]


def test_every_status_has_a_word_and_a_tone():
    assert set(words.AGREED_TONES) == set(STATUS_WORDS)
    assert set(words.REQUEST_TONES) == set(TRANSITIONS) == set(STATUSES)
