"""Orders at the desk: confirm, deliver, cancel; referrals to be read."""

from pathlib import Path

import pytest
from sqlalchemy import select

from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import OfferVersion
from marketplace.db import db, writing
from marketplace.errors import DomainError
from marketplace.orders import services as orders
from marketplace.orders.models import Order
from tests.factories import catalogue as shop
from tests.factories import dossiers as make
from tests.web.desk.conftest import of


@pytest.fixture
def order(case):
    return f"/balie/bestellingen/{case['order']}"


def status(app):
    with app.app_context():
        row = db.session.scalars(select(Order)).one()
        return row.status, row.live


def test_the_lists_say_what_they_are_for(consultant):
    assert "Er is nog niets besteld" in consultant.get("/balie/bestellingen").text
    assert "Er is nog niemand doorverwezen" in consultant.get("/balie/doorverwijzingen").text


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("bestellingen", 1),
        ("bestellingen?stand=placed", 1),
        ("bestellingen?stand=cancelled", 0),
        ("bestellingen?stand=sent", 1),
        ("doorverwijzingen?stand=sent", 1),
        ("doorverwijzingen?stand=closed", 0),
    ],
)
def test_the_status_is_a_filter(consultant, case, path, count):
    page = consultant.get(f"/balie/{path}").text
    assert page.count("Taalcoaching op de werkvloer") == count


def test_an_order_shows_who_to_call_and_what_to_do(consultant, order, home):
    page = consultant.get(order).text
    for text in ("Wacht op uw bevestiging", "Den Boomgaard", "1.150 euro", home.email, "12"):
        assert text in page
    assert "Ja, uitgevoerd" not in page


def test_confirm_then_deliver(app, consultant, order, actions, home):
    page = consultant.post(f"{order}/bevestigen", follow_redirects=True).text
    assert "De bestelling is bevestigd." in page
    assert status(app) == ("confirmed", 1)
    page = consultant.post(f"{order}/uitgevoerd", follow_redirects=True).text
    assert "De bestelling is uitgevoerd." in page
    assert status(app) == ("delivered", 1)
    assert "<form" not in page[page.index("<main") : page.index("</main>")]
    assert actions().count("status.changed") == 2


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ("placed", "uitgevoerd"),
        ("confirmed", "bevestigen"),
        ("delivered", "annuleren"),
        ("cancelled", "bevestigen"),
    ],
)
def test_what_the_table_does_not_allow_is_refused(app, written, consultant, order, before, act):
    written(lambda session: setattr(session.scalars(select(Order)).one(), "status", before))
    page = consultant.post(f"{order}/{act}", follow_redirects=True).text
    assert "Dit kan nu niet meer" in page
    assert status(app)[0] == before


def test_the_employer_is_told(app, consultant, order, home):
    consultant.post(f"{order}/bevestigen")
    folder = app.config["MAIL_URL"].removeprefix("folder:")
    (mail,) = Path(folder).glob("*.eml")
    text = mail.read_text("utf-8")
    assert f"To: {home.email}" in text
    assert "bevestigd" in text


def test_cancelling_gives_the_places_back(app, session, written, home, consultant):
    shop.stock(shop.offer("klare-taal", capacity=9))
    version = session.scalars(select(OfferVersion)).one().public_id
    session.rollback()

    def act(session):
        given = make.advice(session, make.request(session, of(session, home), "ordered"))
        assert catalogue.reserve(version, 4)
        return make.order(session, given, version_id=version, participants=4).public_id

    url = f"/balie/bestellingen/{written(act)}"
    page = consultant.post(f"{url}/annuleren", follow_redirects=True).text
    assert "De bestelling is geannuleerd." in page
    assert status(app) == ("cancelled", None)
    left = catalogue.offer_page("klare-taal").left
    session.rollback()
    assert left == 9
    consultant.post(f"{url}/annuleren")
    assert catalogue.offer_page("klare-taal").left == 9


def test_a_referral_is_read_with_its_note(consultant, case):
    page = consultant.get(f"/balie/doorverwijzingen/{case['referral']}").text
    assert "Wij vragen uw aanbod aan." in page
    assert "An, 053 00 00 00" in page


def test_an_account_that_is_gone_harms_nothing(app, written, home, consultant, case, order):
    def act(session):
        session.scalars(select(Order)).one().placed_by = "weg"

    written(act)
    assert "Dit account bestaat niet meer" in consultant.get(order).text
    consultant.post(f"{order}/bevestigen")
    assert status(app)[0] == "confirmed"


@pytest.mark.parametrize("path", ["bestellingen/weg", "doorverwijzingen/weg"])
def test_absent_is_404(consultant, case, path):
    assert consultant.get(f"/balie/{path}").status_code == 404


@pytest.mark.parametrize("act", ["bevestigen", "uitgevoerd", "annuleren"])
def test_changing_what_is_absent_is_404(consultant, act):
    assert consultant.post(f"/balie/bestellingen/weg/{act}").status_code == 404


def test_an_order_is_not_found_under_the_referrals(consultant, case):
    assert consultant.get(f"/balie/doorverwijzingen/{case['order']}").status_code == 404


def test_reading_an_order_is_noted(consultant, case, order, actions):
    consultant.get(order)
    consultant.get(f"/balie/doorverwijzingen/{case['referral']}")
    assert {"order.viewed", "referral.viewed"} <= set(actions())


def test_of_two_windows_only_the_first_changes_an_order(app, written, case):
    with app.app_context():
        stale = orders.find_order(case["order"])
        db.session.expunge_all()
        db.session.remove()
    written(lambda session: setattr(session.scalars(select(Order)).one(), "status", "cancelled"))
    with app.test_request_context(), writing():
        with pytest.raises(DomainError, match="intussen"):
            orders.confirm_order(stale)
        db.session.rollback()
    assert status(app)[0] == "cancelled"
