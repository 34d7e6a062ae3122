from datetime import date

import pytest

from marketplace.contract.answers import Aids
from marketplace.contract.hooks import STYLES
from marketplace.contract.pages import NavItem
from marketplace.contract.rules import Rule
from marketplace.host.answers import MANY, ONE, WrongAnswer, check

RULE = Rule("r", "c", (), (), "s", date(2026, 1, 1), {}, {})


def test_every_hook_that_answers_is_in_one_of_the_tables():
    silent = {"before_order", "tell", "erase_person"}
    assert set(MANY) | set(ONE) == set(STYLES) - silent


@pytest.mark.parametrize("hook", STYLES)
def test_none_is_always_allowed(hook):
    check(hook, None, {})


@pytest.mark.parametrize(
    ("hook", "value"),
    [("rules", [RULE]), ("rules", ()), ("nav", [NavItem("a", "b")]), ("permissions", {})],
)
def test_a_right_answer_passes(hook, value):
    check(hook, value, {})


@pytest.mark.parametrize("hook", STYLES)
@pytest.mark.parametrize("value", [42, "text", object(), [object()], iter([])])
def test_a_wrong_answer_is_refused(hook, value):
    with pytest.raises(WrongAnswer):
        check(hook, value, {})


def test_aid_must_be_said_for_every_item():
    with pytest.raises(WrongAnswer, match="1 answers for 2 items"):
        check("subsidies", Aids({}, ((),)), {"items": [1, 2]})
