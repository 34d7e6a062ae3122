"""The advice page: mixed, explained, kept, and open to other budgets."""

import re

import pytest
from sqlalchemy import select

from marketplace.advice.models import Advice, ImmutableError
from marketplace.advice.page import Reader
from marketplace.advice.reasons import in_words, sentence, texts
from marketplace.contract.values import Reason
from marketplace.db import db, writing
from marketplace.host import switch
from marketplace.host.state import host_of
from tests.factories.requests import CARE, filled, held


def ask(client, check):
    return client.post(check.replace("/nakijken", "/advies"))


@pytest.fixture
def advised(market, client):
    """The address of an advice for the care home."""
    return ask(client, filled(client)).location


def test_the_care_home_gets_a_mixed_plan_with_reasons(client, advised):
    page = client.get(advised).text
    assert "Uw plan: 2 van 2 noden gedekt" in page
    assert re.search(r"Voor 12 medewerkers en \d+ leidinggevenden in Aalst\.", page)
    assert page.count("Waarom dit?") == 2
    assert "Agentschap" in page
    assert "Waarom een partner?" in page
    assert "Waarom niet een ander aanbod?" in page
    assert re.search(r"[\d.,]+ van 4\.000 euro", page)


def test_somebody_elses_advice_does_not_exist(market, client, advised):
    assert market.test_client().get(advised).status_code == 404
    assert market.test_client().post(f"{advised}/opnieuw", data={}).status_code == 404
    assert client.get("/advies/bestaat-niet").status_code == 404


def test_another_budget_gives_a_new_advice_and_keeps_the_old_one(client, advised):
    again = client.post(f"{advised}/opnieuw", data={"net": "0", "hours": "120"})
    page = client.get(again.location).text
    assert "0 van 0 euro" in page
    assert "Eerdere adviezen" in page
    assert client.get(advised).status_code == 200


@pytest.mark.parametrize(
    ("net", "hours", "told"),
    [
        ("vierduizend", "120", "Typ een bedrag zoals 4000"),
        ("-5", "120", "Typ een bedrag"),
        ("4000", "9" * 40, "Typ een heel getal"),
        ("4000", "", "Vul dit veld in"),
    ],
)
def test_a_bad_what_if_is_refused_beside_the_field(client, advised, net, hours, told):
    answer = client.post(f"{advised}/opnieuw", data={"net": net, "hours": hours})
    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{net}"' in answer.text


def test_budget_zero_finds_only_what_is_free(market, client):
    check = filled(client)
    client.post(check.replace("nakijken", "budget"), data={"euro": "0", "hours": "120"})
    page = client.get(ask(client, check).location).text
    assert "0 van 0 euro" in page
    with market.app_context():
        advice = db.session.scalars(select(Advice)).one()
        lines = advice.document["answer"]["bundle"]["lines"]
        assert lines
        assert all(line["net_cents"] == 0 for line in lines)


def test_comparing_puts_the_chosen_offer_first(client, advised):
    page = client.get(f"{advised}/vergelijken/dutch-on-the-floor").text
    assert "Gekozen in uw plan." in page
    assert "Brutoprijs voor uw groep" in page
    assert client.get(f"{advised}/vergelijken/bestaat-niet").status_code == 404


def test_without_a_matching_plugin_nothing_is_lost(market, client):
    check = filled(client)
    with market.app_context(), writing():
        switch.turn("matching", on=False)
        db.session.commit()
    answer = ask(client, check)
    page = client.get(answer.location).text
    assert "We kunnen nu geen advies berekenen. Uw aanvraag is bewaard." in page
    assert "Aalst" in page


def test_an_open_request_gets_no_advice(market, client):
    check = held(market, client, {"place": CARE["place"]})
    answer = ask(client, check)
    assert "nog niet volledig" in client.get(answer.location).text


def test_an_advice_never_changes(market, client, advised, session):
    advice = session.scalars(select(Advice)).one()
    session.rollback()
    advice = session.merge(advice)
    advice.rules_version = "anders"
    with pytest.raises(ImmutableError):
        session.flush()
    session.rollback()


def test_the_page_takes_few_queries(client, advised, count_queries):
    client.get(advised)
    with count_queries() as made:
        client.get(advised)
    assert len(made) <= 8


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("gap_cents", 35000, "350 euro"),
        ("gap", 12, "12"),
        ("topic", "onboarding", "Onthaal van nieuwe medewerkers"),
        ("shifts", ["early", "late"], "vroege dienst en late dienst"),
        ("date", "2027-02-01", "1 februari 2027"),
        ("anything", None, "onbekend"),
        ("date", "geen datum", "geen datum"),
    ],
)
def test_facts_read_as_words(app, name, value, words):
    with app.test_request_context():
        assert in_words(name, value) == words


def test_a_sentence_is_never_a_format_that_facts_can_abuse(app):
    known = {"c": "Bij {place}.", "d": "Met {gap.__class__} en {0}."}
    with app.test_request_context():
        assert sentence(Reason("c", {"place": "{gap}"}), known) == "Bij {gap}."
        assert "class" not in sentence(Reason("d", {"gap": 1}), known)
        assert sentence(Reason("weg", {}), known) == "Reden: weg."


def test_a_silent_source_is_named_as_people_know_it(market, advised, session):
    document = session.scalars(select(Advice)).one().document
    silent = ["catalogue", "consultants", "subsidies", "gone"]
    told = {**document, "answer": {**document["answer"], "silent_sources": silent}}
    with market.test_request_context():
        named = Reader(told, texts()).plan().silent
        title = host_of().plugins["subsidies"].manifest.title
    assert named == ["de nieuwste catalogus", "een regel van een consulent", title, "gone"]
