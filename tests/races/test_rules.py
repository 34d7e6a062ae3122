"""A rule that is kept and published thirty-two times at once."""

import pytest
from sqlalchemy.exc import DBAPIError

from marketplace.catalogue.services import rules
from marketplace.db import db, writing
from tests.factories.rules import document
from tests.races.clients import race

pytestmark = pytest.mark.race


def test_one_rule_becomes_one_version_and_no_press_is_an_error(app):
    def press(_barrier, _number: int) -> str:
        try:
            with app.test_request_context("/", method="POST"), writing():
                rules.save(document(), is_new=True)
                rules.publish("onthaal-voor-drie")
        except DBAPIError as error:
            return repr(error)
        return "done"

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert set(race(app, press)) == {"done"}
    with app.app_context():
        (kept,) = rules.every()
        assert (kept.number, kept.status, kept.has_draft) == (1, "published", False)
