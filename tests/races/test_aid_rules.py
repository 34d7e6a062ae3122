"""A rule of aid that is drafted and published thirty-two times at once."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from marketplace.db import db, writing
from plugins.subsidies.desk import bodies, keeping
from plugins.subsidies.desk.models import RuleCount
from tests.races.clients import race

pytestmark = pytest.mark.race
TODAY = date(2026, 11, 23)
RULE = "volta-149-01"


def test_one_draft_becomes_one_version_and_no_press_is_an_error(app):
    def press(_barrier, _number: int) -> str:
        try:
            with app.test_request_context("/", method="POST"), writing():
                keeping.begin("een-sleutel-1", bodies.bundled_rows()[RULE])
                keeping.publish("een-sleutel-1", TODAY, "nagekeken")
                db.session.commit()
        except DBAPIError as error:
            return repr(error)
        return "done"

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert set(race(app, press)) == {"done"}
    with app.app_context():
        (version,) = keeping.every()
        assert (version.number, version.state, version.seen) == (1, "published", 2)
        assert db.session.scalar(select(RuleCount.number)) == 1
