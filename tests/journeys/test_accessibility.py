"""Every page of every role, empty, full and refused: no axe violation, no sideways scroll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from marketplace.app import create_app
from marketplace.demo.seed import PASSWORD, PEOPLE
from tests.journeys.care_home import CareHome
from tests.journeys.conftest import Site
from tests.journeys.crawl import NOT_PAGES, Crawl
from tests.journeys.hands import Pointer

WIDTHS = (320, 1280)
AXE = Axe()
RUN_AXE = """async options => (await axe.run(options)).violations.map(
    one => ({id: one.id, where: one.nodes.slice(0, 3).map(node => node.target)}))"""
AID = "volta-149-01"
STARTS = {
    "visitor": (
        "/",
        "/aanvraag",
        "/kijk-in-uw-mailbox",
        "/registreren/account",
        "/voorbeelden",
        "/voorbeelden/advies",
        "/voorbeelden/wizard",
    ),
    "consultant": (
        "/",
        f"/x/subsidies/desk/regels/regel/{AID}",
        "/x/subsidies/desk/regels/sleutels",
    ),
    "administrator": ("/", "/balie/uitbreidingen/care/instellingen"),
}
"""Where a role begins: also pages that no link leads to."""
RULE = {
    "slug": "onthaal-voor-drie",
    "sentence_nl": "Onthaal vraagt drie mensen.",
    "when": '[{"subject": "need.topic", "op": "is", "value": "onboarding"}]',
    "require": '[{"subject": "need.count", "op": "at_least", "value": 3}]',
    "passes": '{"need.topic": "onboarding", "need.count": 3}',
    "fails": '{"need.topic": "onboarding", "need.count": 2}',
    "source": "afspraak van het team",
    "checked_on": "2026-11-01",
}
NEED_A_SECRET = {"accounts.verify", "accounts.reset", "requests.resume"}
"""Reached by a link in a mail; the journeys and the area's own tests open them."""
NEED_ROWS = {
    *("requests.draft", "x_widgets.public.frame"),
    *("x_payments.desk.show", "x_payments.payments.show"),
    *(f"x_invoicing.desk.{page}" for page in ("show", "printed")),
    *(f"x_invoicing.employer.{page}" for page in ("show", "printed")),
    *("x_invoicing.bank.entry", "x_invoicing.parties.buyer", "x_invoicing.parties.seller"),
}
"""Pages of money and of other sites, which this walk has no rows for. The journeys of payments and
widgets look at theirs; those of one invoice wait for a journey of their own (docs/next.md).
"""
ONLY_LEAD_ON = {"desk.door", "requests.hand_over"}
"""Answers with another address only."""


def faults(page: Page, contrast_at: Collection[int] = WIDTHS) -> list[str]:
    """Axe violations and overflow at both widths, one line each.

    Contrast takes axe more time than all the rest: it is judged at the widths that are asked for.
    """
    found = []
    page.evaluate(AXE.axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        rules = {"color-contrast": {"enabled": width in contrast_at}}
        for one in page.evaluate(RUN_AXE, {"resultTypes": ["violations"], "rules": rules}):
            found.append(f"{page.url} at {width}: {one['id']} {one['where']}")
    return found + overflow(page)


def overflow(page: Page) -> list[str]:
    """At which width the page scrolls sideways, a line each."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if beyond > 0:
            found.append(f"{page.url} at {width}: {beyond} px too wide")
    return found


def refused(page: Page, contrast_at: Collection[int]) -> list[str]:
    """The same after the page's form was sent empty, where it has a form to fill in."""
    form = page.locator(
        "main form[method=post]:has(input:not([type=hidden])), main form[method=post]:has(textarea)"
    )
    if not form.count():
        return []
    form.first.locator("button").last.click()
    return faults(page, contrast_at) if page.locator("[role=alert]").count() else []


def sign_in(page: Page, email: str) -> None:
    page.goto("/aanmelden")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan").click()
    page.wait_for_url(lambda url: "/aanmelden" not in url)


def an_advice(page: Page) -> None:
    """A request with an advice of which nothing was ordered yet."""
    home = CareHome(page, Pointer(), "")
    home.begin()
    home.answer_all()
    home.ask_advice()


def a_rule(page: Page) -> None:
    """A rule that a consultant wrote, so that its pages can be reached."""
    page.goto("/balie/regels/nieuw/schrijven")
    for name, text in RULE.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=effect][value=refuse]").check()
    page.get_by_role("button", name="Bewaar het ontwerp").click()
    page.wait_for_url("**/balie/regels/onthaal-voor-drie")


def versions_of_aid(page: Page) -> None:
    """A published version of a rule of aid, as it is, and a draft of the next one."""
    for publishes in (True, False):
        page.goto(f"/x/subsidies/desk/regels/nieuw?van={AID}")
        page.get_by_role("button", name="Bewaar het ontwerp").click()
        page.wait_for_url("**/versie/*")
        if publishes:
            page.get_by_role("link", name="Publiceer").click()
            page.locator("[name=reason]").fill("nagelezen")
            page.get_by_role("button", name="Publiceer").click()
            page.wait_for_url("**/versie/*")


def a_registration(page: Page) -> None:
    """All of a registration but the account itself."""
    page.goto("/registreren")
    CareHome(page, Pointer(), "").organisation()


def a_full_dossier(page: Page, email: str) -> None:
    """A request, an advice and an order of the demo employer, so that pages are not empty."""
    home = CareHome(page, Pointer(), email)
    home.begin()
    home.answer_all()
    home.ask_advice()
    plan = page.url
    home.agree("Bestel", "Bestel nu")
    page.goto(plan)
    home.agree("Vraag aan bij de partner", "Verstuur de aanvraag")


@pytest.fixture(scope="session")
def house() -> Flask:
    """The application, for its routes."""
    return create_app({"ENVIRONMENT": "testing", "SECRET_KEY": "x"})


@pytest.fixture(scope="session")
def walks(
    request: pytest.FixtureRequest, browser: Browser, site: Site, house: Flask
) -> dict[str, tuple[list[str], set[str]]]:
    """Role → what is wrong on its pages, and the endpoints it saw. Each role walks once.

    It opens one address per endpoint and judges contrast once, at the widest; in ``make drill`` it
    opens three and judges all of it.
    """
    per_endpoint = 3 if request.config.getoption("--drill") else 1
    emails = {"visitor": None} | {example.role: example.email for example in PEOPLE}
    walks, others = {}, Counter[str]()
    for role, email in emails.items():
        found, seen = walk_as(role, email, browser, site, house, others, per_endpoint)
        walks[role] = found, set(seen)
        others += seen
    return walks


def walk_as(
    role: str,
    email: str | None,
    browser: Browser,
    site: Site,
    house: Flask,
    others: Counter[str],
    per_endpoint: int,
) -> tuple[list[str], Counter[str]]:
    context = browser.new_context(base_url=site.url, locale="nl-BE")
    context.set_default_timeout(15_000)
    page = context.new_page()
    if email:
        sign_in(page, email)
    if role == "employer":
        a_full_dossier(page, email or "")
    if role in {"employer", "visitor"}:
        an_advice(page)
    if role == "consultant":
        a_rule(page)
        versions_of_aid(page)
    if role == "visitor":
        a_registration(page)
    starts = STARTS.get(role, ("/",))
    crawl = Crawl(house, page, site.url, others, per_endpoint)
    found: list[str] = []
    for path, endpoint in crawl.walk(starts):
        is_new = others[endpoint] + crawl.seen[endpoint] <= per_endpoint
        if is_new or path in starts:
            contrast_at = WIDTHS if per_endpoint > 1 else WIDTHS[-1:]
            found += faults(page, contrast_at) + refused(page, contrast_at)
        else:
            found += overflow(page)
    context.close()
    return found, crawl.seen


@pytest.mark.parametrize("role", ["visitor", *(example.role for example in PEOPLE)])
def test_every_page_of_a_role(walks: dict[str, tuple[list[str], set[str]]], role: str):
    found, seen = walks[role]
    assert seen
    assert found == []


def test_no_page_was_left_out(walks: dict[str, tuple[list[str], set[str]]], house: Flask):
    seen = set().union(*(endpoints for _faults, endpoints in walks.values()))
    pages = {rule.endpoint for rule in house.url_map.iter_rules() if "GET" in (rule.methods or ())}
    pages = {name for name in pages - NOT_PAGES if not name.endswith(".static")}
    assert pages - seen - ONLY_LEAD_ON - NEED_ROWS == NEED_A_SECRET


def test_an_error_page(visitor: Page):
    visitor.goto("/bestaat-niet")
    assert faults(visitor) == []
