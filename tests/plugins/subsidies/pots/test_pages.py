"""The pages of pots: who may come in, what is kept, what is told when it cannot be."""

import re
from html import unescape

import pytest

from marketplace.audit.models import AuditEntry
from marketplace.db import db
from plugins.subsidies.pots import ledger
from plugins.subsidies.pots.models import Pot
from tests.factories import pots as make
from tests.factories.catalogue import offer, stock
from tests.web.foundation.test_markup import CORPUS, Live

LIST, NEW = "/x/subsidies/potten", "/x/subsidies/potten/nieuw"
KEY = "een-sleutel-van-de-pagina"
TYPED = {
    "title": "Pot voor de zorg",
    "page": "https://federatie.example/pot",
    "kind": "per_participant",
    "amount_cents": "50",
    "total_cents": "1.000",
    "first_day": "2027-01-01",
    "last_day": "31/12/2027",
    "joint_committees": "PC 330\n318.02",
    "offers": "",
    "stack_order": "20",
    "key": KEY,
}


def words(text):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def error(text, field):
    found = re.search(rf'id="{field}-error">(.*?)</div>', text, re.DOTALL)
    return words(found[1]) if found else None


def pots(app):
    with app.app_context():
        return db.session.scalars(db.select(Pot).order_by(Pot.id)).all()


@pytest.fixture
def own(federation):
    """The address of a pot of the federation that is signed in."""
    return federation.post(NEW, data=TYPED).location


def edit(browser, url, **changes):
    page = browser.get(f"{url}/wijzigen").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    return browser.post(f"{url}/wijzigen", data=TYPED | {"version": version} | changes)


# ---- who may come in ----


@pytest.mark.parametrize(
    "path", ["", "/nieuw", "/alle", "/x", "/x/wijzigen", "/x/sluiten", "/alle/x"]
)
def test_a_visitor_is_asked_to_sign_in(client, path):
    assert "/aanmelden" in client.get(LIST + path).location


@pytest.mark.parametrize("role", ["employer", "partner", "administrator"])
def test_others_stay_out(signed_in, own, role):
    browser, public_id = signed_in(role, email="andere@example.org"), own.rsplit("/", 1)[1]
    for path in (
        "",
        "/nieuw",
        "/alle",
        f"/{public_id}",
        f"/{public_id}/wijzigen",
        f"/alle/{public_id}",
    ):
        assert browser.get(LIST + path).status_code == 403
    for path in ("/nieuw", f"/{public_id}/wijzigen", f"/{public_id}/sluiten"):
        assert browser.post(LIST + path, data=TYPED).status_code == 403
    assert "/potten" not in browser.get("/aanbod").text


def test_another_federation_finds_nothing(signed_in, own, app):
    other = signed_in("federation", email="andere@example.org", slug="andere")
    assert "Pot voor de zorg" not in other.get(LIST).text
    for path in (own, f"{own}/wijzigen", f"{own}/sluiten", f"{LIST}/bestaat-niet"):
        assert other.get(path).status_code == 404
    for path in (f"{own}/wijzigen", f"{own}/sluiten"):
        assert other.post(path, data=TYPED | {"version": "1"}).status_code == 404
    assert other.get(LIST + "/alle").status_code == 403
    assert pots(app)[0].closed is None
    assert other.post(NEW, data=TYPED).status_code == 422, "the key is that of somebody else"


def test_a_consultant_sees_all_pots_and_changes_none(consultant, own):
    look = own.replace("/potten/", "/potten/alle/")
    page = consultant.get(LIST + "/alle").text
    assert look in page
    assert "Zorgfederatie Voorbeeld" in page
    assert "/nieuw" not in page
    page = consultant.get(look).text
    assert "/wijzigen" not in page
    assert "/sluiten" not in page
    assert consultant.get(LIST + "/alle/bestaat-niet").status_code == 404
    assert consultant.get(own).status_code == 403
    assert consultant.post(f"{own}/sluiten").status_code == 403


def test_the_menu_leads_to_the_pots(federation, consultant):
    assert f'href="{LIST}"' in federation.get("/aanbod").text
    assert f'href="{LIST}/alle"' in consultant.get("/aanbod").text


# ---- make, change, close ----


def test_a_pot_is_opened_once_however_often_the_page_is_sent(federation, app):
    first = federation.post(NEW, data=TYPED)
    assert federation.post(NEW, data=TYPED).location == first.location
    (pot,) = pots(app)
    assert (pot.total_cents, pot.amount_cents, pot.joint_committees) == (
        1_000_00,
        50_00,
        ["330", "318.02"],
    )
    page = words(federation.get(first.location).text)
    for text in (
        "Totaal 1.000 euro",
        "Vastgehouden 0 euro",
        "Gebruikt 0 euro",
        "Nog vrij 1.000 euro",
    ):
        assert text in page
    assert "50 euro per deelnemer." in page
    assert "van 1 januari 2027 tot en met 31 december 2027" in page
    assert "Pot voor de zorg open 1.000 euro" in words(federation.get(LIST).text)


def test_the_form_is_filled_with_what_is_kept(federation, app):
    with app.app_context():
        stock(offer("klare-taal"))
    half = {
        "kind": "percentage",
        "percent": "50",
        "training_cap_cents": "400",
        "offers": "klare-taal",
    }
    url = federation.post(NEW, data=TYPED | half).location
    assert "50 % van wat nog te betalen is. Ten hoogste 400 euro per opleiding." in words(
        federation.get(url).text
    )
    assert "Klare taal" in federation.get(url).text, "an offer is named by its title"
    assert edit(federation, url, **half, total_cents="2000").status_code == 302
    (pot,) = pots(app)
    assert (pot.amount_cents, pot.percent, pot.total_cents, pot.version) == (None, 50, 2_000_00, 2)
    with app.app_context():
        assert ledger.differences() == []


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"title": " "}, "title", "Vul dit veld in."),
        ({"page": "javascript:alert(1)"}, "page", "https://"),
        ({"page": "https://a@b.example"}, "page", "https://"),
        ({"kind": "gratis"}, "kind", "Kies een antwoord"),
        ({"amount_cents": ""}, "amount_cents", "Vul dit in"),
        ({"amount_cents": "0"}, "amount_cents", "boven 0"),
        ({"amount_cents": "veel"}, "amount_cents", "Typ een bedrag"),
        ({"kind": "percentage"}, "percent", "Vul dit in"),
        ({"kind": "percentage", "percent": "101"}, "percent", "1 tot 100"),
        ({"total_cents": "0"}, "total_cents", "boven 0"),
        ({"total_cents": "-5"}, "total_cents", "Typ een bedrag"),
        ({"employer_cap_cents": "0"}, "employer_cap_cents", "boven 0"),
        ({"training_cap_cents": "0"}, "training_cap_cents", "boven 0"),
        ({"last_day": "2026-12-31"}, "last_day", "eerste dag"),
        ({"first_day": "31/2/2027"}, "first_day", "Typ een datum"),
        ({"joint_committees": "330\n999"}, "joint_committees", "999"),
        ({"offers": "bestaat-niet"}, "offers", "bestaat-niet"),
        ({"offers": "\n".join(map(str, range(101)))}, "offers", "100"),
        ({"stack_order": "1000"}, "stack_order", "0 tot 100"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field_and_kept(federation, app, changes, field, told):
    answer = federation.post(NEW, data=TYPED | changes)
    assert answer.status_code == 422
    assert told in error(answer.text, field)
    assert "Pot voor de zorg" in answer.text or "title" in changes
    assert pots(app) == []


@pytest.mark.parametrize("key", ["", "kort", "x" * 65, "met spatie erin", "nul\x00teken erin"])
def test_a_key_that_no_page_gave_is_refused(federation, app, key):
    answer = federation.post(NEW, data=TYPED | {"key": key})
    assert answer.status_code == 422
    assert "Laad de pagina opnieuw" in answer.text
    assert pots(app) == []


@pytest.mark.parametrize("field", [*TYPED, "percent", "employer_cap_cents", "version"])
def test_hostile_text_in_any_field_is_text(federation, field):
    for number, text in enumerate([*CORPUS, "a\x00b", "\ud800", "é" * 20_000]):
        typed = {field: text.encode("utf-8", "surrogatepass")}
        answer = federation.post(NEW, data=TYPED | {"key": f"{KEY}-{number}"} | typed)
        assert answer.status_code in {302, 422}, text
        pages = [answer.text, federation.get(LIST).text]
        if url := answer.location:
            pages += [federation.get(url + more).text for more in ("", "/wijzigen", "/sluiten")]
            assert edit(federation, url, **typed).status_code in {302, 422}, text
        for page in pages:
            live = Live()
            live.feed(page)
            assert live.acts == [], text


def test_of_two_people_who_change_a_pot_the_second_is_told(federation, own, app):
    page = federation.get(f"{own}/wijzigen").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    assert edit(federation, own, total_cents="1500").status_code == 302
    late = federation.post(
        f"{own}/wijzigen", data=TYPED | {"version": version, "total_cents": "99"}
    )
    assert late.status_code == 422
    assert "Iemand anders wijzigde deze pot intussen" in late.text
    assert 'value="99"' in late.text
    assert [pot.total_cents for pot in pots(app)] == [1_500_00]


@pytest.mark.parametrize("version", ["", "0", "-1", "één", "99999999999999999999"])
def test_a_made_up_version_changes_nothing(federation, own, app, version):
    data = TYPED | {"version": version, "total_cents": "99"}
    assert federation.post(f"{own}/wijzigen", data=data).status_code == 422
    assert [pot.total_cents for pot in pots(app)] == [1_000_00]


def test_the_total_never_goes_below_what_is_taken(federation, own, written, app):
    public_id = own.rsplit("/", 1)[1]
    written(lambda _session: make.reserve("o1", "e1", make.aid(public_id, 300_00)))
    answer = edit(federation, own, total_cents="299,99")
    assert answer.status_code == 422
    assert "300 euro" in error(answer.text, "total_cents")
    assert edit(federation, own, total_cents="300").status_code == 302
    assert "leeg" in federation.get(LIST).text
    with app.app_context():
        assert ledger.differences() == []


def test_a_closed_pot_stays_as_it_is(federation, own, app):
    assert "Deze pot sluiten?" in federation.get(f"{own}/sluiten").text
    assert pots(app)[0].closed is None, "asking is not closing"
    for _time in range(2):
        assert federation.post(f"{own}/sluiten").status_code == 302
    page = federation.get(own).text
    assert "Deze pot is gesloten sinds 23 november 2026" in page
    assert "/wijzigen" not in page
    answer = edit(federation, own, total_cents="5000")
    assert answer.status_code == 422
    assert "gesloten" in answer.text
    with app.app_context():
        actions = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.number)).all()
    assert [one for one in actions if one.startswith("pot.")] == ["pot.created", "pot.closed"]


def test_a_list_asks_the_same_few_things_however_long_it_is(federation, consultant, count_queries):
    def figures(browser, url):
        with count_queries() as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    federation.post(NEW, data=TYPED)
    pages = [(federation, LIST), (consultant, LIST + "/alle")]
    for page in pages:
        figures(*page)
    few = [figures(*page) for page in pages]
    for number in range(8):
        federation.post(NEW, data=TYPED | {"key": f"{KEY}-{number}"})
    assert [figures(*page) for page in pages] == few
    assert max(few) <= 6
