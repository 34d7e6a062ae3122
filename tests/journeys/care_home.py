"""The employer of the README: a care home in Aalst that works in shifts."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.hands import Hand

PASSWORD = "een lang wachtwoord 1"
MOST_PAGES = 30


class CareHome:
    """12 workers A1 to A2 in early and late shifts, 3 team leads, 4,000 euro, 120 hours."""

    def __init__(self, page: Page, hand: Hand, email: str) -> None:
        self.page, self.hand, self.email = page, hand, email

    # ---- the wizard ----

    def begin(self) -> None:
        """From the start page into the wizard."""
        self.page.goto("/")
        self.hand.press(self.page.get_by_role("button", name="Begin uw aanvraag").first)

    def answer_all(self, after: Callable[[int], None] = lambda _number: None) -> int:
        """Answer page after page until the answers can be checked; gives the number of pages."""
        for number in range(1, MOST_PAGES):
            step = self.step()
            if step == "check":
                return number - 1
            self.answer(step)
            self.go_on()
            after(number)
        raise AssertionError(f"the wizard did not end; it stands at {self.page.url}")

    def step(self) -> str:
        """The name of the wizard page in hand."""
        last = urlsplit(self.page.url).path.rsplit("/", 1)[-1]
        return "check" if last in {"nakijken", "check", "controleren"} else last

    def answer(self, step: str) -> None:
        """What this employer fills in on a page; what is not here stays open."""
        name, _dot, topic = step.partition(".")
        if name == "place":
            self._write("municipality", "Aalst")
        elif name == "group":
            self._write("count", "12" if topic == "dutch-on-the-floor" else "3")
        elif name == "budget":
            self._write("euro", "4000")
            self._write("hours", "120")
        elif name == "time":
            self._write("hours", "2" if topic == "dutch-on-the-floor" else "3")
        elif name == "headcount":
            self._write("headcount", "85")
        for field, value in CHOICES.get(name, ()):
            self._tick(field, value)
        if name == "extra":
            self._extra(topic)

    def go_on(self) -> None:
        """The button of every wizard page."""
        self.hand.press(self.page.get_by_role("button", name="Ga verder"))

    def _extra(self, key: str) -> None:
        wanted = {"care.shift_system": "three"}.get(key)
        boxes = self.page.locator("main input[type=radio]")
        box = self.page.locator(f"main input[value='{wanted}']") if wanted else boxes.first
        if box.count():
            self.hand.tick(box.first)

    def _write(self, field: str, text: str) -> None:
        self.hand.write(self.page.locator(f"main [name='{field}']"), text)

    def _tick(self, field: str, value: str) -> None:
        box = self.page.locator(f"main input[name='{field}'][value='{value}']")
        if box.count():
            self.hand.tick(box)

    # ---- advice, account, order ----

    def ask_advice(self) -> None:
        """From the checked answers to the advice."""
        self.hand.press(self.page.get_by_role("button", name=re.compile("advies", re.IGNORECASE)))
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Uw plan")

    def agree(self, link: str, button: str) -> None:
        """Open a line of the plan and confirm it."""
        self.hand.press(self.page.get_by_role("link", name=link, exact=True))
        self.hand.press(self.page.get_by_role("button", name=button))

    def register(self) -> None:
        """Make an account on the way, from the page that asks to sign in."""
        self.hand.press(self.page.get_by_role("main").get_by_role("link", name="Registreer"))
        self.organisation()
        self._account()

    def organisation(self) -> None:
        """The pages of the registration before the account itself."""
        self._write("enterprise_number", "BE 0403.019.261")
        self._write("name", "Woonzorg De Linde")
        self.hand.choose(self.page.locator("main [name='legal_form']"), "vzw")
        self._write("headcount", "85")
        self._tick("vat_recoverable", "no")
        self.go_on()
        self._write("committees-0", "330")
        self.go_on()
        self._write("establishments-0-name", "De Linde")
        self._write("establishments-0-municipality", "Aalst")
        self.go_on()

    def _account(self) -> None:
        self._write("name", "An Peeters")
        self._write("email", self.email)
        self._write("new_password", PASSWORD)
        self.hand.press(self.page.get_by_role("main").get_by_role("button").last)

    def verify(self, site: Site) -> None:
        """Open the link in the mail, prove who one is, and be back at what one was doing."""
        self.page.goto(site.link_in_mail(self.email, "/bevestigen/"))
        self._write("password", PASSWORD)
        self.hand.press(self.page.get_by_role("main").get_by_role("button").last)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Controleer uw bestelling")


CHOICES = {
    "sector": (("usual", "330"),),
    "legal-form": (("legal_form", "vzw"),),
    "vat": (("vat", "no"),),
    "lanes": (("lanes", "language"),),
    "situations-language": (("topics", "dutch-on-the-floor"), ("topics", "clear-language")),
    "role": (("role", "supervisors"),),
    "level": (("level_from", "A1"), ("level_to", "A2"), ("mixed_levels", "unknown")),
    "shifts": (("shifts", "early"), ("shifts", "late")),
    "modes": (("modes", "on_site"),),
    "same": (("same", "no"),),
}
