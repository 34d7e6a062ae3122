"""The console of a federation: sites, addresses, keys, colours, what to paste, and figures."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from marketplace.db import db, writing
from marketplace.kit import clock as time
from plugins.widgets import services
from plugins.widgets.models import EmbedDaily, EmbedKey, EmbedSeen

from .conftest import HERE

BASE = "/widgets/beheer"
GOOD = {
    "accent": "#7a1f5c",
    "surface": "#FFFFFF",
    "text": "#222222",
    "border": "#777777",
    "focus": "#000000",
    "radius": "4",
    "gap": "12",
    "font": "serif",
}


@pytest.fixture
def console(market, federation, embed):
    """The browser of the federation, and the address of its site."""
    return federation, f"{BASE}/{embed.site}"


def offers(client, key, origin=HERE):
    return client.get(f"/widgets/v1/{key}/offers.json", headers={"Origin": origin})


# ---- who may see it ----


@pytest.mark.parametrize("page", ["", "/kleuren", "/aanbod", "/cijfers"])
def test_a_site_of_another_federation_does_not_exist(signed_in, embed, page):
    other = signed_in("federation", email="it@example.org", slug="itfederatie")
    assert other.get(f"{BASE}/{embed.site}{page}").status_code == 404
    for action in ("/adressen", "/adressen/weg", "/sleutels"):
        assert other.post(f"{BASE}/{embed.site}{action}").status_code == 404


def test_an_employer_has_no_console(employer):
    assert employer.get(BASE).status_code == 403


# ---- sites ----


def test_a_new_site_begins_with_a_test_key(market, federation, embed):
    answer = federation.post(BASE, data={"name": "Leden <b>", "sector": "zorg"})
    page = federation.get(answer.location).text
    assert "Leden &lt;b&gt;" in page
    assert "pk_test_" in page
    assert "pk_live_" not in page
    assert "Leden &lt;b&gt;" in federation.get(BASE).text


def test_a_site_needs_a_name_and_a_sector_that_exists(market, federation, embed):
    for typed in ({"name": ""}, {"name": "Site", "sector": "verzonnen"}):
        answer = federation.post(BASE, data=typed)
        assert answer.status_code == 422


# ---- addresses ----


def test_an_address_is_added_and_taken_away(console, embed, client):
    federation, page = console
    federation.post(f"{page}/adressen", data={"origin": "https://leden.example"})
    assert offers(client, embed.live, "https://leden.example").status_code == 200
    federation.post(f"{page}/adressen/weg", data={"origin": "https://leden.example"})
    assert offers(client, embed.live, "https://leden.example").status_code == 403


@pytest.mark.parametrize("typed", ["http://zorg.be", "zorg.be/<b>", ""])
def test_a_wrong_address_is_shown_with_what_to_do(console, typed):
    federation, page = console
    answer = federation.post(f"{page}/adressen", data={"origin": typed})
    assert answer.status_code == 422
    assert "error" in answer.text
    assert "<b>" not in answer.text.replace("<b>Voorbeeld", "")


# ---- keys ----


def test_a_key_is_replaced_with_thirty_days_overlap(console, embed, client, clock):
    federation, page = console
    federation.post(f"{page}/sleutels", data={"what": "rotate", "key": embed.live})
    fresh = re.search(r"pk_live_\w+", federation.get(page).text)[0]
    assert fresh != embed.live
    assert "stopt op 23 december 2026" in federation.get(page).text
    assert [offers(client, key).status_code for key in (embed.live, fresh)] == [200, 200]
    clock.at += timedelta(days=31)
    assert [offers(client, key).status_code for key in (embed.live, fresh)] == [410, 200]


def test_a_key_is_ended_at_once_and_for_good(console, embed, client):
    federation, page = console
    assert offers(client, embed.live).status_code == 200
    federation.post(f"{page}/sleutels", data={"what": "end", "key": embed.live})
    assert offers(client, embed.live).status_code == 410
    federation.post(f"{page}/sleutels", data={"what": "rotate", "key": embed.live})
    assert offers(client, embed.live).status_code == 410


def test_a_key_of_another_site_cannot_be_ended(market, federation, embed, client):
    answer = federation.post(BASE, data={"name": "Twee"})
    other = answer.location
    answer = federation.post(f"{other}/sleutels", data={"what": "end", "key": embed.live})
    assert answer.status_code == 404
    assert offers(client, embed.live).status_code == 200


# ---- colours: A15 ----


def test_colours_are_saved_and_reach_cards_and_form(console, embed, client):
    federation, page = console
    assert federation.post(f"{page}/kleuren", data=GOOD).status_code == 302
    theme = offers(client, embed.live).json["theme"]
    assert (theme["accent"], theme["surface"], theme["radius"]) == ("#7a1f5c", "#ffffff", "4px")
    style = client.get(f"/widgets/v1/{embed.live}/frame.css").text
    assert "--tdm-accent: #7a1f5c;" in style
    assert "--tdm-font: Georgia, serif;" in style


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("accent", "#f39200", "het contrast is 2,35"),
        ("text", "#999999", "het contrast is 2,84"),
        ("border", "#eeeeee", "het contrast is 1,16"),
        ("focus", "#ffcc00", "het contrast is 1,51"),
        ("accent", "red", "Typ een kleur"),
        ("accent", "#123456;}body{", "Typ een kleur"),
        ("radius", "99", "van 0 tot 32"),
        ("font", "Comic", "Kies een antwoord"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_and_nothing_changes(
    console, embed, client, field, value, said
):
    federation, page = console
    before = offers(client, embed.live).json["theme"]
    answer = federation.post(f"{page}/kleuren", data=GOOD | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert offers(client, embed.live).json["theme"] == before


def test_colours_are_shown_before_they_are_saved(console, embed, client):
    federation, page = console
    answer = federation.post(f"{page}/kleuren", data=GOOD | {"accent": "#f39200", "show": "1"})
    assert answer.status_code == 200
    assert "te weinig" in answer.text
    style = re.search(r'href="(/widgets/beheer/stijl.css\?[^"]+)"', answer.text)[1]
    assert "--tdm-accent: #f39200" in federation.get(style.replace("&amp;", "&")).text
    assert offers(client, embed.live).json["theme"]["accent"] == "#0b5563"


def test_the_preview_takes_no_style_from_an_address(console):
    federation, _page = console
    answer = federation.get(f"{BASE}/stijl.css?accent=red;}}body{{display:none")
    assert answer.status_code == 200
    assert "display" not in answer.text


# ---- offers ----


def test_the_federation_chooses_offers_and_a_new_sector_starts_afresh(console, embed, client):
    federation, page = console
    (slug, *_rest) = (one["id"] for one in offers(client, embed.live).json["offers"])
    federation.post(f"{page}/aanbod", data={"name": "A", "sector": "zorg", "offers": [slug]})
    assert [one["id"] for one in offers(client, embed.live).json["offers"]] == [slug]
    federation.post(f"{page}/aanbod", data={"name": "A", "sector": "", "offers": [slug]})
    assert len(offers(client, embed.live).json["offers"]) == 12


def test_an_offer_outside_the_sector_cannot_be_chosen(console):
    federation, page = console
    typed = {"name": "A", "sector": "zorg", "offers": ["verzonnen"]}
    assert federation.post(f"{page}/aanbod", data=typed).status_code in {200, 422}
    assert "verzonnen" not in federation.get(f"{page}/aanbod").text


# ---- what to paste ----


def test_what_to_paste_comes_in_three_forms_and_each_holds_a_plain_link(console, embed):
    federation, page = console
    text = federation.get(page).text
    parts = re.findall(r'<pre id="plak-(\w+)"[^>]*>(.*?)</pre>', text, re.S)
    assert [name for name, _text in parts] == ["full", "pinned", "frame", "link"]
    for _name, part in parts:
        assert f"/aanvraag?src={embed.live}" in part
    assert "&lt;tdm-offers" in parts[0][1]
    assert "integrity=&#34;sha384-" in parts[1][1]
    assert "&lt;iframe" in parts[2][1]
    assert "script" not in parts[3][1]


# ---- what we see, and figures ----


def test_pages_that_asked_are_listed_with_the_verdict(console, embed, client, app):
    federation, page = console
    assert "Wij zien uw site nog niet" in federation.get(f"{page}/cijfers").text
    offers(client, embed.live)
    offers(client, embed.live, "https://kwaad.example")
    offers(client, embed.live, "null")
    text = federation.get(f"{page}/cijfers").text
    assert "toegelaten" in text
    assert "https://kwaad.example" in text
    assert "geweigerd" in text
    with app.app_context():
        assert {one.origin for one in db.session.scalars(select(EmbedSeen))} == {
            HERE,
            "https://kwaad.example",
        }


def test_invented_origins_do_not_fill_the_table(embed, client, app):
    for number in range(60):
        offers(client, embed.live, f"https://kwaad{number}.example")
    offers(client, embed.live)
    with app.app_context():
        seen = db.session.scalars(select(EmbedSeen.origin)).all()
    assert len(seen) <= 41


def test_figures_under_five_and_those_of_test_keys_are_not_shown(console, embed, app):
    federation, page = console
    with app.app_context(), writing():
        ids = {key.key: key.id for key in db.session.scalars(select(EmbedKey))}
        for key, day, drafts, claims in (
            (embed.live, date(2026, 11, 2), 3, 1),
            (embed.live, date(2026, 11, 3), 4, 2),
            (embed.test, date(2026, 11, 3), 900, 900),
        ):
            row = EmbedDaily(key_id=ids[key], day=day, drafts=drafts, claims=claims)
            db.session.add(row)
        db.session.commit()
    text = federation.get(f"{page}/cijfers").text
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", text)
    assert cells == ["7", "0", "minder dan 5", "0"]


def test_a_page_on_an_old_major_is_named(console, embed, app):
    federation, page = console
    with app.app_context(), writing():
        site = services.site("zorgfederatie", embed.site)
        key = services.key_of(site, embed.live)
        db.session.add(
            EmbedSeen(key_id=key.id, origin=HERE, major="v0", refused=False, last=time.now())
        )
        db.session.commit()
    assert "v0: oud" in federation.get(f"{page}/cijfers").text
