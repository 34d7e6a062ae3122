"""From a federation's site to a request: opened once, shown with its source, taken by a click."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.accounts.services import add_organisation
from marketplace.contract.pages import Attribution
from marketplace.db import db
from marketplace.requests import services
from marketplace.requests.intake import Extra, Intake
from marketplace.requests.models import Draft, Request

SOURCE = Attribution("zorgfederatie", "pk_live_abc", "najaar")
SOURCE_OF = ("zorgfederatie", "pk_live_abc", "najaar")
WORDS = "Wij zoeken hulp: é€<b>&amp;'\"\n" * 100
TYPED = Intake(
    "Aalst", ("language",), 85, WORDS, extra=(Extra("care.handover", "oral", "Hoe?", "Mondeling"),)
)


@pytest.fixture
def hand_over(app):
    """Keep a draft and give the address that opens it."""
    with app.app_context():
        add_organisation("federation", "Zorgfederatie <Voorbeeld>", "zorgfederatie")
        db.session.commit()

    def make(typed=TYPED, source=SOURCE, once="een"):
        with app.app_context():
            return f"/start/{services.draft(typed, source, once)}"

    return make


def all_of(app, model):
    with app.app_context():
        return db.session.scalars(select(model)).all()


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 303
    return answer.location


def claimed(client, page, **typed):
    return client.post(f"{page}/claim", data=typed)


def test_the_address_leads_to_one_without_the_token(client, hand_over):
    address = hand_over()
    answer = client.get(address)
    token = address.rsplit("/", 1)[1]
    assert len(token) == 32
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert token not in answer.location
    assert token not in client.get(answer.location).text


def test_only_the_digest_of_the_token_is_stored(app, hand_over):
    token = hand_over().rsplit("/", 1)[1]
    (kept,) = all_of(app, Draft)
    assert token not in str([getattr(kept, column.name) for column in Draft.__table__.columns])
    assert len(kept.token_hash) == 64


def test_the_page_names_the_federation_and_shows_what_was_typed(client, hand_over):
    page = client.get(opened(client, hand_over())).text
    assert "Zorgfederatie &lt;Voorbeeld&gt;" in page
    assert "Aalst" in page
    assert "Mondeling" in page
    assert "Wij zoeken hulp: é€&lt;b&gt;&amp;amp;&#39;&#34;" in page


def test_the_same_browser_opens_it_again_and_reloads(client, hand_over):
    address = hand_over()
    page = opened(client, address)
    assert opened(client, address) == page
    assert client.get(page).status_code == client.get(page).status_code == 200


def test_a_second_browser_is_told_that_it_is_gone(app, client, hand_over):
    address = hand_over()
    page = opened(client, address)
    other = app.test_client()
    assert other.get(address).status_code == 410
    assert other.get(page).status_code == 404
    assert claimed(other, page, email="an@example.org").status_code == 404
    assert all_of(app, Request) == []


def test_a_guess_and_an_old_address_are_gone(client, hand_over, clock):
    address = hand_over()
    assert client.get("/start/" + "A" * 32).status_code == 410
    clock.at += timedelta(minutes=31)
    assert client.get(address).status_code == 410


def test_once_opened_it_may_be_claimed_for_a_day(client, hand_over, clock):
    page = opened(client, hand_over())
    clock.at += timedelta(hours=23)
    assert client.get(page).status_code == 200
    clock.at += timedelta(hours=2)
    assert client.get(page).status_code == 404


def test_an_address_cannot_be_posted_to(client, hand_over):
    assert client.post(hand_over()).status_code == 405


def test_the_same_form_posted_twice_is_one_draft_and_other_content_is_another(app, hand_over):
    assert hand_over() == hand_over()
    assert len(all_of(app, Draft)) == 1
    assert hand_over(Intake("Gent")) != hand_over()
    assert len(all_of(app, Draft)) == 2


def test_nothing_becomes_a_request_without_a_click(app, client, employer, hand_over):
    opened(employer, hand_over())
    assert all_of(app, Request) == []


def test_an_employer_takes_it_on_and_the_source_stays(app, employer, hand_over):
    answer = claimed(employer, opened(employer, hand_over()))
    (made,) = all_of(app, Request)
    assert answer.location == f"/aanvraag/{made.public_id}"
    assert (made.federation, made.source_key, made.campaign) == SOURCE_OF
    assert made.remark == TYPED.remark
    assert made.organisation_id is not None


def test_a_visitor_says_where_the_link_goes_and_keeps_the_source_at_registration(
    app, client, hand_over, tmp_path
):
    page = opened(client, hand_over())
    refused = claimed(client, page, email="geen adres")
    assert refused.status_code == 422
    assert "geen adres" in refused.text
    answer = claimed(client, page, email="an@example.org")
    assert answer.status_code == 302
    assert client.get(answer.location).status_code == 200
    (made,) = all_of(app, Request)
    assert made.organisation_id is None
    assert (made.federation, made.source_key, made.campaign) == SOURCE_OF
    (mail,) = (tmp_path / "mail").glob("*.eml")
    assert "an@example.org" in mail.read_text()


def test_what_was_typed_answers_the_pages_of_the_wizard(app, client, hand_over):
    claimed(client, opened(client, hand_over()), email="an@example.org")
    with app.app_context():
        made = db.session.scalars(select(Request)).one()
        told = {answer.page: answer.data for answer in made.answers}
    assert told == {
        "place": {"municipality": "Aalst", "refnis": "41002"},
        "lanes": {"lanes": ["language"]},
        "headcount": {"headcount": 85},
        "extra.care.handover": {"answer": "oral"},
    }


def test_a_claim_posted_twice_makes_one_request(app, employer, hand_over):
    page = opened(employer, hand_over())
    first, second = claimed(employer, page), claimed(employer, page)
    assert first.location == second.location
    assert len(all_of(app, Request)) == 1


def test_a_claim_needs_the_token_of_the_session(make_app, hand_over):
    app = make_app(WTF_CSRF_ENABLED=True)
    client = app.test_client()
    page = opened(client, hand_over())
    assert claimed(client, page, email="an@example.org").status_code == 400
    assert all_of(app, Request) == []


def test_a_test_key_never_makes_a_request(app, client, hand_over):
    page = opened(client, hand_over(source=Attribution("zorgfederatie", "pk_test_abc", "", True)))
    assert "testsleutel" in client.get(page).text
    answer = claimed(client, page)
    assert answer.location == page
    assert "De test is gelukt" in client.get(page).text
    assert all_of(app, Request) == []


def test_drafts_that_nobody_can_open_any_more_are_removed(app, hand_over, clock):
    hand_over()
    clock.at += timedelta(minutes=31)
    hand_over(once="twee")
    assert len(all_of(app, Draft)) == 1


def test_a_consultant_reads_whence_it_came_and_what_was_written(client, consultant, hand_over):
    answer = claimed(client, opened(client, hand_over()), email="an@example.org")
    dossier = consultant.get(answer.location.replace("/aanvraag/", "/balie/aanvragen/"))
    assert dossier.status_code == 200
    assert "Zorgfederatie &lt;Voorbeeld&gt; · najaar" in dossier.text
    assert "Wij zoeken hulp: é€&lt;b&gt;" in dossier.text


def test_a_source_that_no_plugin_knows_is_no_source(app, client):
    client.post("/aanvraag?src=pk_live_onbekend&campaign=x")
    (made,) = all_of(app, Request)
    assert (made.federation, made.source_key, made.campaign) == (None, None, None)
