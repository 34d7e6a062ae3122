"""A rule that is kept and published thirty-two times at once."""

import pytest

from marketplace.catalogue.services import rules
from tests.factories.rules import document
from tests.races.clients import presses

pytestmark = pytest.mark.race


def test_one_rule_becomes_one_version_and_no_press_is_an_error(app):
    def press():
        rules.save(document(), is_new=True)
        rules.publish("onthaal-voor-drie")

    assert presses(app, press) == {"done"}
    with app.app_context():
        (kept,) = rules.every()
        assert (kept.number, kept.status, kept.has_draft) == (1, "published", False)
