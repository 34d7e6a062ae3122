"""The page "Hoe wij rangschikken" says what the engine does, from the same tables."""

import re

import pytest

from marketplace.config import ROOT
from plugins.matching.fit import NOT_STATED, WEIGHTS
from plugins.matching.hold import rule_book
from plugins.matching.house_rules import RULES
from plugins.matching.pages import part_names
from plugins.matching.texts import TEXTS
from tests.factories.matching import need, offer, request
from tests.factories.plugins import write_plugin

from .world import points, reasons

WITH_PREFERENCES = """
from datetime import date
from marketplace.contract.rules import Criterion, Rule

def rule(key, **more):
    return Rule(
        id=key, code=key, source="bron van " + key, checked_on=date(2026, 11, 2),
        when=(Criterion("need.topic", "is", "onboarding"),),
        require=(Criterion("offer.nature", "is", "coaching"),),
        passes={"need.topic": "onboarding", "offer.nature": "coaching"},
        fails={"need.topic": "onboarding", "offer.nature": "advice"},
        **more,
    )

@impl
def rules():
    return [
        rule("rustig", effect="prefer", weight=15),
        rule("vlot", effect="prefer", weight=40),
        rule("let-op", effect="note"),
    ]

@impl
def reason_texts(language):
    return {"rustig": "Rustig (eerst).", "vlot": "Vlot en ter plaatse.", "let-op": "Let op."}
"""


def words(client):
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/x/matching/").text).split())


def parts(page):
    """What the page says about the parts: label → points, from its chart."""
    (chart,) = re.findall(r'<table class="chart">(.*?)</table>', page, re.S)
    rows = re.findall(r'<th scope="row">(.*?)</th>.*?<td class="number">(\d+)</td>', chart, re.S)
    return {label: int(points) for label, points in rows}


def preferences(page):
    """What the page says about the preferences: sentence → weight, in its order."""
    rows = re.findall(r"<li>([^<]*?)\s*<strong>Gewicht: (\d+)\.</strong>", page)
    return {sentence: int(weight) for sentence, weight in rows}


def untrue(app, page):
    """The parts of which text and weight differ, and whether the points make a thousand."""
    with app.test_request_context():
        expected = {part_names()[name]: points for name, points in WEIGHTS.items()}
    said = parts(page)
    differing = {label for label, _points in said.items() ^ expected.items()}
    return sorted(differing) + ["sum"] * (sum(said.values()) != 1000)


@pytest.fixture
def situations(make_app, tmp_path, monkeypatch):
    """An application with two preferences, a note, and points for situations."""
    monkeypatch.setitem(WEIGHTS, "topic", WEIGHTS["topic"] + WEIGHTS.get("situation", 0) - 100)
    monkeypatch.setitem(WEIGHTS, "situation", 100)
    write_plugin(tmp_path / "more", "wishes", WITH_PREFERENCES)
    return make_app(PLUGIN_FOLDERS=[ROOT / "plugins", tmp_path / "more"])


def test_the_page_says_every_part_with_its_weight(app, client):
    assert untrue(app, client.get("/x/matching/").text) == []


def test_a_changed_weight_changes_the_page(app, client, monkeypatch):
    monkeypatch.setitem(WEIGHTS, "topic", WEIGHTS["topic"] + 1)
    page = client.get("/x/matching/").text
    assert parts(page)["Onderwerp: gaat het aanbod over uw vraag?"] == WEIGHTS["topic"]
    assert untrue(app, page) == ["sum"]


def test_control_a_page_with_a_number_of_yesterday_is_caught(app, client, monkeypatch):
    page = client.get("/x/matching/").text
    monkeypatch.setitem(WEIGHTS, "start", WEIGHTS["start"] - 10)
    monkeypatch.setitem(WEIGHTS, "level", WEIGHTS["level"] + 10)
    assert [label.split(":")[0] for label in untrue(app, page)] == ["Niveau", "Start"]


def test_preferences_are_shown_with_their_weight_the_heaviest_first(situations):
    page = situations.test_client().get("/x/matching/").text
    assert untrue(situations, page) == []
    shown = preferences(page)
    assert shown.items() >= {"Vlot en ter plaatse.": 40, "Rustig (eerst).": 15}.items()
    assert list(shown.values()) == sorted(shown.values(), reverse=True)
    with situations.test_request_context():
        book = rule_book()[0].rules
    assert sorted(shown.values()) == sorted(r.weight for r in book if r.effect == "prefer")


def test_every_rule_stands_in_the_list_of_its_effect_with_source_and_date(situations):
    page = words(situations.test_client())
    refusals, notes = page.index("Daarnaast gelden"), page.index("Deze opmerkingen")
    second, preferred = page.index("Stap 2"), page.index("De punten voor uw situatie")
    assert refusals < page.index(TEXTS[RULES[0].code]) < notes
    assert notes < page.index("Let op. Bron: bron van let-op, nagekeken op 2 november") < second
    assert preferred < page.index("Gewicht: 15. Bron: bron van rustig, nagekeken op 2 november")


def test_without_points_for_situations_the_page_has_no_part_on_them(client, monkeypatch):
    monkeypatch.delitem(WEIGHTS, "situation", raising=False)
    assert "De punten voor uw situatie" not in words(client)


def test_it_shows_every_rule_with_its_source(situations):
    page = words(situations.test_client())
    for rule in RULES:
        assert TEXTS[rule.code] in page
        assert rule.source in page


@pytest.mark.parametrize(
    "subject",
    [
        "bewezen beste",
        "tot een kwart boven uw budget",
        "alleen partners",
        "beslist het lot",
        "Wat nooit meetelt",
        "hebt u een vraag",
    ],
)
def test_it_explains_the_rest_of_the_ranking(client, subject):
    assert subject in words(client)


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
    asked = request(need(level_from="A1", level_to="A2", languages=("tr",)))
    quiet, clear = offer(**silent), offer(**telling)
    assert code in [reason.code for reason in reasons(asked, quiet)]
    assert code not in [reason.code for reason in reasons(asked, clear)]
    assert points(asked, quiet) < points(asked, clear)
    assert all(0 < share < 1000 for share in NOT_STATED.values())
