"""The main job on real input, as the README tells it, in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.care_home import CareHome
from tests.journeys.conftest import Site
from tests.journeys.hands import Keyboard, Pointer

ORDER, REFER = ("Bestel", "Bestel nu"), ("Vraag aan bij de partner", "Verstuur de aanvraag")


def from_wizard_to_order(home: CareHome, site: Site) -> None:
    home.begin()
    home.answer_all()
    finish(home, site)


def finish(home: CareHome, site: Site) -> None:
    """Advice, account, one order, one referral, two mails."""
    page = home.page
    home.ask_advice()
    advice = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw plan: 2 van 2 noden gedekt")
    owners = page.locator(".offer-owner").all_inner_texts()
    assert any(text.startswith("Agentschap") for text in owners[:2])
    assert any(text.startswith("Partner") for text in owners[:2])

    home.hand.press(page.get_by_role("link", name=ORDER[0], exact=True).first)
    home.register()
    home.verify(site)
    page.goto(advice)
    home.agree(*ORDER)
    expect(page.get_by_text("Uw bestelling is geplaatst")).to_be_visible()
    page.goto(advice)
    home.agree(*REFER)
    expect(page.get_by_text("Uw aanvraag is bij de partner")).to_be_visible()
    site.link_in_mail(home.email, "/bestelling/")
    site.link_in_mail(home.email, "/doorverwijzing/")


def test_a_care_home_gets_a_mixed_plan_orders_and_is_referred(any_page: Page, site: Site, request):
    way = request.node.callspec.params["any_page"].replace(" ", "-").lower()
    from_wizard_to_order(CareHome(any_page, Pointer(), f"an-{way}@delinde.example"), site)


def test_the_same_by_keyboard_alone(visitor: Page, site: Site):
    home = CareHome(visitor, Keyboard(visitor), "toetsen@delinde.example")
    from_wizard_to_order(home, site)


def test_nothing_is_lost_when_the_server_is_killed_in_the_wizard(visitor: Page, site: Site):
    home = CareHome(visitor, Pointer(), "stroom@delinde.example")
    killed_after = 6

    def pull_the_plug(number: int) -> None:
        if number == killed_after:
            site.kill()
            site.start()
            visitor.reload()

    home.begin()
    pages = home.answer_all(pull_the_plug)
    assert pages > killed_after
    rows = visitor.locator("main").inner_text()
    for told in ("Aalst", "330", "85", "12", "120"):
        assert told in rows
    finish(home, site)
