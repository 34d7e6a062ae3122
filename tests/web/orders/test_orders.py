"""Order from the agency, be referred to a partner: once, kept, and undone when asked."""

import pytest
from sqlalchemy import func, select, update

from marketplace.accounts.models import Person
from marketplace.advice.models import Advice
from marketplace.audit.models import AuditEntry
from marketplace.audit.services import verify
from marketplace.catalogue.models import Capacity, Offer
from marketplace.catalogue.services import retire
from marketplace.db import db, writing
from marketplace.orders.models import Order, Referral
from tests.factories.orders import NOTE, agree, key_of, mails, page_of
from tests.factories.requests import filled


@pytest.fixture
def advised(market, employer):
    """The public id of the employer's advice: one agency line and one partner line."""
    check = filled(employer)
    return employer.post(check.replace("/nakijken", "/advies")).location.rsplit("/", 1)[1]


def count(app, kind):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(kind))


def make_scarce(app, version_id, left):
    with app.app_context(), writing():
        offer = db.session.scalars(select(Offer).where(Offer.slug == slug_of(version_id))).one()
        db.session.merge(Capacity(offer_id=offer.id, total=50, left=left))
        db.session.commit()


def slug_of(version_id):
    from marketplace.catalogue.services import offers_by_version

    return offers_by_version([version_id])[version_id].slug


def left(app, version_id):
    with app.app_context():
        offer = select(Offer.id).where(Offer.slug == slug_of(version_id)).scalar_subquery()
        return db.session.scalar(select(Capacity.left).where(Capacity.offer_id == offer))


def test_a_visitor_is_asked_to_sign_in_and_comes_back(market, client, advised):
    url = page_of(market, advised, "agency")
    answer = client.get(url)
    assert answer.location.startswith("/aanmelden?next=/advies/")


def test_an_order_takes_places_and_is_confirmed_by_mail(market, employer, advised):
    url = page_of(market, advised, "agency")
    version_id = url.rsplit("/", 1)[1]
    make_scarce(market, version_id, 50)
    assert "Controleer uw bestelling" in employer.get(url).text
    answer = agree(employer, url)
    page = employer.get(answer.location).text
    assert "Uw bestelling is geplaatst" in page
    with market.app_context():
        order = db.session.scalars(select(Order)).one()
        assert left(market, version_id) == 50 - order.participants
        assert verify() is None
        actions = set(db.session.scalars(select(AuditEntry.action)))
    assert "order.placed" in actions
    [mail] = [mail for mail in mails(market) if "Uw bestelling" in mail]
    assert "text/plain" in mail
    assert "text/html" in mail


def test_the_same_post_twice_is_one_order(market, employer, advised):
    url = page_of(market, advised, "agency")
    key = key_of(employer.get(url).text)
    first = employer.post(url, data={"key": key})
    second = employer.post(url, data={"key": key})
    assert first.location == second.location
    assert count(market, Order) == 1
    assert len([mail for mail in mails(market) if "Uw bestelling" in mail]) == 1


def test_the_same_line_from_two_pages_is_one_order(market, employer, advised):
    url = page_of(market, advised, "agency")
    one, two = key_of(employer.get(url).text), key_of(employer.get(url).text)
    employer.post(url, data={"key": one})
    answer = employer.post(url, data={"key": two})
    assert "U vroeg dit al aan" in answer.text
    assert count(market, Order) == 1


@pytest.mark.parametrize("key", ["", "kort", "x" * 10_000, "met-een\x00nul"])
def test_a_forged_key_is_refused(market, employer, advised, key):
    url = page_of(market, advised, "agency")
    assert employer.post(url, data={"key": key}).status_code == 422
    assert count(market, Order) == 0


def test_a_key_cannot_be_used_for_another_line(market, employer, advised):
    agency, partner = (page_of(market, advised, owner) for owner in ("agency", "partner"))
    key = key_of(employer.get(agency).text)
    employer.post(agency, data={"key": key})
    again = filled(employer)
    other = employer.post(again.replace("/nakijken", "/advies")).location.rsplit("/", 1)[1]
    answer = employer.post(page_of(market, other, "agency"), data={"key": key})
    assert answer.status_code == 422
    assert "al gebruikt voor iets anders" in answer.text
    assert partner


def test_a_key_cannot_be_used_for_another_note(market, employer, advised):
    url = page_of(market, advised, "partner")
    key = key_of(employer.get(url).text)
    first = employer.post(url, data={"key": key, **NOTE})
    assert employer.post(url, data={"key": key, **NOTE}).location == first.location
    other = employer.post(url, data={"key": key, **NOTE, "note": "Iets heel anders."})
    assert other.status_code == 422
    assert count(market, Referral) == 1


def test_a_post_whose_twin_is_still_being_answered_is_told_so(market, employer, advised):
    url = page_of(market, advised, "agency")
    key = key_of(employer.get(url).text)
    with market.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("on SQLite writers stand in line")
        with db.engine.connect() as twin:
            number = func.hashtextextended(key, 0)
            twin.execute(select(func.pg_advisory_xact_lock(number)))
            answer = employer.post(url, data={"key": key})
    assert answer.status_code == 409
    assert "Uw vorige klik wordt nog verwerkt" in answer.text
    assert count(market, Order) == 0
    assert employer.post(url, data={"key": key}).status_code == 302, "and may try again"


def test_too_few_places_are_said_and_nothing_is_stored(market, employer, advised):
    url = page_of(market, advised, "agency")
    make_scarce(market, url.rsplit("/", 1)[1], 1)
    answer = agree(employer, url)
    assert answer.status_code == 422
    assert "te weinig plaatsen" in answer.text
    assert count(market, Order) == 0


def test_an_offer_that_was_withdrawn_cannot_be_ordered(market, employer, advised):
    url = page_of(market, advised, "agency")
    with market.app_context(), writing():
        retire(slug_of(url.rsplit("/", 1)[1]))
        db.session.commit()
    answer = agree(employer, url)
    assert answer.status_code == 422
    assert "Dit aanbod is intussen veranderd" in answer.text
    assert count(market, Order) == 0


def test_who_did_not_confirm_an_address_cannot_order(market, employer, advised):
    with market.app_context(), writing():
        db.session.execute(update(Person).values(verified_at=None))
        db.session.commit()
    answer = agree(employer, page_of(market, advised, "agency"))
    assert answer.status_code == 422
    assert "Bevestig eerst uw e-mailadres" in answer.text


def test_cancelling_gives_the_places_back_once(market, employer, advised):
    url = page_of(market, advised, "agency")
    version_id = url.rsplit("/", 1)[1]
    make_scarce(market, version_id, 50)
    order = agree(employer, url).location
    for _post in range(2):
        employer.post(f"{order}/annuleren")
    assert left(market, version_id) == 50
    assert "geannuleerd" in employer.get(order).text
    assert agree(employer, url).status_code == 302, "after cancelling one may order again"


def test_a_referral_carries_the_note_that_the_employer_read(market, employer, advised):
    url = page_of(market, advised, "partner")
    page = employer.get(url).text
    assert "Wij vragen uw aanbod" in page
    assert "12 medewerkers" in page
    answer = agree(employer, url, **NOTE)
    page = employer.get(answer.location).text
    assert NOTE["note"] in page
    assert "Uw aanvraag is bij de partner" in page
    assert count(market, Referral) == 1
    employer.post(f"{answer.location}/intrekken")
    assert "U trok deze aanvraag in" in employer.get(answer.location).text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("note", "", "Vul dit veld in"),
        ("note", "x" * 10_000, "ten hoogste 4000 tekens"),
        ("contact", "a\x00b", "onzichtbaar teken"),
        ("contact", "x" * 10_000, "ten hoogste 200 tekens"),
    ],
)
def test_a_bad_note_is_refused_and_the_rest_is_kept(market, employer, advised, field, value, told):
    url = page_of(market, advised, "partner")
    answer = agree(employer, url, **(NOTE | {field: value}))
    other = "contact" if field == "note" else "note"
    assert answer.status_code == 422
    assert told in answer.text
    assert NOTE[other] in answer.text
    assert count(market, Referral) == 0


def test_a_line_can_only_be_agreed_in_its_own_way(market, employer, advised):
    with market.app_context():
        advice = db.session.scalars(select(Advice)).one()
        assert {line["owner"] for line in advice.document["answer"]["bundle"]["lines"]} == {
            "agency",
            "partner",
        }
    assert employer.get(f"/advies/{advised}/aanvragen/bestaat-niet").status_code == 404


def test_orders_of_others_do_not_exist(market, employer, advised, signed_in):
    order = agree(employer, page_of(market, advised, "agency")).location
    stranger = signed_in("employer", email="ander@example.org")
    for url in (order, page_of(market, advised, "agency")):
        assert stranger.get(url).status_code == 404
    assert stranger.post(f"{order}/annuleren").status_code == 404
    assert market.test_client().get(order).status_code == 302
    assert signed_in("partner").get(order).status_code == 403


def test_the_list_shows_what_was_agreed(market, employer, advised):
    assert "U bestelde nog niets" in employer.get("/bestellingen").text
    agree(employer, page_of(market, advised, "agency"))
    agree(employer, page_of(market, advised, "partner"), **NOTE)
    page = employer.get("/bestellingen").text
    assert "besteld" in page
    assert "bij de partner" in page
