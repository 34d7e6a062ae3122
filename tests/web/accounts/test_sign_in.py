"""Signing in and out: limits, equal answers, and sessions that can be ended."""

from datetime import timedelta

import argon2
import pytest
from sqlalchemy import event, func, select

from marketplace.accounts.models import Membership, Person, SignIn
from marketplace.accounts.services import people
from marketplace.db import db, writing
from tests.factories import accounts

RIGHT = {"email": "an@example.org", "password": accounts.PASSWORD}


def page(response):
    return response.get_data(as_text=True)


@pytest.fixture
def an(app):
    """An employer's person with a confirmed address; her public id."""
    with app.app_context(), writing():
        session = db.session
        person = accounts.person(
            session, role="employer", place=accounts.organisation(session, name="De Boom")
        )
        session.commit()
        return person.public_id


def change(app, public_id, act):
    with app.app_context(), writing():
        act(people.by_public_id(public_id))
        db.session.commit()


def signed_in(client):
    return client.get("/account").status_code == 200


def test_the_right_password_opens_the_account(client, an):
    answer = client.post("/aanmelden", data=RIGHT)
    assert answer.location == "/account"
    seen = page(client.get("/account"))
    assert "An Peeters" in seen
    assert "De Boom" in seen
    assert "Afmelden" in seen


def test_a_closed_page_comes_back_after_signing_in(client, an):
    first = client.get("/account/wachtwoord")
    assert first.location == "/aanmelden?next=/account/wachtwoord"
    form = page(client.get(first.location))
    assert 'value="/account/wachtwoord"' in form
    answer = client.post("/aanmelden", data=RIGHT | {"next": "/account/wachtwoord"})
    assert answer.location == "/account/wachtwoord"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5Cevil.example",
        "/%2F%2Fevil.example",
        "//evil.example/%2e%2e",
        "/account//evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\t//evil.example",
        "/account\r\nSet-Cookie: a=b",
        "/\u2028/evil.example",
        "http:evil.example",
        "http:///evil.example",
        "account",
        "/afmelden",
        "/bestaat-niet",
        "/" + "a" * 5000,
        "//[",
        "",
    ],
)
def test_nobody_is_sent_elsewhere(client, an, target):
    answer = client.post("/aanmelden", data=RIGHT | {"next": target})
    assert answer.location == "/account"


@pytest.mark.parametrize("state", ["unknown", "wrong", "unverified", "deactivated", "no password"])
def test_every_refusal_looks_the_same(app, client, an, state):
    def spoil(person):
        if state == "unverified":
            person.verified_at = None
        if state == "deactivated":
            people.deactivate(person)
        if state == "no password":
            person.password_hash = None

    change(app, an, spoil)
    email = "iemand@example.org" if state == "unknown" else RIGHT["email"]
    password = "een fout wachtwoord" if state == "wrong" else RIGHT["password"]
    answer = client.post("/aanmelden", data={"email": email, "password": password})
    other = client.post("/aanmelden", data={"email": "niemand@example.org", "password": "x"})
    assert answer.status_code == other.status_code == 200
    assert page(answer).replace(email, "") == page(other).replace("niemand@example.org", "")
    assert "horen niet samen" in page(answer)
    assert f'value="{email}"' in page(answer)
    assert not signed_in(client)


@pytest.mark.parametrize("email", ["an@example.org", "niemand@example.org"])
def test_known_or_unknown_the_same_work_is_done(client, an, monkeypatch, email):
    verified = []
    original = argon2.PasswordHasher.verify

    def counted(self, stored, password):
        verified.append(stored.split("$")[1:4])
        return original(self, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    client.post("/aanmelden", data={"email": email, "password": "een fout wachtwoord"})
    assert verified == [["argon2id", "v=19", "m=19456,t=2,p=1"]]


@pytest.mark.parametrize("email", ["an@example.org", "niemand@example.org"])
def test_ten_wrong_passwords_in_five_minutes_and_then_none(client, an, clock, email):
    wrong = {"email": email, "password": "een fout wachtwoord"}
    for number in range(10):
        answer = client.post(
            "/aanmelden", data=wrong, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"}
        )
        assert answer.status_code == 200
    clock.at += timedelta(minutes=2)
    eleventh = client.post("/aanmelden", data=wrong)
    assert eleventh.status_code == 429
    assert eleventh.headers["Retry-After"] == "180"
    assert "Wacht 3 minuten" in page(eleventh)
    assert client.post("/aanmelden", data=RIGHT | {"email": email}).status_code == 429
    clock.at += timedelta(minutes=3)
    assert client.post("/aanmelden", data=wrong).status_code == 200


def test_one_network_address_cannot_try_many_accounts(client, an):
    for number in range(10):
        client.post("/aanmelden", data={"email": f"p{number}@example.org", "password": "x"})
    assert client.post("/aanmelden", data=RIGHT).status_code == 429
    elsewhere = client.post("/aanmelden", data=RIGHT, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert elsewhere.status_code == 302


def test_an_ipv6_household_is_one_address(client, an):
    for number in range(10):
        client.post(
            "/aanmelden",
            data={"email": f"p{number}@example.org", "password": "x"},
            environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"},
        )
    answer = client.post(
        "/aanmelden", data=RIGHT, environ_base={"REMOTE_ADDR": "2001:db8:1:2:ffff::1"}
    )
    assert answer.status_code == 429


def test_signing_in_well_is_not_counted(client, an):
    for _ in range(12):
        assert client.post("/aanmelden", data=RIGHT).status_code == 302


def test_the_visitors_session_is_thrown_away(client, an):
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["locale"] = "nl"
    client.post("/aanmelden", data=RIGHT)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["locale"] == "nl"


def test_signing_in_twice_gives_two_ids(app, client, an):
    seen = set()
    for _ in range(2):
        client.post("/aanmelden", data=RIGHT)
        with client.session_transaction() as cookie:
            seen.add(cookie["_user_id"])
    assert len(seen) == 2


def test_a_copied_cookie_dies_with_the_sign_out(app, client, an):
    client.post("/aanmelden", data=RIGHT)
    copy = client.get_cookie("session").value
    other = app.test_client()
    other.post("/aanmelden", data=RIGHT)
    assert client.get("/afmelden").status_code == 405
    client.post("/afmelden")
    thief = app.test_client()
    thief.set_cookie("session", copy)
    assert not signed_in(thief)
    assert signed_in(other)


def test_signing_out_everywhere_ends_the_others_too(app, client, an):
    other = app.test_client()
    for browser in (client, other):
        browser.post("/aanmelden", data=RIGHT)
    client.post("/account/overal-afmelden")
    assert not signed_in(other)
    assert not signed_in(client)


@pytest.mark.parametrize("what", ["role given", "role taken", "deactivated", "time"])
def test_what_ends_a_session(app, client, an, clock, what):
    client.post("/aanmelden", data=RIGHT)
    assert signed_in(client)

    def act(person):
        if what == "role given":
            people.give_role(person, "administrator", None)
        if what == "role taken":
            people.take_role(person.memberships[0])
        if what == "deactivated":
            people.deactivate(person)

    change(app, an, act)
    if what == "time":
        clock.at += timedelta(hours=12)
    assert not signed_in(client)


def test_a_role_opens_and_closes_pages(signed_in):
    assert signed_in("employer").get("/account/organisatie").status_code == 200
    assert signed_in("consultant").get("/account/organisatie").status_code == 403
    assert signed_in("administrator").get("/account").status_code == 200


def test_who_it_is_costs_one_query(app, employer):
    statements = []
    with app.app_context():
        event.listen(
            db.engine,
            "before_cursor_execute",
            lambda _c, _cur, statement, *_rest: statements.append(statement),
        )
    employer.get("/account/wachtwoord")
    assert [one for one in statements if "sign_ins" in one or "memberships" in one] == [
        one for one in statements if "FROM sign_ins" in one
    ]
    assert len([one for one in statements if "FROM sign_ins" in one]) == 1
    assert not [one for one in statements if "FROM people" in one.split("JOIN")[0]]


def test_a_visitor_costs_no_query(app, client):
    statements = []
    with app.app_context():
        event.listen(
            db.engine,
            "before_cursor_execute",
            lambda _c, _cur, statement, *_rest: statements.append(statement),
        )
    client.get("/aanmelden")
    assert not [one for one in statements if "sign_ins" in one]


@pytest.mark.parametrize("value", ["", "x", "x" * 5000, "'; drop table people; --", None, 7])
def test_an_odd_session_is_nobody(client, an, value):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = value
    assert client.get("/account").status_code == 302


def test_what_was_made_without_account_is_claimed_in_the_same_transaction(app, client, an, session):
    seen = []
    app.extensions["on_sign_in"].append(lambda person: seen.append(person.public_id))
    client.post("/aanmelden", data=RIGHT)
    assert seen == [an]

    def breaks(person):
        raise RuntimeError("the claim failed")

    app.extensions["on_sign_in"].append(breaks)
    before = session.scalar(select(func.count()).select_from(SignIn))
    session.rollback()
    assert client.post("/aanmelden", data=RIGHT).status_code == 500
    assert session.scalar(select(func.count()).select_from(SignIn)) == before


def test_forms_refuse_a_post_without_token(make_app, an):
    app = make_app(WTF_CSRF_ENABLED=True)
    client = app.test_client()
    for path in ("/aanmelden", "/afmelden", "/registreren/organisatie", "/wachtwoord-vergeten"):
        answer = client.post(path, data=RIGHT)
        assert answer.status_code == 400
        assert "stond te lang open" in page(answer)


def test_the_first_page_of_a_role_can_be_set(app, client, an):
    app.extensions["landing"]["employer"] = "accounts.change_password"
    assert client.post("/aanmelden", data=RIGHT).location == "/account/wachtwoord"


def test_nothing_personal_is_counted(client, an, session):
    client.post("/aanmelden", data=RIGHT | {"password": "fout"})
    from marketplace.accounts.models import LoginAttempt

    row = session.scalars(select(LoginAttempt)).one()
    assert "an@example.org" not in f"{row.account} {row.address}"
    assert "127.0.0.1" not in row.address


def test_roles_live_on_memberships(session, an):
    person = session.scalars(select(Person)).one()
    assert [member.role for member in session.scalars(select(Membership))] == ["employer"]
    assert person.verified
