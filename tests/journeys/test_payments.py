"""An employer pays: at the local Checkout, or by transfer; a consultant gives money back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from marketplace.accounts.models import Membership
from marketplace.app import create_app
from marketplace.contract.pages import Event
from marketplace.db import db, writing
from marketplace.host import ask
from plugins.payments.devstripe.command import companions
from tests.factories import dossiers
from tests.journeys.conftest import Site
from tests.journeys.test_accessibility import faults, sign_in

EMPLOYER, CONSULTANT = "werkgever@voorbeeld.example", "consulent@voorbeeld.example"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration as ``flask demo serve`` runs it, with a local Stripe beside it."""
    made = Site(tmp_path_factory.mktemp("shop"))
    made.prepare()
    (beside,) = companions(made.url)
    made.environment |= beside.environment
    made.start(beside.command)
    yield made
    made.kill()


@pytest.fixture
def order(shop: Site) -> str:
    """An order of the demo employer, of 2.400 euro and 21 % VAT; its address."""
    url = f"sqlite:///{shop.folder / 'marketplace.db'}"
    app = create_app({"ENVIRONMENT": "testing", "SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context(), writing():
        member = db.session.scalars(select(Membership).where(Membership.role == "employer")).one()
        asked = dossiers.request(db.session, member.organisation, "ordered")
        given = dossiers.advice(db.session, asked)
        made = dossiers.order(
            db.session, given, member.person.public_id, line=dossiers.stored_line(vat="standard")
        ).public_id
        ask.tell(Event("order.placed", made))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return made


def page_of(browser: Browser, shop: Site, email: str) -> Page:
    """A page of somebody who signed in, without JavaScript."""
    context = browser.new_context(base_url=shop.url, locale="nl-BE", java_script_enabled=False)
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, email)
    return page


def reload_until(page: Page, text: str) -> None:
    """The page is loaded again until the worker did its work."""
    for _wait in range(60):
        if text in page.content():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"{text!r} never came on {page.url}")


def test_an_employer_pays_with_a_test_card_and_gets_money_back(
    browser: Browser, shop: Site, order: str
) -> None:
    page = page_of(browser, shop, EMPLOYER)
    page.goto(f"/bestelling/{order}")
    page.get_by_role("link", name="Bekijk de betaling").click()
    assert sound(page) == []
    page.get_by_role("button", name="Kies: Online betalen").click()
    assert sound(page) == []
    page.get_by_role("link", name="Betaal 2.904 euro").click()
    expect(page.get_by_role("heading", name="Betaal 2.904 euro")).to_be_visible()
    page.get_by_role("button", name="Laat de kaart weigeren").click()
    page.get_by_role("button", name="Betaal", exact=True).click()
    reload_until(page, "Wij hebben uw betaling ontvangen")
    assert sound(page) == []
    assert shop.link_in_mail(EMPLOYER, "/x/payments/bestelling/").endswith(order)
    desk = page_of(browser, shop, CONSULTANT)
    desk.goto(f"/x/payments/balie/bestelling/{order}")
    desk.locator("[name=out-amount]").fill("9.999")
    desk.get_by_role("button", name="Betaal terug").click()
    expect(desk.get_by_role("alert")).to_contain_text("ten hoogste 2.904 euro")
    assert sound(desk) == []
    desk.locator("[name=out-amount]").fill("904")
    desk.get_by_role("button", name="Betaal terug").click()
    reload_until(desk, "Deels terugbetaald")
    assert sound(desk) == []
    page.reload()
    assert "Deels terugbetaald" in page.content()


def test_an_employer_sees_how_to_transfer_the_money(
    browser: Browser, shop: Site, order: str
) -> None:
    page = page_of(browser, shop, EMPLOYER)
    page.goto(f"/x/payments/bestelling/{order}")
    page.get_by_role("button", name="Kies: Overschrijven").click()
    expect(page.get_by_role("img", name="QR-code met deze overschrijving")).to_be_visible()
    assert "+++9" in page.content()
    assert sound(page) == []


def sound(page: Page) -> list[str]:
    """What axe and the two widths say of the page as it is, in a browser that may run scripts."""
    state = page.context.storage_state()
    context = page.context.browser.new_context(storage_state=state, locale="nl-BE")
    other = context.new_page()
    other.goto(page.url)
    found = faults(other)
    context.close()
    return found
