"""Sessions: what starts them, what ends them, and what they cost."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from marketplace.accounts.models import Membership, Person, SignIn
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
