"""A rule of aid that is drafted and published thirty-two times at once."""

from datetime import date

import pytest
from sqlalchemy import select

from marketplace.db import db
from plugins.subsidies.desk import bodies, keeping
from plugins.subsidies.desk.models import RuleCount
from tests.races.clients import presses

pytestmark = pytest.mark.race
TODAY = date(2026, 11, 23)
RULE = "volta-149-01"


def test_one_draft_becomes_one_version_and_no_press_is_an_error(app):
    def press():
        keeping.begin("een-sleutel-1", bodies.bundled_rows()[RULE])
        keeping.publish("een-sleutel-1", TODAY, "nagekeken")

    assert presses(app, press) == {"done"}
    with app.app_context():
        (version,) = keeping.every()
        assert (version.number, version.state, version.seen) == (1, "published", 2)
        assert db.session.scalar(select(RuleCount.number)) == 1
