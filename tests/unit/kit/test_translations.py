"""A translation belongs to one Dutch sentence; when that changes, people read the Dutch."""

import pytest

from marketplace.kit.translations import Gap, read
from plugins.care.views import SECTOR
from plugins.matching.texts import SENTENCES
from plugins.subsidies import reader

DUTCH = {"far": "Ligt op {km} km.", "free": "Dit kost niets."}
FRENCH = """
[far]
nl = "Ligt op {km} km."
fr = "Se trouve à {km} km."

[free]
nl = "Dit kost niets."
fr = "C'est gratuit."
"""
ENGLISH = FRENCH.replace("fr =", "en =")
BUNDLED = {"matching": SENTENCES, "care": SECTOR.sentences, "subsidies": reader.sentences()}


@pytest.fixture
def sentences(tmp_path):
    """Read the Dutch with these files beside it."""

    def read_with(french=FRENCH, english=ENGLISH, dutch=DUTCH):
        for language, text in (("fr", french), ("en", english)):
            (tmp_path / f"{language}.toml").write_text(text, "utf-8")
        return read(dutch, tmp_path)

    return read_with


def test_dutch_is_complete_and_another_language_gives_what_was_translated(sentences):
    found = sentences()
    assert found.texts("nl") == DUTCH
    assert found.texts("fr") == {"far": "Se trouve à {km} km.", "free": "C'est gratuit."}
    assert found.gaps() == ()
    assert found.checks() == ()


def test_a_translation_of_an_earlier_dutch_sentence_is_not_given_but_named(sentences):
    changed = DUTCH | {"free": "Dit is gratis voor u."}
    found = sentences(english=ENGLISH.replace("Dit kost niets.", changed["free"]), dutch=changed)
    assert found.texts("fr") == {"far": "Se trouve à {km} km."}
    assert "free" in found.texts("en"), "control: a person looked at it again"
    assert found.gaps() == (Gap("fr", "stale", "free"),)


@pytest.mark.parametrize("wrong", ["Se trouve à {kilometre} km.", "Se trouve loin.", "{km} {of}"])
def test_a_translation_with_other_facts_is_not_given_but_named(sentences, wrong):
    found = sentences(french=FRENCH.replace("Se trouve à {km} km.", wrong))
    assert "far" not in found.texts("fr")
    assert found.gaps() == (Gap("fr", "facts", "far"),)


def test_what_was_never_translated_and_what_lost_its_dutch_is_named(sentences):
    found = sentences(dutch={"far": DUTCH["far"], "new": "Nieuw."})
    assert found.texts("en").keys() == {"far"}
    assert found.gaps() == (
        Gap("fr", "missing", "new"),
        Gap("fr", "unused", "free"),
        Gap("en", "missing", "new"),
        Gap("en", "unused", "free"),
    )


def test_without_files_and_in_an_unknown_language_there_is_nothing(tmp_path):
    found = read(DUTCH, tmp_path)
    assert found.texts("fr") == found.texts("de") == {}
    assert {gap.why for gap in found.gaps()} == {"missing"}


@pytest.mark.parametrize(
    "broken",
    [
        "[far",
        'far = "x"',
        '[far]\nfr = "x"',
        '[far]\nnl = "x"',
        '[far]\nnl = "x"\nfr = 1',
        '[far]\nnl = "x"\nfr = "{km"',
    ],
)
def test_a_broken_file_is_refused_when_it_is_read(sentences, broken):
    with pytest.raises((KeyError, TypeError, ValueError)):
        sentences(french=broken)


def test_the_plugin_page_gets_a_line_per_language_and_reason(sentences):
    dutch = DUTCH | {"new": "Nieuw.", "more": "Meer."}
    told = [check.message for check in sentences(dutch=dutch).checks()]
    assert told == [
        "Frans, nog niet vertaald: more, new. Wij tonen het Nederlands.",
        "Engels, nog niet vertaald: more, new. Wij tonen het Nederlands.",
    ]


@pytest.mark.parametrize("plugin", BUNDLED)
def test_bundled_translations_keep_the_facts_and_belong_to_a_sentence(plugin):
    found = BUNDLED[plugin]
    assert {gap.why for gap in found.gaps()} <= {"missing", "stale"}
    for language in ("fr", "en"):
        assert len(found.texts(language)) >= 0.75 * len(found.dutch)
