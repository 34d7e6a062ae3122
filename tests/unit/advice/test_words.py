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
            "Ander aanbod past minstens even goed en kost niet meer: “Taalcoaching”. "
            "Punten: 720, het andere aanbod: 810.",
        ),
        (
            "dominated",
            {"by": "x", "value": 7, "by_value": 7, "net": 9, "by_net": 5},
            "Ander aanbod past minstens even goed en kost niet meer: “x”.",
        ),
        (
            "dominated",
            {"by": "x", "value": 7, "by_value": 7},
            "Even goed als het gekozen aanbod. Het lot koos.",
        ),
        ("dominated", {"value": 0, "by_value": 0}, "Voegt niets toe aan uw plan."),
        ("not-in-optimum", {"more_cents": 35_000}, "Kost 350 euro meer dan uw budget toelaat."),
        ("not-in-optimum", {"more_hours": 12}, "Vraagt 12 uren meer dan u kunt vrijmaken."),
        (
            "not-in-optimum",
            {"more_cents": 35_000, "more_hours": 12},
            "Kan pas met 350 euro meer budget, of met 12 uren meer.",
        ),
        ("not-in-optimum", {"more_cents_at_least": 1}, "Past niet binnen uw budget en uw uren."),
        (
            "not-in-optimum",
            {"regret": 90},
            "Met dit aanbod erbij is het beste plan 90 punten minder waard.",
        ),
        (
            "not-in-optimum",
            {"regret": 0, "net_difference": 0, "hours_difference": 3},
            "Met dit aanbod erbij is het beste plan even goed, maar 3 uren langer.",
        ),
        (
            "not-in-optimum",
            {"regret": 0, "net_difference": 0, "hours_difference": 0},
            "Even goed als het gekozen aanbod. Het lot koos.",
        ),
        (
            "not-in-optimum",
            {"at_most": 700},
            "Met dit aanbod erbij haalt geen enkel plan meer dan 700 punten.",
        ),
        (
            "blocked",
            {"relation": "excludes", "by": "coaching"},
            "Past niet samen met “Taalcoaching”.",
        ),
        (
            "blocked",
            {"relation": "excludes", "by": "dit"},
            "De vrije plaatsen gaan naar een andere nood in uw plan.",
        ),
        (
            "blocked",
            {"relation": "requires", "by": "coaching"},
            "Wat bij dit aanbod hoort, past niet samen met “Taalcoaching”.",
        ),
        (
            "blocked",
            {"relation": "over-both-budgets", "more_cents": 35_000, "more_hours": 12},
            "Kost 350 euro te veel en vraagt 12 uren te veel.",
        ),
        (
            "blocked",
            {"relation": "requires-the-same-need"},
            "Wat bij dit aanbod hoort, past niet samen.",
        ),
        ("nieuw", {}, "Reden: nieuw."),
    ],
)
def test_a_certificate_is_told_from_its_figures(in_words, kind, figures, sentence):
    stored = {"kind": kind, "offer": "dit", "facts": figures}
    titles = {"coaching": "Taalcoaching"}
    assert " ".join(certificates.in_a_sentence(stored, titles, {})) == sentence


def test_a_plugin_may_word_a_certificate_itself_and_translate_it(in_words):
    known = {"excluded-by": "Botst met {by}."}
    french = Translation("fr", {"excluded-by": "Ne va pas avec {by}."})
    stored = {"kind": "blocked", "offer": "dit", "facts": {"relation": "excludes", "by": "x"}}
    (said,) = certificates.in_a_sentence(stored, {}, known, french)
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


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"offers": ["x"]}', '{"offers": [{"version_id": "v", "topics": ["x"]}]}']
)
def test_sources_that_do_not_fit_the_bitmap_name_nobody(body):
    one = screened(dossiers.document(dossiers.recommendation()))["n1"]
    assert offers_of(one, dossiers.TOPIC, {"offers/x": body}) is None


def test_the_report_has_one_line_per_candidate():
    document = dossiers.document(dossiers.recommendation())
    with_names = list(certificates.report(document, dossiers.SOURCES))
    assert with_names == [
        "n1\tcoaching\tchosen",
        'n1\tcourse\tdominated\t{"by":"coaching","by_net":9,"by_value":810,"net":9,"value":720}',
        'n2\tteam\tnot-in-optimum\t{"more_cents":35000}',
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
