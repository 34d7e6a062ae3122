"""What employers read about the ranking is clear Dutch: short sentences, on average 12 words."""

import pytest

from plugins.care.views import SECTOR
from plugins.matching.texts import TEXTS
from plugins.subsidies import reader

from .clear_language import prose, sentences, words
from .source import ROOT
from .template_texts import messages

LONGEST, MEAN = 20, 12
TEMPLATES = ROOT / "plugins" / "matching" / "templates"
READ = {
    "reasons of matching": TEXTS.values(),
    "reasons of care": SECTOR.sentences.dutch.values(),
    "reasons of subsidies": reader.sentences().dutch.values(),
    "the ranking page": messages((TEMPLATES / "ranking.html").read_text("utf-8")),
    "the ranking paper": prose((ROOT / "docs" / "hoe-wij-rangschikken.md").read_text("utf-8")),
}
READ = {name: [one for text in texts for one in sentences(text)] for name, texts in READ.items()}


def too_long(read):
    return [one for one in read if len(words(one)) > LONGEST]


def mean(read):
    return sum(len(words(one)) for one in read) / len(read)


@pytest.mark.parametrize("name", READ)
def test_sentences_are_short(name):
    assert READ[name]
    assert too_long(READ[name]) == []
    assert mean(READ[name]) <= MEAN


def test_the_words_of_a_sentence_are_counted():
    assert [len(words(one)) for one in sentences("Kost {gap_cents} te veel. Dat is 5 %?")] == [4, 3]
    paper = "# Kop\nEen zin\nloopt door.\n\n- Item\n- Nog een\n  item\n\n| a | b |\n"
    assert prose(paper) == ["Kop", " Een zin loopt door.", "Item", "Nog een   item"]


def test_control_a_long_sentence_is_found():
    long = " ".join(["woord"] * 21) + "."
    assert too_long(sentences(f"Kort. {long} Kort.")) == [long]
    assert mean(["een twee", "drie vier vijf zes"]) == 3
