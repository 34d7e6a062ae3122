"""Signing in: limits, and answers that tell nobody anything."""

from datetime import timedelta

import argon2
import pytest

from marketplace.accounts.services import people
from marketplace.db import db, writing
from tests.factories import accounts

RIGHT = {"email": "an@example.org", "password": accounts.PASSWORD}


def page(response):
    return response.get_data(as_text=True)


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
def test_known_or_unknown_the_same_work_is_done(client, strong_passwords, an, monkeypatch, email):
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
