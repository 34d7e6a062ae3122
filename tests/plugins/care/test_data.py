"""The data of care: questions, rules, offers and words, and that they are honest about it."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import plugins.care as care
from marketplace.contract.values import Budget, Employer, Place, RequestFacts
from marketplace.kit import sector
from plugins.matching.rules import faults

AALST = Place("41002", "Aalst", "vlaanderen", "nl", "agii", 50.94, 4.04)
SECTOR = care.SECTOR
OFFERS = [entry for entry in care.tailored_offers() if "provider" in entry]


def asked(**facts):
    request = RequestFacts(AALST, Budget(0, 0), (), employer=Employer(**facts))
    return [question.key for question in care.questions(request=request)]


@pytest.mark.parametrize(
    "facts",
    [
        {"joint_committees": ("330",)},
        {"joint_committees": ("330.01",)},
        {"joint_committees": ("200", "318.02")},
        {"joint_committees": ("319.01",)},
        {"joint_committees": ("331",)},
        {"nace": "87.101"},
        {"nace": "86"},
        {"nace": "88.999"},
    ],
)
def test_care_asks_its_questions_by_joint_committee_or_activity(facts):
    assert asked(**facts) == ["shift_system", "patient_contact", "handover", "diploma_pending"]


@pytest.mark.parametrize(
    "facts",
    [{}, {"joint_committees": ("124",)}, {"nace": "85.100"}, {"joint_committees": ("33",)}],
)
def test_others_are_not_asked_anything_about_care(facts):
    assert asked(**facts) == []


def test_every_question_says_why_and_no_question_is_about_a_person():
    for question in SECTOR.questions:
        assert question.why
        assert question.title.endswith("?")
        assert question.kind in {"choice", "yes_no"}
        assert bool(question.choices) == (question.kind == "choice")
        assert not {"naam", "nationaliteit", "afkomst"} & set(question.title.casefold().split())


@pytest.mark.parametrize("rule", SECTOR.rules, ids=lambda rule: rule.id)
def test_every_rule_has_an_example_that_passes_and_one_that_fails(rule):
    assert faults(rule) == []


@pytest.mark.parametrize("rule", SECTOR.rules, ids=lambda rule: rule.id)
def test_every_rule_has_a_source_a_date_and_a_sentence(rule):
    assert rule.source == "afspraak van deze dienst" or rule.source.startswith("https://")
    assert rule.checked_on <= date(2026, 11, 23)
    assert rule.code in care.reason_texts("nl")


def test_rules_only_name_answers_and_tags_that_exist():
    keys = {f"answers.care.{question.key}" for question in SECTOR.questions}
    tags = {tag for offer in OFFERS for tag in offer["tags"]}
    for rule in SECTOR.rules:
        tests = (*rule.when, *rule.require)
        assert {test.subject for test in tests if test.subject.startswith("answers.")} <= keys
        named = {tag for test in tests if test.subject == "offer.tags" for tag in test.value}
        assert named <= tags


def test_offers_are_for_care_and_show_that_their_figures_are_examples():
    assert len(OFFERS) >= 15
    for offer in OFFERS:
        assert offer["joint_committees"] == ["318", "319", "330", "331"]
        assert offer["nace_prefixes"] == ["86", "87", "88"]
        assert offer["demo"] is True
        assert offer["source"]["checked_on"]


def test_agencies_give_no_vocational_training_here():
    assert all(offer["nature"] != "vocational-training" for offer in OFFERS)


def test_the_word_list_has_at_least_120_terms_each_explained_and_used_once():
    assert len(SECTOR.words) >= 120
    terms = Counter(word.term for word in SECTOR.words)
    assert [term for term, times in terms.items() if times > 1] == []
    for word in SECTOR.words:
        assert all((word.theme, word.meaning, word.example, word.others["fr"], word.others["en"]))
        assert word.example[-1] in ".?!"
        assert len(word.example.split()) <= 12, f"too long to practise: {word.example}"


def test_words_are_found_by_term_meaning_or_translation():
    assert [word.term for _, words in SECTOR.themes("dentier") for word in words] == [
        "het kunstgebit"
    ]
    assert "de overdracht" in {w.term for _, words in SECTOR.themes(" OVERDRACHT ") for w in words}
    assert SECTOR.themes("xyzzy") == []


def test_every_source_of_the_guide_is_dated():
    for step in SECTOR.guide["step"]:
        assert step["source"].startswith("https://")
        assert isinstance(step["checked_on"], date)


def test_a_source_that_nobody_looked_at_for_180_days_is_a_warning():
    fresh = SECTOR.checks(date(2026, 11, 23))
    late = SECTOR.checks(date(2027, 11, 23))
    assert [check.level for check in fresh] == ["ok"]
    assert [check.level for check in late] == ["ok", "warning"]


@pytest.fixture
def folder(tmp_path):
    """A copy of the data, to be changed."""
    return shutil.copytree(Path(care.__file__).parent / "data", tmp_path / "data")


def test_a_sentence_that_changed_since_it_was_translated_is_a_warning(folder):
    file = folder / "sector.toml"
    file.write_text(file.read_text("utf-8").replace("niet mee aan", "nooit mee aan"), "utf-8")
    changed = sector.read(folder)
    assert "care-no-handover" in changed.sentences.texts("nl")
    assert "care-no-handover" not in changed.sentences.texts("fr")
    told = [check.message for check in changed.checks(date(2026, 11, 23))[1:]]
    assert told == [
        f"{name}, het Nederlands is gewijzigd: care-no-handover. Wij tonen het Nederlands."
        for name in ("Frans", "Engels")
    ]


def test_broken_data_is_refused_when_it_is_read(folder):
    (folder / "offers.json").write_text(json.dumps({"offers": []}), "utf-8")
    with pytest.raises(KeyError):
        sector.read(folder)
    (folder / "sector.toml").write_text("joint_committees = [", "utf-8")
    with pytest.raises(ValueError):
        sector.read(folder / ".")


def test_the_plugin_is_data_and_hardly_any_code():
    folder = Path(care.__file__).parent
    lines = [len(file.read_text("utf-8").splitlines()) for file in folder.rglob("*.py")]
    assert sum(lines) <= 150
