"""From the frame to a request: who may post, what is kept, and what a federation learns."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.requests.models import Draft, Request
from plugins.widgets import counts, intake, services
from plugins.widgets.models import EmbedDaily

OURS = {"Origin": "http://localhost"}


def frame(key, **query):
    return f"/widgets/v1/{key}/intake?" + "&".join(f"{name}={text}" for name, text in query.items())


def token_of(client, key):
    page = client.get(frame(key)).text
    return re.search(r'name="token"[^>]*value="([^"]+)"', page)[1]


def post(client, key, headers=OURS, token=None, **typed):
    data = {"token": token or token_of(client, key), **typed}
    return client.post(f"/widgets/v1/{key}/drafts", data=data, headers=headers)


def all_of(app, model):
    with app.app_context():
        return db.session.scalars(select(model)).all()


def counted(app):
    rows = all_of(app, EmbedDaily)
    return [(row.drafts, row.arrivals, row.claims, row.orders) for row in rows]


# ---- A7: the token of the form ----


def test_a_form_leads_to_the_marketplace_with_everything_that_was_typed(client, embed):
    typed = {
        "municipality": "Aalst",
        "lanes": ["language", "together"],
        "headcount": "1.200",
        "remark": "é€<b>",
        "x-care.handover": "oral",
    }
    answer = post(client, embed.live, **typed)
    assert answer.status_code == 303
    page = client.get(client.get(answer.location).location).text
    for text in ("Zorgfederatie", "Aalst", "1200", "é€&lt;b&gt;", "Mondeling", "Samenleven"):
        assert text in page


@pytest.mark.parametrize(("minutes", "status"), [(119, 303), (121, 400)])
def test_a_token_lives_two_hours(client, embed, clock, minutes, status):
    token = token_of(client, embed.live)
    clock.at += timedelta(minutes=minutes)
    answer = post(client, embed.live, token=token, remark="Blijft staan")
    assert answer.status_code == status
    if status == 400:
        assert "Blijft staan" in answer.text
        fresh = re.search(r'name="token"[^>]*value="([^"]+)"', answer.text)[1]
        assert post(client, embed.live, token=fresh).status_code == 303


def test_a_token_of_another_key_or_a_forged_one_is_refused(app, client, embed):
    token = token_of(client, embed.test)
    for bad in (token, token[:-2] + "xx", "x", token_of(client, embed.live) + "x"):
        assert post(client, embed.live, token=bad).status_code == 400
    assert all_of(app, Draft) == []


def test_a_form_posted_again_gives_the_same_draft(app, client, embed):
    token = token_of(client, embed.live)
    first, second = (post(client, embed.live, token=token, remark="Eén") for _ in range(2))
    assert first.location == second.location
    assert len(all_of(app, Draft)) == 1
    assert counted(app) == [(1, 0, 0, 0)]


# ---- A8: only a page of ours may post ----


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://zorg.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost.kwaad.example"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost"}, 303),
    ],
)
def test_a_post_from_elsewhere_is_refused(app, client, embed, headers, status):
    assert post(client, embed.live, headers).status_code == status
    assert len(all_of(app, Draft)) == (status == 303)


def test_an_employer_who_is_signed_in_stays_so_and_gets_nothing_unasked(app, embed, employer):
    answer = post(employer, embed.live, remark="Van een vreemde pagina")
    assert "Set-Cookie" not in answer.headers
    assert employer.get("/account").status_code == 200
    assert all_of(app, Request) == []


# ---- A11: whence it came stays ----


def test_key_and_campaign_stay_with_the_request_of_an_employer(app, embed, employer):
    answer = post(employer, embed.live, campaign="najaar", municipality="Aalst")
    page = employer.get(answer.location).location
    employer.post(f"{page}/claim")
    (made,) = all_of(app, Request)
    assert (made.federation, made.source_key, made.campaign) == (
        "zorgfederatie",
        embed.live,
        "najaar",
    )
    assert counted(app) == [(1, 1, 1, 0)]


def test_a_plain_link_is_a_source_too_and_the_last_one_counts(app, client, embed, change):
    client.post(f"/aanvraag?src={embed.live}&campaign=brief")
    (made,) = all_of(app, Request)
    assert (made.federation, made.source_key, made.campaign) == (
        "zorgfederatie",
        embed.live,
        "brief",
    )
    second = change(embed, lambda site: services.add_key(site, "live").key)
    client.post(f"/aanvraag?src={second}")
    (made,) = all_of(app, Request)
    assert (made.source_key, made.campaign) == (second, None)


@pytest.mark.parametrize("which", ["test", "ended"])
def test_a_test_key_and_an_ended_key_are_no_source(app, client, embed, change, which):
    change(embed, services.end_key, embed.live)
    client.post(f"/aanvraag?src={embed.test if which == 'test' else embed.live}")
    (made,) = all_of(app, Request)
    assert made.source_key is None


def test_the_start_page_keeps_the_source_without_a_cookie(client, embed):
    page = client.get(f"/aanvraag?src={embed.live}&campaign=brief").text
    assert f'action="/aanvraag?src={embed.live}&amp;campaign=brief"' in page


# ---- A12: how often ----


def test_ten_drafts_an_hour_from_one_address(client, embed, clock):
    answers = [post(client, embed.live, remark=str(number)) for number in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    clock.at += timedelta(hours=1, minutes=1)
    assert post(client, embed.live).status_code == 303


# ---- A13: what is no form ----


def test_a_body_that_is_too_large_is_refused(client, embed):
    assert post(client, embed.live, remark="x" * intake.MOST_BYTES).status_code == 413


@pytest.mark.parametrize("body", [b"remark=\xff\xfe", b"remark=%ff%fe"])
def test_a_body_that_is_no_utf_8_is_refused(app, client, embed, body):
    answer = client.post(
        f"/widgets/v1/{embed.live}/drafts",
        data=body,
        headers=OURS,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400
    assert all_of(app, Draft) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"municipality": "Atlantis"}, "Atlantis"),
        ({"headcount": "-5"}, "-5"),
        ({"headcount": "<script>"}, "&lt;script&gt;"),
        ({"remark": "y" * 4001}, "yyyy"),
        ({"x-care.handover": "verzonnen"}, 'role="alert"'),
        ({"lanes": "verzonnen"}, 'role="alert"'),
        ({"remark": "a\x00b"}, 'role="alert"'),
    ],
)
def test_a_mistake_is_shown_beside_its_field_and_what_was_typed_stays(
    app, client, embed, typed, kept
):
    answer = post(client, embed.live, **typed)
    assert answer.status_code == 422
    assert kept in answer.text
    assert 'aria-invalid="true"' in answer.text or 'class="error"' in answer.text
    assert "<script>" not in answer.text
    assert all_of(app, Draft) == []


def test_a_machine_that_fills_in_everything_gets_nowhere(app, client, embed):
    answer = post(client, embed.live, website="https://spam.example")
    assert (answer.status_code, answer.location) == (303, "/")
    assert all_of(app, Draft) == []


def test_an_ended_key_takes_no_more(client, embed, change):
    token = token_of(client, embed.live)
    change(embed, services.end_key, embed.live)
    assert post(client, embed.live, token=token).status_code == 410


# ---- A14: a test stays a test ----


def test_a_test_key_reaches_nobody_and_counts_nowhere(app, client, embed):
    page = client.get(post(client, embed.test, remark="Proef").location).location
    assert "testsleutel" in client.get(page).text
    client.post(f"{page}/claim", data={"email": "an@example.org"})
    assert all_of(app, Request) == []
    assert counted(app) == []


# ---- H14, H7: what the address of the frame may say ----


def test_the_frame_talks_only_to_a_page_on_the_list(client, embed):
    for origin, told in (
        ("https://zorg.example", "https://zorg.example"),
        ("https://kwaad.example", ""),
        ("*", ""),
        ('"><script>', ""),
    ):
        assert f'data-origin="{told}"' in client.get(frame(embed.live, origin=origin)).text


# ---- what a federation reads ----


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (80, 80)])
def test_a_small_count_is_not_shown(number, shown):
    assert counts.shown(number) == shown
