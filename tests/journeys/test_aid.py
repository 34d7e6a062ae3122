"""Aid in a browser: a rule that a consultant renews, and a pot that follows what it pays for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import PATIENCE_SECONDS, Site
from tests.journeys.test_accessibility import an_advice, sign_in

RULE = "febi-330-ouderenzorg"
FUND = "Fonds fe-bi Ouderenzorg: Nederlands op de werkvloer"
POT = "Voorbeeldpot: Nederlands op de werkvloer (verzonnen bedragen)"
DESK = "/x/subsidies/desk/regels"


@pytest.fixture
def person(browser: Browser, site: Site) -> Iterator[Callable[[str], Page]]:
    """Sign in as somebody of the demonstration, each in a browser of their own."""
    opened = []

    def signed_in(name: str) -> Page:
        context = browser.new_context(base_url=site.url, locale="nl-BE")
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        sign_in(page, f"{name}@voorbeeld.example")
        return page

    yield signed_in
    for context in opened:
        context.close()


def card(page: Page) -> Locator:
    """The price of the first line of the plan, row by row."""
    page.locator("summary", has_text="Prijs in detail").first.click()
    return page.locator(".price-table").first


def row(table: Locator, label: str) -> Locator:
    return table.locator("tr", has_text=label).locator("td")


def ask_again(page: Page, budget: str) -> None:
    """A new advice of the same request, for another budget."""
    before = page.url
    page.locator("#what-if-form [name=net]").fill(budget)
    page.locator("#what-if-form [name=net]").press("Enter")
    page.get_by_role("button", name="Bewaar dit plan").click()
    page.wait_for_url(lambda url: url != before)


def publish(desk: Page, old: str, new: str) -> None:
    """Draft a version of the rule with one change, see it compared and tested, and publish it."""
    desk.goto(f"{DESK}/regel/{RULE}")
    desk.get_by_role("link", name="Maak een nieuwe versie").click()
    body = desk.locator("[name=body]").input_value()
    assert old in body
    desk.locator("[name=body]").fill(body.replace(old, new))
    desk.get_by_role("button", name="Bewaar het ontwerp").click()
    expect(desk.locator("tr", has_text="amount.hour_cap_cents")).to_contain_text("10000")
    desk.get_by_role("link", name="Test deze versie").click()
    expect(desk.locator("tr", has_text="akkoord van het fonds")).to_contain_text("anders")
    desk.go_back()
    desk.get_by_role("link", name="Publiceer").click()
    desk.locator("[name=reason]").fill("Het fonds betaalt minder per uur.")
    desk.get_by_role("button", name="Publiceer").click()
    expect(desk.get_by_text("De versie is gepubliceerd.")).to_be_visible()


def withdraw(desk: Page) -> None:
    """Leave the rules as this journey found them."""
    desk.goto(f"{DESK}/regel/{RULE}/intrekken")
    desk.locator("[name=reason]").fill("Einde van de proef.")
    desk.get_by_role("button", name="Trek in").click()
    expect(desk.get_by_text("De regel van het team is ingetrokken.")).to_be_visible()


def free_euro(page: Page) -> int:
    """What the pot says is free; earlier journeys on this site may have taken some."""
    text = page.locator("tr", has_text="Nog vrij").inner_text()
    return int("".join(filter(str.isdigit, text)))


def free_money(page: Page, wanted: int) -> None:
    """Wait until the pot shows that so many euro are free: the worker tells it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while free_euro(page) != wanted:
        assert time.monotonic() < end, free_euro(page)
        time.sleep(0.2)
        page.reload()


def test_the_next_advice_counts_a_renewed_rule_and_a_pot_follows_what_it_pays_for(
    person: Callable[[str], Page],
):
    employer, desk, federation = person("werkgever"), person("consulent"), person("federatie")
    an_advice(employer)
    table = card(employer)
    expect(table.locator("th")).to_have_count(6)
    for label, amount in (
        ("Brutoprijs, zonder btw", "3.000 euro"),
        ("Nog niet nagekeken", "630 euro"),
        (POT, "−600 euro"),
        ("U betaalt op de factuur", "3.030 euro"),
        (FUND, "−1.500 euro"),
        ("Netto voor u", "1.530 euro"),
    ):
        expect(row(table, label)).to_have_text(amount)
    expect(employer.locator(".deadline-list li")).to_have_count(1)

    publish(desk, '"hour_cap_cents": 12500', '"hour_cap_cents": 10000')
    ask_again(employer, "3900")
    table = card(employer)
    expect(row(table, FUND)).to_have_text("−1.200 euro")
    expect(row(table, "Netto voor u")).to_have_text("1.830 euro")
    withdraw(desk)

    federation.goto("/x/subsidies/potten")
    federation.get_by_role("link", name=POT).click()
    free = free_euro(federation)
    employer.get_by_role("link", name="Vraag aan bij de partner").first.click()
    employer.get_by_role("button", name="Verstuur de aanvraag").click()
    federation.reload()
    free_money(federation, free - 600)
    employer.locator("summary", has_text="intrekken").click()
    employer.get_by_role("button", name="Trek deze aanvraag in").click()
    expect(employer.get_by_text("Wat u nu moet aanvragen")).to_have_count(0)
    free_money(federation, free)
