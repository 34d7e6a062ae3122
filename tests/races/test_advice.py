"""An impatient employer: the button for the advice pressed thirty-two times at once."""

import pytest
from sqlalchemy import func, select

from marketplace.advice.models import Advice
from marketplace.advice.services import advise
from marketplace.catalogue import services as catalogue
from marketplace.db import db, writing
from marketplace.requests import services as requests
from tests.factories.requests import fill_in
from tests.races.clients import race

pytestmark = pytest.mark.race


def test_every_press_gets_an_advice_and_none_an_error(app, client):
    with app.app_context(), writing():
        catalogue.seed_demo()
    public_id = fill_in(client).split("/")[2]

    def press(_barrier, _number: int) -> str:
        with app.test_request_context("/", method="POST"), writing():
            return advise(requests.find(public_id)).public_id

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    given = set(race(app, press))
    with app.app_context():
        stored = set(db.session.scalars(select(Advice.public_id)))
        numbers = db.session.scalar(select(func.max(Advice.number)))
    assert given == stored
    assert numbers == len(stored)
