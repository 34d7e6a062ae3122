"""The signed link, and the way from a browser's draft to an employer's request."""

import email
import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.requests.models import Request
from tests.factories import accounts
from tests.factories import requests as factory


def link_of(client, url):
    page = client.get(f"{url.rsplit('/', 1)[0]}/later").text
    found = re.search(r'id="resume-link"[^>]*>([^<]+)<', page)
    return unescape(found[1]).removeprefix("http://localhost")


def test_a_link_opens_the_request_in_another_browser(app, client):
    url = client.post(factory.begin(client), data={"municipality": "Aalst"}).location
    other = app.test_client()
    assert other.get(url).status_code == 404
    answer = other.get(link_of(client, url))
    assert answer.location == url.rsplit("/", 1)[0]
    assert other.get(url).status_code == 200
    assert other.get(url.replace("sector", "place")).text.count('value="Aalst"') == 1


@pytest.mark.parametrize("forge", ["", "x", "cut", "swap"])
def test_a_forged_link_is_a_clear_page(app, client, forge):
    link = link_of(client, factory.begin(client))
    forged = {
        "": "/verder/niets",
        "x": link + "x",
        "cut": link[:-5],
        "swap": link[:12] + ("A" if link[12] != "A" else "B") + link[13:],
    }[forge]
    answer = app.test_client().get(forged)
    assert answer.status_code == 404
    assert "Deze link werkt niet meer" in answer.text


def test_a_link_ends_after_sixty_days(app, client, clock):
    link = link_of(client, factory.begin(client))
    clock.at += timedelta(days=60)
    assert app.test_client().get(link).status_code == 302
    clock.at += timedelta(seconds=1)
    answer = app.test_client().get(link)
    assert answer.status_code == 404
    assert "ouder dan 60 dagen" in answer.text


def test_the_link_is_mailed_in_text_and_html(app, client):
    url = factory.begin(client)
    answer = client.post(
        f"{url.rsplit('/', 1)[0]}/later", data={"email": "an@example.org"}, follow_redirects=True
    )
    assert "Wij sturen de link naar an@example.org" in answer.text
    folder = app.config["MAIL_URL"].removeprefix("folder:")
    mail = email.message_from_bytes(next(_files(folder)).read_bytes())
    assert mail["To"] == "an@example.org"
    kinds = {part.get_content_type(): part for part in mail.walk()}
    text = kinds["text/plain"].get_payload(decode=True).decode()
    link = re.search(r"http://localhost(/verder/\S+)", text)[1]
    assert link in kinds["text/html"].get_payload(decode=True).decode()
    assert app.test_client().get(link).status_code == 302


def _files(folder):
    from pathlib import Path

    return Path(folder).glob("*.eml")


def test_nobody_is_flooded_with_mails(client):
    url = f"{factory.begin(client).rsplit('/', 1)[0]}/later"
    statuses = [client.post(url, data={"email": "an@example.org"}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [422]


def sign_in(client, address):
    answer = client.post("/aanmelden", data={"email": address, "password": accounts.PASSWORD})
    assert answer.status_code == 302
    return answer


@pytest.fixture
def care_home(app):
    with app.app_context():
        place = accounts.organisation(
            db.session,
            legal_form="vzw",
            headcount=85,
            joint_committees=["330"],
            vat_recoverable=False,
        )
        accounts.establishment(db.session, place)
        accounts.person(db.session, "an@example.org", "employer", place)
        db.session.commit()
        return place.id


def test_a_draft_becomes_the_employers_on_sign_in(app, client, care_home):
    url = client.post(factory.begin(client), data={"municipality": "Gent"}).location
    link = link_of(client, url)
    sign_in(client, "an@example.org")
    assert client.get(url.replace("sector", "place")).status_code == 200
    with app.app_context():
        request = db.session.scalars(select(Request)).one()
        assert (request.organisation_id, request.secret_hash) == (care_home, None)
    assert "Aanvraag zonder noden" in client.get("/aanvragen").text
    assert "/aanmelden" in app.test_client().get(link).location


def test_after_the_claim_nothing_is_asked_that_the_profile_tells(client, care_home):
    url = client.post(factory.begin(client), data={"municipality": "Gent"}).location
    sign_in(client, "an@example.org")
    elsewhere = {"site": "other", "municipality": "Gent"}
    answer = client.post(url.replace("sector", "place"), data=elsewhere)
    assert answer.location.endswith("/lanes")


def test_a_claimed_request_is_closed_to_others(app, client, care_home, signed_in):
    url = factory.begin(client)
    link = link_of(client, url)
    thief = app.test_client()
    thief.get(link)
    sign_in(client, "an@example.org")
    assert thief.get(url).status_code == 404
    stranger = signed_in("employer", name="De Linde")
    assert stranger.get(url).status_code == 404
    foreign = stranger.get(link)
    assert foreign.status_code == 404
    assert "Deze link werkt niet meer" in foreign.text
    assert client.get(link).status_code == 302


def test_an_employer_begins_with_what_is_new(employer):
    assert factory.begin(employer).endswith("/lanes")


def test_the_list_of_requests_is_the_employers_own(employer, signed_in):
    assert "U hebt nog geen aanvraag" in employer.get("/aanvragen").text
    url = employer.post(factory.begin(employer), data={"lanes": ["language"]}).location
    employer.post(url, data={"topics": ["clear-language"]})
    assert "Klare taal" in employer.get("/aanvragen").text
    assert "Klare taal" not in signed_in("employer", "bo@example.org").get("/aanvragen").text


def test_a_request_with_an_advice_leads_to_it(app, client):
    check = factory.held(app, client, status="advised")
    advice = check.replace("nakijken", "advies")
    assert f'href="{advice}"' in client.get(check).text
    assert client.get(advice).location == check
    assert app.test_client().get(advice).status_code == 404


def test_a_visitor_is_asked_to_sign_in_for_the_list(client):
    assert "/aanmelden" in client.get("/aanvragen").location


def test_an_employer_with_several_places_chooses_one(app, employer):
    with app.app_context():
        from marketplace.accounts.models import Organisation

        place = db.session.scalars(select(Organisation)).one()
        second = accounts.establishment(db.session, place, "De Linde", "44021")
        chosen = second.public_id
        db.session.commit()
    url = factory.begin(employer)
    assert url.endswith("/place")
    page = employer.get(url).text
    assert "De Linde, Gent" in page
    assert employer.post(url, data={"site": "other", "municipality": ""}).status_code == 422
    assert employer.post(url, data={"site": "van-een-ander"}).status_code == 422
    assert employer.post(url, data={"site": chosen}).location.endswith("/lanes")
    with app.app_context():
        request = db.session.scalars(select(Request)).one()
        assert request.establishment.public_id == chosen
