"""Thirty-two employers press the same button at once: on both databases, the whole order."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import Person
from marketplace.advice.models import Advice
from marketplace.audit.services import verify
from marketplace.catalogue.models import Capacity
from marketplace.db import db, writing
from marketplace.errors import DomainError
from marketplace.jobs.models import Job
from marketplace.orders.models import Order
from marketplace.orders.services import place_order
from tests.factories import dossiers
from tests.factories.accounts import organisation, person
from tests.factories.catalogue import offer, stock, version_id
from tests.races.clients import CLIENTS, race

pytestmark = pytest.mark.race


def advices(session, places: int, count: int) -> tuple[str, list[str]]:
    """An offer with so many places, and this many advices that chose it for one person."""
    stock(offer("coaching", topics=["dutch-on-the-floor"], capacity=places))
    version = version_id("coaching")
    line = replace(dossiers.LINE, version_id=version, participants=1)
    label = replace(dossiers.LABEL, version_id=version)
    with writing():
        house = organisation(session)
        person(session, role="employer", place=house)
        given = [
            dossiers.advice(
                session,
                dossiers.request(session, house, status="advised"),
                line=line,
                label=label,
            ).public_id
            for _ in range(count)
        ]
        session.commit()
    session.remove()
    db.engine.dispose()
    return version, given


def order(app, advice: str, version: str, key: str) -> str | None:
    """The order's public id, or None when it was refused."""
    with app.test_request_context("/", method="POST"), writing():
        found = db.session.scalars(select(Advice).where(Advice.public_id == advice)).one()
        who = db.session.scalars(select(Person)).first()
        try:
            return place_order(found, version, key, who).public_id
        except DomainError as error:
            db.session.rollback()
            return None if error.code in {"sold-out", "already-agreed"} else error.code


def test_the_last_places_go_to_exactly_as_many_orders(app, session):
    places = 7
    version, given = advices(session, places, CLIENTS)

    def with_an_advice_of_its_own(_barrier, number: int) -> str | None:
        return order(app, given[number], version, f"sleutel-{number:04d}")

    won = race(app, with_an_advice_of_its_own)
    assert len([one for one in won if one]) == places
    assert session.scalar(select(func.count()).select_from(Order)) == places
    assert session.scalar(select(Capacity.left)) == 0
    mails = select(func.count()).where(Job.kind == "mail.send")
    assert session.scalar(mails) == places, "every order has its mail, nobody else has one"
    assert verify() is None


def test_the_same_key_is_one_order_however_often_it_comes(app, session):
    version, [advice] = advices(session, 50, 1)
    won = race(app, lambda _barrier, _number: order(app, advice, version, "een-en-dezelfde"))
    assert len(set(won) - {"in-flight"}) == 1
    assert session.scalar(select(func.count()).select_from(Order)) == 1
    assert session.scalar(select(Capacity.left)) == 49


def test_one_line_is_ordered_once_from_however_many_pages(app, session):
    version, [advice] = advices(session, 50, 1)

    def from_a_page_of_its_own(_barrier, number: int) -> str | None:
        return order(app, advice, version, f"sleutel-{number:04d}")

    won = race(app, from_a_page_of_its_own)
    assert len([one for one in won if one]) == 1
    assert session.scalar(select(Capacity.left)) == 49
