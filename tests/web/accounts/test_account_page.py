"""The account page: own data, own organisation, and nobody else's."""

import json

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Establishment, Organisation, Person
from marketplace.audit import services as audit
from marketplace.audit.models import AuditEntry
from tests.web.accounts.conftest import COMPANY


def page(response):
    return response.get_data(as_text=True)


def places(session, browser):
    session.rollback()
    query = select(Establishment).join(Organisation)
    return session.scalars(query.where(Organisation.public_id == browser.organisation_id)).all()


def test_an_employer_sees_what_we_know(employer):
    seen = page(employer.get("/account"))
    for text in ("Den Boomgaard", "0403.019.261", "85", "330 – PC voor", "87.101", "Aalst"):
        assert text in seen


def test_the_organisation_is_changed_and_the_log_says_how(employer, session):
    data = COMPANY | {"headcount": "90", "turnover_eur": "2.500.000", "nace": "87101"}
    assert employer.post("/account/organisatie", data=data).location == "/account"
    place = session.scalars(select(Organisation)).one()
    assert (place.headcount, place.turnover_eur, place.nace) == (90, 2_500_000, "87.101")
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "organisation.changed")
    ).one()
    assert entry.actor == f"person:{employer.person_id}"
    assert (entry.old["headcount"], entry.new["headcount"]) == (85, 90)
    assert "name" not in entry.new
    assert audit.verify() is None


def test_a_form_sets_only_its_own_columns(employer, session):
    extra = {"kind": "agency", "slug": "agii", "public_id": "x", "id": "7", "created_at": "x"}
    employer.post("/account/organisatie", data=COMPANY | extra)
    place = session.scalars(select(Organisation)).one()
    assert (place.kind, place.slug, place.public_id) == ("employer", None, employer.organisation_id)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("enterprise_number", "0403019262", "er staat een cijfer fout"),
        ("turnover_eur", "veel", "Typ een heel getal"),
        ("turnover_eur", "9" * 40, "Typ een heel getal"),
        ("nace", "99.999", "Wij kennen deze NACE-code niet"),
        ("nace", "8" * 10_000, "ten hoogste 10 tekens"),
        ("headcount", "0", "Typ een getal van 1"),
        ("legal_form", "bvba2", "Kies een antwoord"),
        ("vat_recoverable", "misschien", None),
        ("name", "", "Vul dit veld in"),
    ],
)
def test_a_wrong_figure_is_explained_and_kept(employer, field, value, message):
    answer = employer.post("/account/organisatie", data=COMPANY | {field: value})
    assert answer.status_code == 200
    assert "Kijk deze punten na" in page(answer)
    assert (message or "") in page(answer)
    assert "BE 0403.019.261" in page(answer) or field == "enterprise_number"


def test_committees_are_changed(employer, session):
    data = {"committees-0": "318.02", "committees-1": ""}
    assert employer.post("/account/paritair-comite", data=data).location == "/account"
    assert session.scalars(select(Organisation)).one().joint_committees == ["318.02"]


def test_places_of_work_are_added_changed_and_removed(employer, session):
    employer.post("/account/vestigingen/nieuw", data={"municipality": "gent", "name": "Depot"})
    second = places(session, employer)[1]
    assert (second.name, second.refnis) == ("Depot", "44021")
    url = f"/account/vestigingen/{second.public_id}"
    assert 'value="Depot"' in page(employer.get(url))
    employer.post(url, data={"municipality": "Gent", "name": ""})
    assert [place.name for place in places(session, employer)] == ["Aalst", "Gent"]
    employer.post(f"{url}/weg")
    assert [place.name for place in places(session, employer)] == ["Aalst"]


def test_the_last_place_of_work_stays(employer, session):
    (only,) = places(session, employer)
    answer = employer.post(f"/account/vestigingen/{only.public_id}/weg", follow_redirects=True)
    assert "uw enige vestiging" in page(answer)
    assert len(places(session, employer)) == 1


def test_a_foreign_place_of_work_does_not_exist(employer, signed_in, session):
    other = signed_in("employer", email="ander@example.org")
    (foreign,) = places(session, other)
    for public_id in (foreign.public_id, "bestaat-niet", "x" * 500, "%00", str(foreign.id)):
        url = f"/account/vestigingen/{public_id}"
        session.rollback()
        assert employer.get(url).status_code == 404
        assert employer.post(url, data={"municipality": "Gent"}).status_code == 404
        assert employer.post(f"{url}/weg").status_code == 404
    assert places(session, other)[0].name == "Aalst"


def test_a_name_is_changed_without_a_trace_of_it_in_the_log(employer, session):
    assert employer.post("/account/naam", data={"name": "Jan Janssens"}).location == "/account"
    assert session.scalars(select(Person)).one().name == "Jan Janssens"
    for entry in session.scalars(select(AuditEntry)):
        assert "Jan" not in f"{entry.old} {entry.new}"


@pytest.mark.parametrize("name", ["", "x" * 10_000, "a\x00b", "\x1b[31m"])
def test_a_bad_name_is_refused(employer, session, name):
    assert employer.post("/account/naam", data={"name": name}).status_code == 200
    assert session.scalars(select(Person)).one().name == "Test employer"


def test_a_name_is_shown_as_text(employer):
    employer.post("/account/naam", data={"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in page(employer.get("/account"))


def test_somebody_downloads_what_we_hold(employer):
    answer = employer.get("/account/mijn-gegevens.json")
    facts = json.loads(answer.get_data(as_text=True))
    assert facts["person"]["email"] == "employer@example.org"
    assert facts["memberships"][0]["organisation"] == "Woonzorgcentrum Den Boomgaard"
    assert "argon2" not in answer.get_data(as_text=True)


def test_every_role_has_an_account_page(consultant, partner, federation, administrator):
    for browser in (consultant, partner, federation, administrator):
        assert browser.get("/account").status_code == 200


def test_an_employer_may_know_little(signed_in):
    assert signed_in("employer").get("/account").status_code == 200
    assert (
        signed_in("employer", email="b@example.org").get("/account/organisatie").status_code == 200
    )
