"""An impatient employer: the button for the advice pressed thirty-two times at once."""

import pytest
from sqlalchemy import func, select

from marketplace.advice import sources
from marketplace.advice.models import Advice, AdviceSource
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


def test_the_same_new_sources_from_many_at_once_are_stored_once(app):
    kept = {f"s{number}": f"[{number}]" * 1000 for number in range(8)}

    def keep(_barrier, number: int) -> str:
        mine = dict(sorted(kept.items(), reverse=bool(number % 2)))
        with app.test_request_context("/", method="POST"), writing():
            sources.keep(mine)
            db.session.commit()
        return "kept"

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert race(app, keep) == ["kept"] * 32
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AdviceSource)) == len(kept)
        document = {"sources": sources.digests_of(kept)}
        assert sources.load(document) == kept
