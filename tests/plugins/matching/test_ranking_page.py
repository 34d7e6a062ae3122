"""The page "Hoe wij rangschikken" says what the engine does, from the same tables."""

import re

import pytest

from plugins.matching.facts import Case
from plugins.matching.fit import NOT_STATED, WEIGHTS, fit
from plugins.matching.house_rules import RULES
from plugins.matching.pages import part_names
from plugins.matching.texts import TEXTS
from tests.factories.matching import need, offer, request


def words(client):
    return re.sub(r"<[^>]+>|\s+", " ", client.get("/x/matching/").text)


def test_it_shows_every_part_with_its_weight(app, client):
    page = words(client)
    with app.test_request_context():
        for name, label in part_names().items():
            assert re.search(rf"{re.escape(label)}\s+{WEIGHTS[name]}\b", page)


def test_a_changed_weight_changes_the_page(client, monkeypatch):
    monkeypatch.setitem(WEIGHTS, "topic", 251)
    assert re.search(r"\b251\b", words(client))


def test_it_shows_every_rule_with_its_source(client):
    page = words(client)
    for rule in RULES:
        assert str(TEXTS[rule.code]) in page
        assert rule.source in page


def test_it_links_from_the_foot_of_every_page(client):
    assert "Hoe wij rangschikken" in client.get("/").text


@pytest.mark.parametrize(
    ("code", "silent", "telling"),
    [
        ("level-not-stated", {}, {"level_from": "A1", "level_to": "A2"}),
        (
            "place-not-stated",
            {"modes": ("at_provider",)},
            {"modes": ("at_provider",), "location": (50.9, 4.0)},
        ),
        ("languages-not-stated", {}, {"languages": ("tr",)}),
    ],
)
def test_what_an_offer_does_not_say_costs_points_and_is_told(code, silent, telling):
    asked = need(level_from="A1", level_to="A2", languages=("tr",))
    quiet = fit(Case(request(asked), asked, offer(**silent)))
    clear = fit(Case(request(asked), asked, offer(**telling)))
    assert code in [reason.code for reason in quiet.reasons]
    assert code not in [reason.code for reason in clear.reasons]
    assert quiet.points < clear.points
    assert all(0 < share < 1000 for share in NOT_STATED.values())
