"""Pots of a federation in a database, and how they stand."""

import pytest
from sqlalchemy import select

from marketplace.db import db
from plugins.subsidies.pots.models import Pot
from tests.factories import pots as make
from tests.factories.accounts import organisation


@pytest.fixture
def pot(written):
    """Make a pot of a federation of its own; gives its public id."""

    def made(**terms):
        def act(session):
            federation = organisation(session, "federation", name="Zorgfederatie Voorbeeld")
            return make.pot(federation, **terms).public_id

        return written(act)

    return made


@pytest.fixture
def stand(app):
    """Reserved, used and left of a pot, in cents."""

    def read(public_id):
        with app.app_context():
            found = db.session.scalars(select(Pot).where(Pot.public_id == public_id)).one()
            return found.reserved_cents, found.used_cents, found.left_cents

    return read
