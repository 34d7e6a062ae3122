"""A form that another site sends is refused, in Dutch, and changes nothing."""

import re

import pytest
from sqlalchemy import func, select

from marketplace.db import db
from marketplace.requests.models import Request

START = "/aanvraag"


@pytest.fixture
def guarded(make_app):
    return make_app(WTF_CSRF_ENABLED=True)


def token(client, address=START):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)[1]


def begun(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Request))


def test_a_form_without_its_token_is_refused_and_says_what_to_do(guarded):
    answer = guarded.test_client().post(START)
    assert answer.status_code == 400
    assert "Deze pagina stond te lang open" in answer.text
    assert "laad de pagina opnieuw" in answer.text
    assert begun(guarded) == 0


def test_a_made_up_token_is_refused(guarded):
    client = guarded.test_client()
    real = token(client)
    for forged in ("x", real[:-1] + ("a" if real[-1] != "a" else "b"), ""):
        assert client.post(START, data={"csrf_token": forged}).status_code == 400
    assert begun(guarded) == 0


def test_the_token_of_another_browser_is_refused(guarded):
    theirs = token(guarded.test_client())
    mine = guarded.test_client()
    mine.get(START)
    assert mine.post(START, data={"csrf_token": theirs}).status_code == 400
    assert begun(guarded) == 0


def test_control_the_form_itself_is_accepted(guarded):
    client = guarded.test_client()
    answer = client.post(START, data={"csrf_token": token(client)})
    assert answer.status_code == 302
    assert begun(guarded) == 1


def test_every_form_of_the_house_asks_for_its_token(guarded):
    client, open_doors = guarded.test_client(), []
    for rule in guarded.url_map.iter_rules():
        if "POST" in rule.methods:
            filled = dict.fromkeys(rule.arguments, "bestaat-niet")
            address = guarded.url_map.bind("localhost").build(rule.endpoint, filled)
            if client.post(address).status_code not in {302, 400, 403, 404}:
                open_doors.append(address)
    assert open_doors == []


def test_every_page_with_a_form_that_posts_carries_a_token(guarded):
    client = guarded.test_client()
    for address in ("/aanmelden", "/registreren/account", "/wachtwoord-vergeten", START):
        page = client.get(address, follow_redirects=True).text
        posts = re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL | re.IGNORECASE)
        assert posts, address
        assert all('name="csrf_token"' in form for form in posts), address
