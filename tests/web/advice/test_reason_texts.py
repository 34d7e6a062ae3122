"""Reasons in another language: what plugins translated, and Dutch for the rest."""

from marketplace.advice.reasons import sentence, texts
from marketplace.config import ROOT
from marketplace.contract.values import Reason
from tests.factories.plugins import write_plugin

HALF = """
@impl
def reason_texts(language):
    dutch = {"half-one": "Een.", "half-two": "Twee: {km}."}
    return dutch if language == "nl" else {"half-one": "Un."} if language == "fr" else {}
"""


def test_what_is_not_translated_is_read_in_dutch(make_app, tmp_path):
    write_plugin(tmp_path, "half", HALF)
    with make_app(PLUGIN_FOLDERS=[ROOT / "plugins", tmp_path]).test_request_context():
        dutch, french = texts(), texts("fr")
    assert french["half-one"] == "Un."
    assert french["half-two"] == dutch["half-two"] == "Twee: {km}."
    assert french.keys() == dutch.keys()


def test_every_bundled_plugin_answers_in_french_and_english(app):
    with app.test_request_context():
        french, english = texts("fr"), texts("en")
        distance = Reason("distance", {"km": 12})
        assert sentence(distance, french) == "Se trouve à environ 12 km de votre établissement."
        assert sentence(distance, english) == "Is about 12 km from your establishment."
    for code in ("care-no-handover", "vov-too-short", "loses-the-draw"):
        assert len({texts_in[code] for texts_in in (french, english)}) == 2
