"""The catalogue changes through one door, and a published version never."""

import pytest
from sqlalchemy import delete, insert, select, update

from marketplace import clock
from marketplace.catalogue import guard, services
from marketplace.catalogue.guard import CatalogueWriteRefused
from marketplace.catalogue.models import (
    CatalogueVersion,
    Offer,
    OfferFacet,
    OfferVersion,
    Provider,
)
from marketplace.catalogue.services.store import Shelf
from marketplace.catalogue.vocabulary import STATUSES, may_become
from marketplace.db import writing
from marketplace.errors import DomainError, NotFound
from tests.factories.catalogue import offer, provider, stock

CORE_WRITES = [
    update(Offer).values(status="retired"),
    update(Offer.__table__).values(status="retired"),
    delete(Offer.__table__),
    insert(Provider).values(slug="x", name="x", kind="agency", competence=[], evidence=[]),
    update(Provider).values(name="x"),
    delete(OfferFacet),
    insert(OfferFacet).values(offer_id=1, facet="topic", value="x"),
    update(CatalogueVersion).values(number=7),
]


@pytest.mark.parametrize("statement", CORE_WRITES, ids=str)
def test_a_write_outside_the_door_is_refused(session, statement):
    stock(offer())
    with pytest.raises(CatalogueWriteRefused):
        session.execute(statement)
    session.rollback()
    with pytest.raises(CatalogueWriteRefused), session.connection() as connection:
        connection.execute(statement)


def test_an_object_changed_outside_the_door_is_refused(session):
    stock(offer())
    session.scalars(select(Offer)).one().status = "retired"
    with pytest.raises(CatalogueWriteRefused):
        session.commit()


def test_a_published_version_cannot_be_altered_even_inside_the_door(session):
    stock(offer())
    session.scalars(select(OfferVersion)).one().hours = 99
    with pytest.raises(CatalogueWriteRefused), guard.changing():
        session.flush()
    session.rollback()
    for statement in (update(OfferVersion).values(hours=99), delete(OfferVersion)):
        with pytest.raises(CatalogueWriteRefused), guard.changing():
            session.execute(statement)
    assert session.scalar(select(OfferVersion.hours)) == 3


def test_the_version_moves_once_per_change_and_not_for_reading(session):
    assert services.version() == 0
    stock(offer("een", capacity=5), offer("twee", capacity=5))
    assert services.version() == 1
    with guard.changing():
        session.scalars(select(Offer)).all()
    session.commit()
    assert services.version() == 1
    services.bump()
    session.commit()
    assert services.version() == 2


def test_the_version_moves_with_the_change_or_not_at_all(session):
    with guard.changing():
        session.add(Provider(slug="x", name="x", kind="agency", competence=[], evidence=[]))
    session.rollback()
    assert services.version() == 0


def test_reading_the_version_is_one_query(session, count_queries):
    with count_queries() as queries:
        services.version()
    assert len(queries) == 1


STEPS = {
    ("draft", "published"): services.publish,
    ("draft", "retired"): services.retire,
    ("published", "retired"): services.retire,
    ("retired", "published"): services.publish,
}


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_an_offer_takes_the_steps_of_the_table(session, before, after):
    stock(offer(status=before))
    STEPS[before, after]("klare-taal")
    assert session.scalar(select(Offer.status)) == after
    assert len(services.published()) == (after == "published")


def test_any_other_step_is_refused(session):
    shelf = Shelf(clock.now())
    for before in STATUSES:
        for wanted in STATUSES:
            if not may_become(before, wanted):
                with pytest.raises(DomainError) as refused:
                    shelf.move(Offer(slug="x", status=before), wanted)
                assert refused.value.code == "not-now"


def test_only_an_offer_of_the_house_is_moved_by_hand(session):
    with writing():
        services.sync_tailored("care", [provider("zorg", "partner"), offer(provider="zorg")])
    for slug in ("bestaat-niet", "klare-taal"):
        with pytest.raises(NotFound):
            services.retire(slug)


def test_a_published_offer_does_not_become_a_draft(session):
    stock(offer())
    with pytest.raises(DomainError) as refused:
        stock(offer(status="draft"))
    assert (refused.value.code, refused.value.field) == ("transition", "offers[0].status")


def test_a_retired_offer_changes_only_by_being_published_again(session):
    stock(offer())
    stock(offer(status="retired"))
    with pytest.raises(DomainError) as refused:
        stock(offer(status="retired", hours=9))
    assert refused.value.code == "retired-changed"
    stock(offer(hours=9))
    assert [one.hours for one in services.published()] == [9]


def test_a_draft_changes_without_a_version(session):
    stock(offer(status="draft"))
    stock(offer(status="draft", hours=8))
    assert session.scalars(select(OfferVersion)).all() == []
    services.publish("klare-taal")
    assert [one.hours for one in services.published()] == [8]
