"""Why not another offer, what other plans there are, and the same in another language."""

import re

import pytest
from sqlalchemy import select

from marketplace.advice.models import AdviceSource
from marketplace.db import db, writing
from marketplace.requests.models import Request
from tests.factories import dossiers
from tests.factories.plugins import write_plugin
from tests.factories.requests import filled, held

FRENCH = """
@impl
def reason_texts(language):
    if language == "fr":
        return {"needs-more-money": "Avec {gap_cents} de plus."}
    return {"needs-more-money": "Met {gap_cents} meer kan het."}
"""


def stored(app, client, answer=None):
    """An advice that this browser holds; gives its address."""
    held(app, client)
    with app.app_context(), writing():
        asked = db.session.scalars(select(Request)).one()
        made = dossiers.advice(db.session, asked, answer=answer or dossiers.recommendation())
        url = f"/advies/{made.public_id}"
        db.session.commit()
    return url


@pytest.fixture
def told(app, client):
    """The address of an advice with everything in it."""
    return stored(app, client)


def test_a_near_miss_tells_its_certificate(client, told):
    page = client.get(told).text
    assert "kost niet meer: “Taalcoaching op de werkvloer”." in page
    assert "Punten: 720, het andere aanbod: 810." in page
    assert "Kost 350 euro meer dan uw budget toelaat." in page
    assert "Er zijn nu te weinig plaatsen vrij: 3." in page


def test_other_plans_are_told_by_their_difference(client, told):
    page = client.get(told).text
    assert "120 punten minder, 300 euro goedkoper, 12 uur meer." in page
    assert "350 euro meer dan u wilt geven." in page
    assert "Eerst mogelijk" not in page
    agency, partner = (page.index(f"Alleen aanbod van {who}") for who in ("het ag", "partners"))
    assert agency < partner
    assert "geen verschil" in page


def test_what_a_budget_buys_is_a_chart_with_its_table(client, told):
    page = client.get(told).text
    assert 'role="img" aria-label="Wat elk budget oplevert, in punten. Uw budget: 4.000' in page
    assert re.search(r'class="line-mark" d="M80.0 0V40"', page)
    assert re.search(r'<th scope="row">1.150 euro</th><td class="number">810</td>', page)
    assert " style=" not in page


def test_an_uncovered_need_leads_to_a_budget_that_would_do(client, told):
    link = re.search(r'href="([^"]+net_cents=435000[^"]+)"', client.get(told).text)[1]
    page = client.get(link.replace("&amp;", "&")).text
    assert re.search('name="net"[^>]* value="4.350"', page)


@pytest.mark.parametrize("odd", ["-1", "x", "9" * 40, "²", ""])
def test_an_odd_proposal_leaves_the_budget_as_it_was(client, told, odd):
    page = client.get(told, query_string={"net_cents": odd, "hours": odd}).text
    assert re.search('name="net"[^>]* value="4.000"', page)


def test_an_advice_of_before_shows_all_it_has(app, client):
    url = stored(app, client, dossiers.plain_recommendation(dossiers.LINE))
    with app.app_context(), writing():
        advice = db.session.scalars(select(dossiers.Advice)).one()
        old = {key: value for key, value in advice.document.items() if key != "sources"}
        new = ("value_bound", "curve", "certificates", "screened")
        old["answer"] = {key: value for key, value in old["answer"].items() if key not in new}
        table = dossiers.Advice.__table__
        db.session.execute(table.update().values(document=old))
        db.session.commit()
    assert "Taalcoaching op de werkvloer" in client.get(url).text
    assert "Gekozen in uw plan." in client.get(f"{url}/waarom/n1").text


def test_the_page_takes_few_queries_however_much_is_told(client, told, count_queries):
    client.get(told)
    with count_queries() as made:
        client.get(told)
    assert len(made) <= 8


# ---- every offer for one need ----


def test_every_offer_for_a_need_has_its_reason(client, told):
    page = client.get(f"{told}/waarom/n1").text
    assert "Wij bekeken 5 aanbiedingen" in page
    assert "Daarvan kwamen er 2 in aanmerking." in page
    assert "Gekozen in uw plan." in page
    assert "kost niet meer: “Taalcoaching op de werkvloer”." in page
    assert "Punten: 720, het andere aanbod: 810." in page
    assert re.search(r"Kan niet in uw diensten\.</a></th>\s+<td class=\"number\">2</td>", page)


def test_the_engine_of_the_house_names_who_fails_what(market, client):
    check = filled(client)
    advice = client.post(check.replace("/nakijken", "/advies")).location
    page = client.get(f"{advice}/waarom/dutch-on-the-floor").text
    assert "Gekozen in uw plan." in page
    condition = re.search(r'href="([^"]+voorwaarde=[^"]+)"', page)[1]
    listed = client.get(condition).text
    assert 'class="near-misses"' in listed
    assert "niet bewaard" not in listed


def test_a_condition_lists_who_fails_it(client, told):
    page = client.get(f"{told}/waarom/n1?voorwaarde=shifts-do-not-fit").text
    assert "Praatgroep op het werk" in page
    assert "night" in page
    assert "Nederlands in de zorg" not in page


def test_without_the_sources_there_are_numbers_only(app, client, told):
    with app.app_context(), writing():
        db.session.execute(AdviceSource.__table__.delete())
        db.session.commit()
    page = client.get(f"{told}/waarom/n1?voorwaarde=shifts-do-not-fit").text
    assert "2 keer. Bij dit advies is niet bewaard welk aanbod." in page


@pytest.mark.parametrize("rest", ["n9", "n1?voorwaarde=verzonnen", "n2?voorwaarde=no-places-left"])
def test_what_is_not_there_is_not_found(client, told, rest):
    assert client.get(f"{told}/waarom/{rest}").status_code == 404


def test_somebody_elses_offers_are_not_shown(app, told):
    assert app.test_client().get(f"{told}/waarom/n1").status_code == 404


def test_many_certificates_come_in_pages_with_the_same_few_queries(app, client, count_queries):
    many = tuple(
        dossiers.Certificate(("n1",), f"aanbod-{n}", f"v-{n}", "blocked", {}) for n in range(120)
    )
    url = stored(app, client, dossiers.recommendation(certificates=many))
    client.get(url)  # what a process looks up once, such as the tables of plugins
    with count_queries() as made:
        page = client.get(f"{url}/waarom/n1?page=3").text
    assert "aanbod-119" in page
    assert "aanbod-99<" not in page
    assert len(made) <= 8


# ---- the language of the reasons ----


@pytest.fixture
def french(make_app, client, told, tmp_path):
    """A browser that holds the advice, on a site with a plugin that knows some French."""
    folder = write_plugin(tmp_path / "plugins", "taal", FRENCH).parent
    browser = make_app(PLUGIN_FOLDERS=[folder]).test_client()
    with client.session_transaction() as mine, browser.session_transaction() as cookie:
        cookie.update(mine)
    return browser


def test_reasons_can_be_read_in_french_and_are_marked(french, told):
    page = french.get(f"{told}?redenen=fr").text
    assert '<span lang="fr">Avec 350 euro de plus.</span>' in page
    assert "Vertaling; de Nederlandse tekst geldt." in page
    assert "<p><span lang" in page


def test_dutch_is_the_default_and_an_unknown_language_is_dutch(french, told):
    for address in (told, f"{told}?redenen=xx", f"{told}?redenen=en"):
        page = french.get(address).text
        assert "Met 350 euro meer kan het." in page
        assert "Vertaling;" not in page
        assert "Français" in page
        assert "English" not in page


def test_control_without_a_translation_there_is_nothing_to_choose(make_app, client, told, tmp_path):
    dutch = FRENCH.replace('language == "fr"', "False")
    folder = write_plugin(tmp_path / "plugins", "taal", dutch).parent
    browser = make_app(PLUGIN_FOLDERS=[folder]).test_client()
    with client.session_transaction() as mine, browser.session_transaction() as cookie:
        cookie.update(mine)
    assert "Français" not in browser.get(told).text
