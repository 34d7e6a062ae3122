"""What the offers tell, how often they are told, how large everything is, and until when."""

import gzip
import json
from datetime import date, timedelta

import pytest

from marketplace.host import switch
from plugins.widgets import cards, majors, script_file, services

from .addresses import SCRIPT, intake, offers
from .conftest import HERE

# ---- A12: how often ----


def test_too_many_reads_are_told_when_to_come_back(client, embed, clock):
    ask = {"path": offers(embed.live), "headers": {"Origin": HERE}}
    assert {client.get(**ask).status_code for _ in range(60)} == {200}
    answer = client.get(**ask)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert client.get(offers(embed.test)).status_code == 200
    clock.at += timedelta(minutes=1)
    assert client.get(**ask).status_code == 200


# ---- A17: only public fields ----


def test_the_offers_tell_what_the_catalogue_shows_and_nothing_else(client, embed):
    found = client.get(offers(embed.live)).json
    assert set(found) == {"lang", "title", "none", "all", "theme", "offers"}
    assert 0 < len(found["offers"]) <= cards.MOST
    assert {tuple(one) for one in found["offers"]} == {cards.FIELDS}
    assert found["offers"][0]["href"].startswith("http://localhost/aanbod/zorg-")
    assert f"src={embed.live}" in found["offers"][0]["href"]


def test_twelve_offers_are_at_most_four_kilobytes_packed(client, embed):
    body = client.get(f"/widgets/v1/{embed.live}/offers.json?sector=geen").data
    assert len(json.loads(body)["offers"]) == cards.MOST
    assert len(gzip.compress(body, 9)) <= 4 * 1024


@pytest.mark.parametrize(
    ("query", "count"),
    [("limit=2", 2), ("limit=0", 1), ("limit=x", None), ("kind=x%00y", None), ("limit=99", None)],
)
def test_odd_wishes_count_as_not_said(client, embed, query, count):
    answer = client.get(f"{offers(embed.live)}?{query}")
    if "%00" in query:
        assert answer.status_code == 404
    else:
        usual = len(client.get(offers(embed.live)).json["offers"])
        assert len(answer.json["offers"]) == (count or usual)


def test_the_federation_chooses_offers_of_its_sector(client, embed, change):
    found = client.get(offers(embed.live)).json["offers"]
    change(embed, services.change_site, "Onze site", "zorg", [found[1]["id"]])
    assert [one["id"] for one in client.get(offers(embed.live)).json["offers"]] == [found[1]["id"]]


@pytest.mark.parametrize(("lang", "said"), [("nl", "in de zorg"), ("fr", "soins"), ("en", "care")])
def test_a_sector_has_words_of_its_own_in_every_language(client, embed, lang, said):
    assert said in client.get(f"{offers(embed.live)}?lang={lang}").json["title"]
    frame = client.get(f"{intake(embed.live)}?lang={lang}").text
    assert f'<html lang="{lang}">' in frame


# ---- A18: an old major ----


def test_an_old_major_answers_until_its_last_day(client, embed, monkeypatch, clock):
    monkeypatch.setitem(majors.MAJORS, "v0", date(2026, 11, 24))
    addresses = [address.replace("v1", "v0") for address in (SCRIPT, offers(embed.live))]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    clock.at += timedelta(days=2)
    assert [client.get(address).status_code for address in addresses] == [410, 410]
    assert client.get(SCRIPT.replace("v1", "v7")).status_code == 404


# ---- A16: how large ----


def test_the_script_is_at_most_six_kilobytes_packed():
    assert len(gzip.compress(script_file.NEWEST.body, 9)) <= 6 * 1024


def test_the_frame_is_three_requests_and_at_most_thirty_kilobytes_packed(client, embed):
    page = client.get(intake(embed.live))
    linked = [part.split('"')[0] for part in page.text.split(' href="')[1:]]
    linked += [part.split('"')[0] for part in page.text.split(' src="')[1:]]
    assert len(linked) == 2
    bodies = [page.data]
    for address in linked:
        with client.get(address) as answer:
            bodies.append(answer.data)
    assert sum(len(gzip.compress(body, 9)) for body in bodies) <= 30 * 1024


def test_everything_goes_when_the_plugin_is_switched_off(app, client, embed):
    with app.app_context():
        switch.turn("widgets", False)
    for address in (SCRIPT, offers(embed.live), intake(embed.live)):
        assert client.get(address).status_code == 404
