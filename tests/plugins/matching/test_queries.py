"""An advice asks the database the same few things, however large the catalogue is."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from marketplace.catalogue.models import Offer
from marketplace.db import db
from plugins.matching import advising
from tests.factories.catalogue import offer, stock
from tests.factories.matching import need, request

ASKED = request(
    need("klaar", "clear-language", count=4),
    need("onthaal", "onboarding", count=3, weight=1),
)


def advise(app):
    with app.app_context():
        return advising.recommend(ASKED, "s")


def grow(app, count):
    """So many offers, one in three of them scarce, with prices that keep many in the running."""
    made = [
        offer(
            f"o-{number:03}",
            topics=["clear-language", "onboarding"][number % 2 :],
            price={"kind": "fixed", "cents": 100_000 - 300 * number},
            hours=1 + number // 20,
            capacity=None if number % 3 else 20,
        )
        for number in range(count)
    ]
    with app.app_context():
        stock(*[{key: value for key, value in one.items() if value is not None} for one in made])


@contextmanager
def loaded():
    """The instances that the ORM makes from rows in a block."""
    seen = []

    def note(_session, instance):
        seen.append(type(instance).__name__)

    event.listen(Session, "loaded_as_persistent", note)
    try:
        yield seen
    finally:
        event.remove(Session, "loaded_as_persistent", note)


@pytest.fixture
def figures(app, count_queries):
    """Statements of a first and of a later advice, and what the ORM loaded, at this size.

    Before them one that does what a process does once: look at the version tables of plugins.
    """
    advise(app)

    def at(count):
        grow(app, count)
        found = []
        for _time in range(2):
            with count_queries() as queries, loaded() as instances:
                answer = advise(app)
            assert answer.screened[0].looked_at >= count // 2
            assert instances == []
            found.append(len(queries))
        return found

    return at


def test_the_number_of_queries_does_not_grow_with_the_catalogue(figures):
    small, large = figures(10), figures(200)
    assert small == large
    assert large[1] < large[0] <= 15


def test_control_a_query_per_offer_and_a_loaded_row_are_seen(app, count_queries):
    grow(app, 10)
    with app.app_context(), count_queries() as queries, loaded() as instances:
        for slug in db.session.scalars(select(Offer.slug)).all():
            db.session.scalars(select(Offer).where(Offer.slug == slug)).one()
    assert len(queries) == 11
    assert instances == ["Offer"] * 10
