"""The public pages about aid."""

import json
from datetime import timedelta

import pytest

from marketplace.host import ask
from plugins.subsidies import reader, words
from plugins.subsidies.records import CONFIDENCES, GROUPS, PAGES, versions_on
from plugins.subsidies.shapes import AMOUNTS

RULES = sorted({record.id for record in reader.bundled()})


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def test_the_overview_has_every_rule_with_amount_source_confidence_and_check_date(client):
    text = text_of(client, "/x/subsidies/steun")
    for rule in RULES:
        assert f'"/x/subsidies/steun/{rule}"' in text
    assert "30 % van de prijs zonder btw." in text
    assert "40 tot 60 % van de prijs zonder btw. Ten hoogste 5.000 euro per opleiding." in text
    assert "25 euro per uur per deelnemer." in text
    assert "Mogelijk; bedrag niet bekend; vraag na bij Cevora." in text
    assert "14,91 euro per uur per deelnemer." in text
    assert "nagekeken op 1 november 2026" in text
    assert "Niet bevestigd: vraag het zeker na." in text
    assert "Te lang niet nagekeken" not in text


def test_the_overview_is_grouped_and_every_rule_has_an_anchor(client, clock):
    text = text_of(client, "/x/subsidies/steun")
    for title in words.GROUPS.values():
        assert f">{title}</h2>" in text
    for rule in versions_on(reader.bundled(), clock.at.date()):
        assert f'<div id="{rule.id}">' in text


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_data_sheet(client, rule):
    text = text_of(client, PAGES + rule)
    versions = [record for record in reader.bundled() if record.id == rule]
    assert any(f'href="{record.source}"' in text for record in versions)
    assert "Voor wie en waarvoor" in text
    assert "Nagekeken op" in text
    for code in ("employer.", "offer.", "need.", "place.", "item.", "%("):
        assert code not in text, "a condition that nobody put in words"


def test_the_sheet_says_what_to_bring_until_when_and_how_it_was_before(client):
    text = text_of(client, PAGES + "vov")
    assert "Hou dit bij de hand voor uw aanvraag" in text
    assert "Ten laatste 90 dagen na de start." in text
    assert "21,30 euro per uur per deelnemer." in text
    assert "nooit van de factuur af" in text
    text = text_of(client, PAGES + "brussels-opleidingspremie")
    assert "Minstens 31 dagen vóór de start." in text
    assert "Plaats van tewerkstelling: Brussel" in text
    assert "achteraf terug" in text


def test_an_aid_that_is_over_says_so(client):
    assert "geldt niet voor een start vandaag" in text_of(client, PAGES + "febi-330-ziekenhuizen")
    assert "geldt niet voor een start vandaag" not in text_of(client, PAGES + "vov")


@pytest.mark.parametrize("rule", ["nothing", "vov%20", "..%2Fvov", "<script>", "VOV"])
def test_what_is_no_rule_is_not_found(client, rule):
    assert client.get(PAGES + rule).status_code == 404


def test_a_rule_nobody_checked_for_180_days_shows_as_stale(client, clock, app):
    clock.at += timedelta(days=200)
    assert "Te lang niet nagekeken" in text_of(client, "/x/subsidies/steun")
    assert "langer dan 180 dagen niet na" in text_of(client, PAGES + "vov")
    with app.test_request_context():
        assert [check.level for check in ask.one("subsidies", "checks")] == ["ok", "warning"]


def test_the_schema_is_published_as_it_is_tested(client):
    answer = client.get("/x/subsidies/regels.schema.json")
    assert answer.mimetype == "application/schema+json"
    assert json.loads(answer.get_data()) == json.loads(reader.SCHEMA.read_text("utf-8"))


def test_every_kind_group_and_confidence_has_words():
    assert {*words.SAID, "unknown", "none"} == set(AMOUNTS)
    assert tuple(words.GROUPS) != ()
    assert set(words.GROUPS) == set(GROUPS)
    assert tuple(words.CONFIDENCES) == CONFIDENCES
