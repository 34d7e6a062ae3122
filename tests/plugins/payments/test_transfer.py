"""Paying by transfer: what is on the page is what a bank can read."""

import re

import pytest
from sqlalchemy import select
from stdnum.be import ogm_vcs

from marketplace.db import db, writing
from marketplace.host import settings
from marketplace.jobs import services as jobs
from plugins.invoicing.models import Entry
from plugins.invoicing.statements import intake
from plugins.payments import transfer
from plugins.payments.models import Attempt
from tests.plugins.invoicing.bank_files import camt
from tests.plugins.payments.conftest import DUE, choose, page_of

IBAN = "BE43068999999501"


@pytest.fixture
def account(app):
    """An account to pay to."""
    with app.app_context(), writing():
        settings.save("payments", {"account_name": "AgII & Co", "iban": IBAN})


def test_without_an_account_nobody_is_sent_anywhere(employer, order):
    page = page_of(employer, order)
    assert "U kunt hier nog niet betalen" in page
    assert "Zo kunt u nu niet betalen" in choose(employer, order, "banktransfer")


def test_the_page_says_what_to_pay_how_and_until_when(
    employer, order, account, tell, clock, payment_of
):
    assert "na de bevestiging" in page_of(employer, order)
    tell("order.confirmed", order)
    page = choose(employer, order, "banktransfer")
    communication = transfer.shown(payment_of(order).communication)
    for text in ("2.904 euro", "504 euro", "23 december 2026", "BE43 0689 9999 9501"):
        assert text in page
    assert communication in page
    assert "AgII &amp; Co" in page
    assert re.search(r"<svg [^>]*>", page)
    assert payment_of(order).state == "pending"


def test_choosing_twice_is_choosing_once(employer, order, account, app):
    for _twice in range(2):
        assert "Mededeling" in choose(employer, order, "banktransfer")
    with app.app_context():
        assert db.session.query(Attempt).count() == 1


@pytest.mark.parametrize("number", [1, 42, 97, 96, 999_999_999])
def test_every_communication_is_valid_and_shown_as_banks_show_it(number):
    made = transfer.communication_of(number)
    assert ogm_vcs.is_valid(made)
    assert re.fullmatch(r"\+\+\+9\d\d/\d{4}/\d{5}\+\+\+", transfer.shown(made))


def test_check_digits_that_would_be_zero_are_97():
    number = next(n for n in range(1, 98) if int(f"9{n:09d}") % 97 == 0)
    assert transfer.communication_of(number).endswith("97")


def test_control_a_wrong_digit_is_not_valid():
    made = transfer.communication_of(42)
    assert not ogm_vcs.is_valid(made[:-1] + str((int(made[-1]) + 1) % 10))


def test_the_example_account_is_only_used_in_the_demo_and_says_so(make_app):
    for environment, found in (("demo", True), ("development", False), ("production", False)):
        app = make_app(ENVIRONMENT=environment)
        with app.app_context():
            to = transfer.account()
            assert (to is not None and to.example) is found


def test_money_on_a_statement_pays_the_order_once(employer, order, account, tell, payment_of):
    choose(employer, order, "banktransfer")
    for _twice in range(2):
        tell("money.received", order, reference="2026-11-30/7", amount_cents=DUE)
    assert payment_of(order).state == "paid"
    assert payment_of(order).paid_cents == DUE
    assert "Wij hebben uw betaling ontvangen" in page_of(employer, order)


@pytest.fixture
def statement(app):
    """Take in a statement of one line; gives what became of the line."""

    def read(said, account=IBAN, cents=DUE):
        with app.app_context(), writing():
            intake.take(camt([(cents, said, "Den Boomgaard")], account=account))
            db.session.commit()
        jobs.run_due(app)
        with app.app_context():
            return db.session.scalars(select(Entry.state)).one()

    return read


def test_of_a_statement_with_our_communication_nobody_has_to_look(
    employer, order, account, statement, payment_of
):
    choose(employer, order, "banktransfer")
    said = transfer.shown(payment_of(order).communication)
    for _twice in range(2):
        assert statement(said) == "elsewhere"
    assert payment_of(order).state == "paid"
    assert payment_of(order).paid_cents == DUE


@pytest.mark.parametrize("said", ["+++900/0000/00196+++", "bedankt"])
def test_money_of_which_nobody_knows_waits_for_a_person(
    employer, order, account, statement, payment_of, said
):
    choose(employer, order, "banktransfer")
    assert statement(said) == "waiting"
    assert payment_of(order).state == "pending"


def test_our_communication_on_another_account_waits_for_a_person(
    employer, order, account, statement, payment_of
):
    choose(employer, order, "banktransfer")
    said = transfer.shown(payment_of(order).communication)
    assert statement(said, account="BE68539007547034") == "waiting"
    assert payment_of(order).state == "pending"


@pytest.mark.parametrize("cents", [0, -DUE])
def test_money_that_does_not_come_in_pays_nothing(
    employer, order, account, tell, payment_of, cents
):
    choose(employer, order, "banktransfer")
    line = {"communication": payment_of(order).communication, "account": IBAN, "reference": "7"}
    tell("bank.received", "entry", amount_cents=cents, **line)
    assert payment_of(order).state == "pending"
    assert payment_of(order).paid_cents == 0


def test_a_part_keeps_the_rest_open(employer, order, account, tell, payment_of, flags):
    choose(employer, order, "banktransfer")
    tell("money.received", order, reference="a", amount_cents=DUE - 1)
    assert payment_of(order).state == "pending"
    tell("money.received", order, reference="b", amount_cents=2)
    assert payment_of(order).state == "paid"
    assert flags() == ["overpaid"]


def test_free_offers_ask_for_nothing(employer, order_of, account, payment_of):
    order = order_of(employer, gross=0)
    assert payment_of(order).state == "free"
    assert "Dit aanbod is gratis" in page_of(employer, order)
    assert "nu niets te betalen" in choose(employer, order, "banktransfer")


def test_an_order_that_was_cancelled_owes_nothing(employer, order, account, tell, payment_of):
    choose(employer, order, "banktransfer")
    tell("order.cancelled", order)
    assert payment_of(order).state == "cancelled"
    assert "Niets meer te betalen" in page_of(employer, order)


def test_money_after_cancelling_is_kept_and_a_person_is_asked(order, tell, payment_of, flags):
    tell("order.cancelled", order)
    tell("money.received", order, reference="late", amount_cents=DUE)
    assert payment_of(order).state == "paid"
    assert payment_of(order).kept_cents == DUE
    assert flags() == ["late"]


def test_payments_of_others_do_not_exist(signed_in, order, account):
    stranger = signed_in("employer", email="ander@example.org")
    address = f"/x/payments/bestelling/{order}"
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/betalen", data={"method": "banktransfer"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"iban": "BE00 0000 0000 0000", "account_name": "X"}, "geen geldig Belgisch"),
        ({"iban": IBAN}, "naam van de rekeninghouder"),
        ({"bic": "nee"}, "geen geldige BIC"),
        ({"payment_days": "61"}, "van 0 tot 60"),
    ],
)
def test_settings_that_would_mislead_are_refused(administrator, typed, told):
    form = {"payment_days": "30"} | typed
    answer = administrator.post("/balie/uitbreidingen/payments/instellingen", data=form)
    assert answer.status_code == 422
    assert told in answer.text
