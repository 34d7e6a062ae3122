"""Figures of an answer in words: certificates, differences between plans, and where two differ."""

import pytest

from marketplace.advice import certificates, plans, snapshot
from marketplace.advice.page import Reader
from marketplace.advice.reasons import Translation, told
from marketplace.advice.replay import first_difference
from marketplace.advice.screening import offers_of, screened
from marketplace.contract.values import Reason
from tests.factories import dossiers


@pytest.fixture
def in_words(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("kind", "figures", "sentence"),
    [
        (
            "dominated",
            {"by": "coaching", "value": 720, "by_value": 810},
            "Punten 720. “Taalcoaching” haalt er 810, voor niet meer geld of uren.",
        ),
        ("dominated", {}, "Een ander aanbod is minstens even goed, voor niet meer geld of uren."),
        ("not-in-optimum", {"gap_cents": 35_000}, "Kost 350 euro meer dan uw budget toelaat."),
        (
            "not-in-optimum",
            {"gap_cents": 35_000, "gap": 12},
            "Kost 350 euro meer dan uw budget toelaat en vraagt 12 uur te veel.",
        ),
        ("not-in-optimum", {"value": 720, "by_value": 810}, "Punten 720, gekozen: 810."),
        ("not-in-optimum", {"regret": 90}, "Uw hele plan zou 90 punten minder waard zijn."),
        ("blocked", {"with": "coaching"}, "Past niet samen met “Taalcoaching”."),
        ("blocked", {"requires": "elders"}, "Kan alleen samen met “elders”."),
        ("blocked", {"left": 2}, "Er zijn nu te weinig plaatsen vrij: 2."),
        ("nieuw", {}, "Reden: nieuw."),
    ],
)
def test_a_certificate_is_one_sentence(in_words, kind, figures, sentence):
    titles = {"coaching": "Taalcoaching"}
    assert certificates.in_a_sentence(kind, figures, titles, {}) == sentence


def test_a_plugin_may_word_a_certificate_itself_and_translate_it(in_words):
    known = {"blocked": "Botst met {with}."}
    french = Translation("fr", {"blocked": "Ne va pas avec {with}."})
    said = certificates.in_a_sentence("blocked", {"with": "x"}, {}, known, french)
    assert (said, said.language) == ("Ne va pas avec “x”.", "fr")


def test_without_a_translation_a_reason_stays_dutch(in_words):
    french = Translation("fr", {"assumes": "Seulement si: {condition}"})
    known = {"assumes": "Als: {condition}", "late": "Te laat."}
    said = told(Reason("assumes", {"condition": "late"}), known, french)
    assert (said, said.language) == ("Als: Te laat.", "nl")


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((-120, -30_000, 0), "120 punten minder, 300 euro goedkoper"),
        ((1, 5_050, -12), "1 punt meer, 50,50 euro duurder, 12 uur minder"),
        ((0, 0, 3), "evenveel punten, even duur, 3 uur meer"),
    ],
)
def test_the_difference_between_two_plans(in_words, figures, words):
    assert plans.difference(*figures) == words


@pytest.mark.parametrize(
    ("line", "agency", "partner"),
    [
        (dossiers.LINE, "geen verschil", "niet berekend"),
        (dossiers.COURSE, "niet berekend", "geen verschil"),
    ],
)
def test_both_sides_are_told_in_the_same_order_whoever_was_chosen(in_words, line, agency, partner):
    bundle = dossiers.Bundle(810, 115_000, 60, (line,))
    other = "partner-only" if line.owner == "agency" else "agency-only"
    nothing = dossiers.Bundle(0, 0, 0, ())
    answer = dossiers.recommendation(bundle=bundle, alternatives=((other, nothing),))
    sides = plans.sides(Reader(dossiers.document(answer), {}))
    told_ = [one.difference.replace("dekt geen enkele nood", "niet berekend") for one in sides]
    assert told_ == [agency, partner]
    assert [one.label for one in sides] == [
        "Alleen aanbod van het agentschap",
        "Alleen aanbod van partners",
    ]


def test_a_plan_that_is_the_same_is_no_other_plan(in_words):
    others = plans.others(Reader(dossiers.document(dossiers.recommendation()), {}))
    assert [one.label for one in others] == [
        "Goedkoopst voor dezelfde noden",
        "Beste boven uw budget",
    ]
    assert others[1].note == "350 euro meer dan u wilt geven."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"optimal": False, "value_bound": 850}, "hoogstens 40 punten meer waard"),
        ({"optimal": False, "value_bound": 0}, "misschien een nog beter pakket"),
    ],
)
def test_what_is_not_proven_is_said(in_words, changes, words):
    answer = dossiers.recommendation(**changes)
    proof = plans.proof(Reader(dossiers.document(answer), {}))
    assert words in proof
    assert bool(words) == bool(proof)


# ---- screening ----


def test_a_bitmap_names_the_offers_that_fail():
    document = dossiers.document(dossiers.recommendation())
    one = screened(document)["n1"]
    offers = offers_of(one, dossiers.TOPIC, dossiers.SOURCES)
    assert one.counts() == {"shifts-do-not-fit": 2, "no-places-left": 1}
    assert [offer["slug"] for offer in one.failing("shifts-do-not-fit", offers)] == [
        "club",
        "night",
    ]


@pytest.mark.parametrize("body", ["[]", "{}", '["x"]', '[{"version_id": "v", "topics": ["x"]}]'])
def test_sources_that_do_not_fit_the_bitmap_name_nobody(body):
    one = screened(dossiers.document(dossiers.recommendation()))["n1"]
    assert offers_of(one, dossiers.TOPIC, {"offers": body}) is None


def test_the_report_has_one_line_per_candidate():
    document = dossiers.document(dossiers.recommendation())
    with_names = list(certificates.report(document, dossiers.SOURCES))
    assert with_names == [
        "n1\tcoaching\tchosen",
        'n1\tcourse\tdominated\t{"by":"coaching","by_value":810,"value":720}',
        'n2\tteam\tnot-in-optimum\t{"gap":null,"gap_cents":35000}',
        "n1\tclub\tineligible\tno-places-left shifts-do-not-fit",
        "n1\tnight\tineligible\tshifts-do-not-fit",
    ]
    assert "n1\t2 offers\tineligible\tshifts-do-not-fit" in certificates.report(document, {})


# ---- the first difference ----


@pytest.mark.parametrize(
    ("stored", "again", "where"),
    [
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}, None),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, "a[1].b: stored 2, replayed 3"),
        ({"a": 1}, {"a": 1, "b": 2}, "b: only replayed"),
        ({"a": 1, "b": 2}, {"a": 1}, "b: only stored"),
        ({"a": [1, 2]}, {"a": [1]}, "a: stored 2 items, replayed 1"),
        ({"a": 1}, {"a": True}, "a: stored 1, replayed true"),
        ({"a": None}, {"a": "x" * 99}, f'a: stored null, replayed "{"x" * 76}...'),
    ],
)
def test_the_first_difference_is_named_by_its_path(stored, again, where):
    assert first_difference(stored, again) == where
    assert (where is None) == (snapshot.canonical(stored) == snapshot.canonical(again))
