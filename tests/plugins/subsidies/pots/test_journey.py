"""From a pot to a lower price, an order that holds it and a cancellation that frees it."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from marketplace.advice.models import Advice
from marketplace.db import db, writing
from marketplace.host import switch
from marketplace.jobs import services as jobs
from marketplace.orders.models import Order
from tests.factories.catalogue import offer, provider, stock
from tests.factories.requests import fill_in

PRICE, VAT = 2_400_00, 504_00
FACTS = {"joint_committees": ["330"], "legal_form": "vzw", "headcount": 85, "nace": "87.101"}


@pytest.fixture
def app(make_app):
    """Jobs wait for a worker."""
    return make_app(JOBS_ENGINE="worker")


@pytest.fixture
def house(signed_in):
    """Sign in for an employer of the care sector."""
    return lambda number: signed_in("employer", email=f"huis{number}@example.org", **FACTS)


@pytest.fixture
def coaching(app):
    """One offer of the agency that serves the first need."""
    with app.app_context():
        stock(
            offer(
                "coaching",
                nature="coaching",
                activities=["floor-coaching"],
                topics=["dutch-on-the-floor"],
                price={"kind": "fixed", "cents": PRICE},
                hours=5,
            ),
            providers=[provider()],
        )


def advised(app, browser):
    """The id of a new advice of this employer, and the line in it."""
    answer = browser.post(fill_in(browser).replace("/nakijken", "/advies"))
    public_id = answer.location.rsplit("/", 1)[1]
    with app.app_context():
        advice = db.session.scalars(select(Advice).where(Advice.public_id == public_id)).one()
        (line,) = advice.document["answer"]["bundle"]["lines"]
    return public_id, line


def order(browser, advice, line, key):
    return browser.post(
        f"/advies/{advice}/aanvragen/{line['version_id']}", data={"key": f"sleutel-{key}"}
    )


def pot_aid(line):
    return [aid["cents"] for aid in line["aid"] if aid["rule"].startswith("pot-")]


def test_a_pot_lowers_the_price_is_held_by_the_order_and_free_after_a_cancellation(
    app, house, coaching, pot, stand
):
    public_id = pot(total_cents=700_00)
    first, second = house(1), house(2)
    advice, line = advised(app, first)
    assert pot_aid(line) == [600_00]
    assert line["net_cents"] == PRICE + VAT - 600_00, "a vzw does not get the VAT back"
    page = first.get(f"/advies/{advice}").text
    assert "Pot voor de zorg" in page
    assert 'href="https://federatie.example/pot"' in page
    assert "Wat u nu moet aanvragen" not in page, "nobody asks for a pot"

    later = advised(app, second)
    assert order(first, advice, line, "een").status_code == 302
    assert stand(public_id) == (600_00, 0, 100_00)
    refused = order(second, *later, "twee")
    assert refused.status_code == 422
    assert "In de pot “Pot voor de zorg” zit minder dan bij uw advies." in refused.text
    assert stand(public_id) == (600_00, 0, 100_00)
    assert pot_aid(advised(app, second)[1]) == [100_00], "the next plan counts what is left"

    with app.app_context():
        bought = db.session.scalars(select(Order.public_id)).one()
    assert first.post(f"/bestelling/{bought}/annuleren").status_code == 302
    assert stand(public_id) == (600_00, 0, 100_00), "it waits for the worker"
    assert jobs.run_due(app) > 0
    assert stand(public_id) == (0, 0, 700_00)
    assert order(second, *later, "drie").status_code == 302
    assert stand(public_id) == (600_00, 0, 100_00)


def test_an_order_that_ended_while_the_plugin_was_off_is_settled_later(
    app, house, coaching, pot, stand
):
    public_id = pot()
    browser = house(1)
    assert order(browser, *advised(app, browser), "een").status_code == 302
    settle = partial(app.test_cli_runner().invoke, args=["pots", "settle"])
    assert settle().output == "0 orders settled\n", "an order that is placed holds its money"
    with app.app_context(), writing():
        bought = db.session.scalars(select(Order.public_id)).one()
        switch.turn("subsidies", False)
    browser.post(f"/bestelling/{bought}/annuleren")
    jobs.run_due(app)
    assert stand(public_id)[0] == 600_00
    for told in ("1 orders settled\n", "0 orders settled\n"):
        assert settle().output == told
        assert stand(public_id) == (0, 0, 1_000_00)


def test_what_is_delivered_is_used(app, house, coaching, pot, stand, consultant):
    public_id = pot()
    browser = house(1)
    assert order(browser, *advised(app, browser), "een").status_code == 302
    with app.app_context():
        bought = db.session.scalars(select(Order.public_id)).one()
    for act in ("bevestigen", "uitgevoerd"):
        assert consultant.post(f"/balie/bestellingen/{bought}/{act}").status_code == 302
    jobs.run_due(app)
    assert stand(public_id) == (0, 600_00, 400_00)


def test_the_same_order_twice_holds_once_and_a_failed_one_nothing(app, house, coaching, pot, stand):
    public_id = pot(total_cents=2_000_00)
    browser = house(1)
    advice, line = advised(app, browser)
    assert order(browser, advice, line, "een").status_code == 302
    assert order(browser, advice, line, "een").status_code == 302
    assert order(browser, advice, line, "twee").status_code == 422, "the line is ordered already"
    assert stand(public_id) == (600_00, 0, 1_400_00)


def test_an_employer_at_the_cap_gets_no_more_and_another_still_does(app, house, coaching, pot):
    pot(total_cents=2_000_00, employer_cap_cents=600_00)
    browser, other = house(1), house(2)
    assert order(browser, *advised(app, browser), "een").status_code == 302
    assert pot_aid(advised(app, browser)[1]) == []
    assert pot_aid(advised(app, other)[1]) == [600_00]


def test_all_pots_are_read_in_one_query(app, house, coaching, pot, count_queries):
    def asked(browser):
        with count_queries() as queries:
            advised(app, browser)
        return [one for one in queries if "FROM x_subsidies_pots" in one]

    browser = house(1)
    pot()
    assert len(asked(browser)) == 1
    for _number in range(5):
        pot()
    assert len(asked(browser)) == 1


def test_a_pot_that_is_over_is_not_read(app, house, coaching, pot):
    pot(first_day=date(2026, 1, 1), last_day=date(2026, 11, 22))
    assert pot_aid(advised(app, house(1))[1]) == []
