"""An employer registers: nothing lost, nothing revealed, and the mailbox proves who it is."""

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import Organisation, Person, Registration
from tests.web.accounts.conftest import ACCOUNT, COMPANY, PLACES


def page(response):
    return response.get_data(as_text=True)


def people(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Person))


def test_a_care_home_registers_and_confirms_its_address(client, register, mailbox, session):
    assert register().location == "/kijk-in-uw-mailbox"
    link = mailbox.link()
    assert "Bevestig uw e-mailadres" in page(client.get(link))
    answer = client.post(link, data={"password": ACCOUNT["new_password"]}, follow_redirects=True)
    assert "Uw e-mailadres is bevestigd" in page(answer)
    assert "Woonzorgcentrum Den Boomgaard" in page(answer)
    place = session.scalars(select(Organisation)).one()
    assert place.enterprise_number == "0403019261"
    assert (place.legal_form, place.headcount, place.vat_recoverable) == ("vzw", 85, False)
    assert place.joint_committees == ["330"]
    assert [(row.name, row.refnis) for row in place.establishments] == [("Aalst", "41002")]


def test_the_first_gap_decides_the_page(client):
    assert client.get("/registreren").location == "/registreren/organisatie"
    assert client.get("/registreren/vestigingen").location == "/registreren/organisatie"
    assert client.get("/registreren/account").location == "/registreren/organisatie"
    client.post("/registreren/organisatie", data=COMPANY)
    assert client.get("/registreren").location == "/registreren/paritair-comite"
    assert client.get("/registreren/onzin").status_code == 404


def test_each_page_is_kept_when_it_is_posted(client, fill):
    fill()
    first = page(client.get("/registreren/organisatie"))
    assert "0403.019.261" in first
    assert 'value="85"' in first
    assert "330 – PC voor" in page(client.get("/registreren/paritair-comite"))
    assert 'value="Aalst"' in page(client.get("/registreren/vestigingen"))
    summary = page(client.get("/registreren/account"))
    assert "Kijk na wat u invulde" in summary
    assert "Vereniging zonder winstoogmerk" in summary


def test_looking_at_pages_stores_nothing(client, session):
    for path in ("/registreren", "/registreren/organisatie", "/aanmelden", "/wachtwoord-vergeten"):
        client.get(path)
    assert session.scalar(select(func.count()).select_from(Registration)) == 0


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("0403019262", "er staat een cijfer fout"),
        ("BE 0403 019 26", None),
        ("04030192611", "u typte er 11"),
        ("12345", "u typte er 5"),
        ("abc", "Typ een ondernemingsnummer zoals"),
        ("2403019261", "Typ een ondernemingsnummer zoals"),
        ("٠٤٠٣٠١٩٢٦١", "Typ een ondernemingsnummer zoals"),
        ("0" * 10, "Typ een ondernemingsnummer zoals"),
        ("4" * 10_000, "ten hoogste 40 tekens"),
        ("0403\x00019261", "onzichtbaar teken"),
        ("", "Vul dit veld in"),
    ],
)
def test_a_wrong_enterprise_number_is_explained(client, number, message):
    answer = client.post("/registreren/organisatie", data=COMPANY | {"enterprise_number": number})
    assert answer.status_code == 200
    assert (message or "er staat een cijfer fout") in page(answer)
    assert "Den Boomgaard" in page(answer)


@pytest.mark.parametrize(
    "number", ["0403019261", "403.019.261", "be0403-019-261", " BE 0403 019 261 "]
)
def test_an_enterprise_number_may_be_typed_in_many_ways(client, number):
    answer = client.post("/registreren/organisatie", data=COMPANY | {"enterprise_number": number})
    assert answer.location == "/registreren/paritair-comite"


@pytest.mark.parametrize("field", ["name", "legal_form", "headcount", "vat_recoverable"])
@pytest.mark.parametrize("value", ["x" * 10_000, "a\x1bb", "", "\u202e\ufffe", "-1", "9" * 5000])
def test_hostile_answers_never_crash_and_keep_the_rest(client, field, value):
    answer = client.post("/registreren/organisatie", data=COMPANY | {field: value})
    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert "BE 0403.019.261" in page(answer)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Aalts", "Bedoelt u"),
        ("Atlantis", "Wij kennen deze gemeente niet"),
        ("x" * 10_000, "ten hoogste 100 tekens"),
        ("4000", "Wij kennen deze gemeente niet"),
        ("", "Typ de gemeente waar uw mensen werken"),
    ],
)
def test_an_unknown_municipality_is_explained(client, fill, typed, message):
    answer = fill(places=PLACES | {"establishments-0-municipality": typed})
    assert message in page(answer)
    assert typed[:50] in page(answer)


def test_an_ambiguous_municipality_offers_the_choice(client, fill):
    answer = page(fill(places=PLACES | {"establishments-0-municipality": "Mariakerke"}))
    assert "Dit kan meer dan één gemeente zijn: Oostende, Gent" in answer
    assert 'href="#establishments-0-municipality"' in answer
    assert "[&#39;" not in answer
    assert 'value="Mariakerke"' in answer


def test_rows_are_added_without_losing_what_was_typed(client, fill):
    typed = PLACES | {"establishments-0-name": "Hoofdzetel", "more": "1"}
    answer = page(fill(places=typed))
    assert "Vestiging 2" in answer
    assert "Hoofdzetel" in answer
    assert "Kijk deze punten na" not in answer


def test_several_places_and_committees(client, fill, session):
    fill(
        sector={"committees-0": "PC 330", "committees-1": "318.02", "committees-2": "330"},
        places={
            "establishments-0-municipality": "Aalst",
            "establishments-0-name": "De Boom",
            "establishments-1-municipality": "",
            "establishments-1-name": "",
            "establishments-2-municipality": "1000",
            "establishments-2-name": "",
        },
    )
    pages = session.scalars(select(Registration)).one().pages
    assert pages["paritair-comite"] == {"joint_committees": ["330", "318.02"]}
    assert [row["name"] for row in pages["vestigingen"]["establishments"]] == ["De Boom", "Brussel"]


def test_a_name_without_a_municipality_is_half_a_row(client, fill):
    answer = fill(places=PLACES | {"establishments-1-name": "Depot"})
    assert "Vul dit veld in" in page(answer)


@pytest.mark.parametrize("key", ["committees-²", "committees-" + "9" * 5000, "committees-x-y"])
def test_a_hostile_row_number_is_no_row(client, fill, key):
    answer = fill(sector={key: "330"})
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize(
    ("typed", "message"),
    [("999", "Wij kennen dit paritair comité niet"), ("gezondheid", "Er passen er meer")],
)
def test_an_unclear_committee_names_the_choices(client, fill, typed, message):
    client.post("/registreren/organisatie", data=COMPANY)
    answer = client.post("/registreren/paritair-comite", data={"committees-0": typed})
    assert message in page(answer)
    assert f'value="{typed}"' in page(answer)


def test_a_committee_is_not_required(client, fill):
    assert fill(sector={"committees-0": ""}).location == "/registreren/account"


@pytest.mark.parametrize(
    ("account", "message"),
    [
        ({"new_password": "te kort"}, "minstens 12 tekens; het zijn er nu 7"),
        ({"new_password": "aaaaaaaaaaaaaaa"}, "te makkelijk te raden"),
        ({"new_password": "an@example.org"}, "te makkelijk te raden"),
        ({"new_password": "x" * 10_000}, "ten hoogste 200 tekens"),
        ({"new_password": "lang genoeg maar\x00"}, "onzichtbaar teken"),
        ({"email": "geen adres"}, "naam@voorbeeld.be"),
        ({"email": "a,b@example.org"}, "naam@voorbeeld.be"),
        ({"email": "a@example.org\nBcc: x@example.org"}, "onzichtbaar teken"),
        ({"email": "x" * 10_000 + "@example.org"}, "ten hoogste 254 tekens"),
        ({"name": ""}, "Vul dit veld in"),
    ],
)
def test_a_wrong_account_is_explained_and_kept(register, session, account, message):
    answer = register(**account)
    assert message in page(answer)
    kept = {"name": "An Peeters", "email": "an@example.org"} | account
    assert kept["name"] in page(answer)
    assert "een lang wachtwoord" not in page(answer)
    assert people(session) == 0


def test_a_known_address_gets_the_same_answer_and_another_mail(register, client, mailbox, session):
    new = register()
    seen = page(client.get(new.location))
    client.delete_cookie("session")
    known = register()
    assert (known.status_code, known.location) == (new.status_code, new.location)
    assert known.get_data() == new.get_data()
    assert page(client.get(known.location)) == seen
    assert people(session) == 1
    assert [mail["Subject"] for mail in mailbox.all()] == [
        "Bevestig uw e-mailadres",
        "U hebt al een account",
    ]


def test_the_address_is_one_in_every_spelling(register, client, session):
    register()
    client.delete_cookie("session")
    register(email=" AN@Example.ORG ")
    assert people(session) == 1


def test_without_confirmation_the_right_password_opens_nothing(register, client):
    register()
    right = client.post(
        "/aanmelden", data={"email": "an@example.org", "password": ACCOUNT["new_password"]}
    )
    wrong = client.post("/aanmelden", data={"email": "an@example.org", "password": "onzin"})
    assert right.status_code == 200
    assert page(right) == page(wrong)


def test_a_stranger_with_the_link_but_not_the_password_confirms_nothing(
    register, client, mailbox, session
):
    register()
    answer = client.post(mailbox.link(), data={"password": "een ander wachtwoord"})
    assert "Dit wachtwoord is niet juist" in page(answer)
    assert session.scalars(select(Person)).one().verified_at is None


def test_a_mailbox_is_not_flooded(register, client, mailbox):
    for _ in range(7):
        client.delete_cookie("session")
        assert register().location == "/kijk-in-uw-mailbox"
    assert len(mailbox.all()) == 5


def test_one_address_on_the_network_registers_twenty_times_an_hour(register, client, clock):
    for number in range(20):
        client.delete_cookie("session")
        register(email=f"p{number}@example.org")
    client.delete_cookie("session")
    answer = register(email="more@example.org")
    assert answer.status_code == 429
    assert "Wacht 60 minuten" in page(answer)
    assert "more@example.org" in page(answer)


def test_a_second_click_makes_no_second_account(client, fill, mailbox, session):
    fill()
    with client.session_transaction() as cookie:
        draft = cookie["registration"]
    client.post("/registreren/account", data=ACCOUNT)
    with client.session_transaction() as cookie:
        cookie["registration"] = draft
    assert client.post("/registreren/account", data=ACCOUNT).location == "/registreren/organisatie"
    assert people(session) == 1
    assert len(mailbox.all()) == 1


def test_the_way_back_to_the_plan_survives_the_mail(client, fill, mailbox):
    client.get("/registreren?next=/account/naam")
    fill()
    client.post("/registreren/account", data=ACCOUNT)
    answer = client.post(mailbox.link(), data={"password": ACCOUNT["new_password"]})
    assert answer.location == "/account/naam"
