"""Links from mails and changes of password: one use, in time, by the right person."""

from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.accounts.services import people
from marketplace.audit.models import AuditEntry
from marketplace.db import db, writing
from tests.factories import accounts

NEW = "een heel nieuw wachtwoord"


def page(response):
    return response.get_data(as_text=True)


@pytest.fixture
def reset_link(client, an, mailbox):
    client.post("/wachtwoord-vergeten", data={"email": "an@example.org"})
    return mailbox.link()


def sign_in(client, password=accounts.PASSWORD):
    return client.post("/aanmelden", data={"email": "an@example.org", "password": password})


def test_a_forgotten_password_is_replaced(client, reset_link, mailbox):
    assert "an@example.org" in page(client.get(reset_link))
    assert client.post(reset_link, data={"new_password": NEW}).location == "/aanmelden"
    assert mailbox.last()["Subject"] == "Uw wachtwoord is gewijzigd"
    assert sign_in(client).status_code == 200
    assert sign_in(client, NEW).status_code == 302


def test_every_address_gets_the_same_answer_and_a_mail(client, an, mailbox):
    known = client.post("/wachtwoord-vergeten", data={"email": "an@example.org"})
    unknown = client.post("/wachtwoord-vergeten", data={"email": "niemand@example.org"})
    assert known.get_data() == unknown.get_data()
    assert known.location == unknown.location == "/kijk-in-uw-mailbox"
    subjects = {mail["To"]: mail["Subject"] for mail in mailbox.all()}
    assert subjects == {
        "an@example.org": "Kies een nieuw wachtwoord",
        "niemand@example.org": "Dit e-mailadres heeft geen account",
    }


def test_every_mail_has_a_text_and_an_html_part_with_the_link(client, reset_link, mailbox):
    mail = mailbox.last()
    for kind in ("plain", "html"):
        body = mail.get_body((kind,)).get_content()
        assert f"http://localhost{reset_link}" in body
        assert "Wat moet u nu doen?" in body


def test_a_link_works_once(client, reset_link):
    client.post(reset_link, data={"new_password": NEW})
    again = client.post(reset_link, data={"new_password": "nog een ander wachtwoord"})
    assert again.status_code == 410
    assert "Deze link werkt niet meer" in page(again)
    assert sign_in(client, NEW).status_code == 302


def test_a_new_link_kills_no_other_but_a_new_password_kills_all(client, reset_link, mailbox):
    client.post("/wachtwoord-vergeten", data={"email": "an@example.org"})
    second = mailbox.link()
    assert client.get(reset_link).status_code == client.get(second).status_code == 200
    client.post(second, data={"new_password": NEW})
    assert client.get(reset_link).status_code == 410


def test_a_link_expires_after_an_hour(client, reset_link, clock):
    clock.at += timedelta(minutes=60)
    assert client.get(reset_link).status_code == 200
    clock.at += timedelta(seconds=1)
    assert client.get(reset_link).status_code == 410
    assert client.post(reset_link, data={"new_password": NEW}).status_code == 410


def test_looking_at_a_link_does_not_use_it(client, reset_link):
    for _ in range(3):
        assert client.get(reset_link).status_code == 200


def test_a_link_of_one_purpose_does_not_serve_another(client, reset_link):
    token = reset_link.rsplit("/", 1)[1]
    assert client.get(f"/bevestigen/{token}").status_code == 410


@pytest.mark.parametrize("token", ["x", "a.b.c", "x" * 5000, "%00", "é", "..", ".", "null"])
def test_a_forged_link_is_refused(client, an, token):
    for path in ("/wachtwoord/", "/bevestigen/"):
        assert client.get(path + token).status_code in (404, 410)
        assert client.post(path + token, data={"new_password": NEW}).status_code in (404, 410)


def test_a_link_signed_with_another_secret_is_refused(client, an):
    facts = {"for": "reset", "who": an, "print": "0" * 32}
    forged = URLSafeTimedSerializer("another secret", salt="accounts.link").dumps(facts)
    assert client.get(f"/wachtwoord/{forged}").status_code == 410


@pytest.mark.parametrize("place", [0, 5, -1])
def test_one_changed_character_spoils_a_link(client, reset_link, place):
    token = list(reset_link.rsplit("/", 1)[1])
    token[place] = "A" if token[place] != "A" else "Q"
    answer = client.get("/wachtwoord/" + "".join(token))
    assert answer.status_code == 410 or place == -1


def test_a_link_is_dead_for_a_closed_account(app, client, an, reset_link):
    with app.app_context(), writing():
        people.deactivate(people.by_public_id(an))
        db.session.commit()
    assert client.get(reset_link).status_code == 410


def test_an_old_secret_still_opens_the_links_it_signed(make_app, client, reset_link):
    app = make_app(SECRET_KEY="a new secret")
    app.config["SECRET_KEY_FALLBACKS"] = ["only-for-tests"]
    token = reset_link.rsplit("/", 1)[1]
    with app.test_request_context():
        from marketplace.accounts.services import tokens

        assert tokens._serializer().loads(token)["for"] == "reset"


def test_a_link_never_takes_its_host_from_the_browser(client, an, mailbox):
    answer = client.post(
        "/wachtwoord-vergeten",
        data={"email": "an@example.org"},
        base_url="http://evil.example",
    )
    assert answer.status_code == 302
    assert "evil.example" not in mailbox.last().as_string()


def test_a_reset_confirms_the_address_too(app, client, an, mailbox):
    with app.app_context(), writing():
        people.by_public_id(an).verified_at = None
        db.session.commit()
    assert sign_in(client).status_code == 200
    client.post("/wachtwoord-vergeten", data={"email": "an@example.org"})
    client.post(mailbox.link(), data={"new_password": NEW})
    assert sign_in(client, NEW).status_code == 302


def test_a_reset_signs_out_everywhere(app, client, reset_link):
    other = app.test_client()
    sign_in(other)
    client.post(reset_link, data={"new_password": NEW})
    assert other.get("/account").status_code == 302


@pytest.mark.parametrize("password", ["kort", "", "a" * 12, "an@example.org", "x" * 10_000])
def test_a_weak_new_password_is_refused_and_the_link_stays_good(client, reset_link, password):
    assert client.post(reset_link, data={"new_password": password}).status_code == 200
    assert client.get(reset_link).status_code == 200


def test_a_mailbox_gets_five_links_a_day(client, an, mailbox, clock):
    for _ in range(7):
        answer = client.post("/wachtwoord-vergeten", data={"email": "an@example.org"})
        assert answer.location == "/kijk-in-uw-mailbox"
    assert len(mailbox.all()) == 5
    clock.at += timedelta(days=1)
    client.post("/wachtwoord-vergeten", data={"email": "an@example.org"})
    assert len(mailbox.all()) == 6


def test_a_network_address_asks_twenty_times_an_hour(client, an):
    for number in range(20):
        client.post("/wachtwoord-vergeten", data={"email": f"p{number}@example.org"})
    answer = client.post("/wachtwoord-vergeten", data={"email": "an@example.org"})
    assert answer.status_code == 429
    assert 'value="an@example.org"' in page(answer)


def test_a_changed_password_keeps_this_browser_and_ends_the_others(app, client, an, session):
    other = app.test_client()
    sign_in(client)
    sign_in(other)
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
    data = {"password": accounts.PASSWORD, "new_password": NEW}
    assert client.post("/account/wachtwoord", data=data).location == "/account"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    actions = session.scalars(select(AuditEntry.action)).all()
    assert "person.password_changed" in actions


def test_the_old_password_is_needed_to_change_it(client, an):
    sign_in(client)
    answer = client.post("/account/wachtwoord", data={"password": "fout", "new_password": NEW})
    assert "Dit is niet uw huidige wachtwoord" in page(answer)
    assert sign_in(client).status_code == 302


def test_guessing_the_old_password_is_limited_too(client, an):
    sign_in(client)
    data = {"password": "fout", "new_password": NEW}
    statuses = [client.post("/account/wachtwoord", data=data).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_no_password_is_ever_written_down(app, client, reset_link, session):
    client.post(reset_link, data={"new_password": NEW})
    sign_in(client, NEW)
    hashed = session.scalars(select(Person)).one().password_hash
    assert hashed.startswith("$argon2id$")
    for entry in session.scalars(select(AuditEntry)):
        assert NEW not in f"{entry.old} {entry.new}"
        assert hashed not in f"{entry.old} {entry.new}"
        assert "an@example.org" not in f"{entry.subject} {entry.old} {entry.new}"
