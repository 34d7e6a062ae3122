"""The tables come and go on a database that is in use."""

import pytest
from sqlalchemy import inspect, select

from marketplace.accounts.models import Organisation
from marketplace.contract.pages import Event
from marketplace.db import db
from marketplace.host import schema
from plugins.subsidies.pots import booking, ledger
from plugins.subsidies.pots.models import Movement, Pot, Reservation, Share
from tests.factories import pots as make

TABLES = {model.__tablename__ for model in (Pot, Share, Reservation, Movement)}


@pytest.fixture
def filled(pot, written):
    """Tables with a row of every kind in every state."""
    public_id = pot(total_cents=2_000_00)
    for number, name in enumerate(("order.placed", "order.cancelled", "order.delivered")):

        def act(_session, key=f"o{number}", name=name):
            make.reserve(key, "e1", make.aid(public_id, 300_00))
            booking.settle(Event(name, key))

        written(act)


def tables():
    return {name for name in inspect(db.engine).get_table_names() if name in TABLES}


def test_down_takes_the_pots_and_nothing_else_and_up_brings_them_back(app, filled):
    assert seen(app, ledger.differences) == []
    with app.app_context():
        schema.downgrade("base", "subsidies")
    assert seen(app, tables) == set()
    assert seen(app, lambda: db.session.scalar(select(Organisation.name)))
    with app.app_context():
        (outcome,) = schema.upgrade("subsidies")
    assert (outcome.kind, seen(app, tables)) == ("ok", TABLES)
    assert [one.kind for one in seen(app, schema.check) if one.owner == "subsidies"] == ["ok"]
    assert seen(app, lambda: db.session.scalars(select(Pot)).all()) == []


def seen(app, look):
    with app.app_context():
        return look()
