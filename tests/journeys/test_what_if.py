"""What if: at once with JavaScript, a new advice without."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.journeys.care_home import CareHome
from tests.journeys.conftest import Site
from tests.journeys.hands import Keyboard, Pointer
from tests.journeys.test_accessibility import faults


@dataclass(frozen=True)
class Advised:
    """Where a care home has its plan, and the cookies of the browser that asked for it."""

    url: str
    cookies: StorageState


@pytest.fixture(scope="module")
def advised(browser: Browser, site: Site) -> Advised:
    """A care home that asked for advice."""
    context = browser.new_context(base_url=site.url, locale="nl-BE")
    page = context.new_page()
    home = CareHome(page, Pointer(), "")
    home.begin()
    home.answer_all()
    home.ask_advice()
    found = Advised(page.url, context.storage_state())
    context.close()
    return found


@pytest.fixture
def plan(visitor: Page, advised: Advised) -> Page:
    """A page with the plan of the care home."""
    return show(visitor, advised)


def show(page: Page, advised: Advised) -> Page:
    """The plan, in a browser that may see it."""
    page.context.add_cookies(advised.cookies["cookies"])
    page.goto(advised.url)
    return page


def ask(page: Page, euro: str) -> None:
    """Another budget, sent with the Enter key."""
    page.locator("#what-if-form [name=net]").fill(euro)
    page.locator("#what-if-form [name=net]").press("Enter")


def test_the_answer_comes_at_once_and_is_kept_with_a_button(plan: Page):
    refused: list[str] = []
    plan.on("console", lambda message: refused.append(message.text))
    before = plan.url
    ask(plan, "0")
    result = plan.locator("#what-if-result")
    expect(result).to_contain_text("goedkoper")
    assert plan.url == before
    expect(plan.locator("#what-if-form [name=net]")).to_be_focused()
    assert refused == []
    assert faults(plan) == []
    Keyboard(plan).press(result.get_by_role("button", name="Bewaar dit plan"))
    expect(plan.get_by_role("heading", name="Eerdere adviezen")).to_be_visible()
    assert plan.url != before


def test_bad_input_is_told_beside_the_field(plan: Page):
    ask(plan, "veel")
    expect(plan.locator("#what-if-form .field--error")).to_contain_text("Typ een bedrag")
    expect(plan.locator("#what-if-form [name=net]")).to_have_value("veel")
    expect(plan.locator("#what-if-result")).to_contain_text("Typ een bedrag")
    assert faults(plan) == []
    ask(plan, "0")
    expect(plan.locator("#what-if-result")).to_contain_text("goedkoper")
    expect(plan.locator("#what-if-form .field--error")).to_have_count(0)


def test_an_answer_that_does_not_come_is_told(plan: Page):
    plan.route("**/wat-als", lambda route: route.abort())
    ask(plan, "0")
    expect(plan.locator("#what-if-result")).to_contain_text("Het berekenen lukte niet.")


def test_another_budget_can_be_kept_with_and_without_javascript(
    any_page: Page, advised: Advised, request
):
    ask(show(any_page, advised), "0")
    if request.node.callspec.params["any_page"] == "with JavaScript":
        any_page.get_by_role("button", name="Bewaar dit plan").click()
    expect(any_page.get_by_role("heading", name="Eerdere adviezen")).to_be_visible()
    expect(any_page.locator(".budget-bars")).to_contain_text("0 van 0 euro")
