"""Make the pictures of the README and the docs anew: a care home walks the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

from marketplace.demo.seed import PASSWORD, PEOPLE  # noqa: E402
from tests.journeys.care_home import CareHome  # noqa: E402
from tests.journeys.conftest import CHROMIUM, FLAGS, Site  # noqa: E402
from tests.journeys.hands import Pointer  # noqa: E402

FOLDER = ROOT / "docs" / "img"
WIDE, NARROW = 1280, 320
EMAILS = {example.role: example.email for example in PEOPLE}


def main() -> None:
    """A server of its own, two visitors, nine pages."""
    if CHROMIUM is None:
        sys.exit("chromium is not installed: no pictures were made")
    os.chdir(ROOT)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder), logs=subprocess.DEVNULL)
        site.prepare()
        site.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            the_main_job(new_page(browser, site))
            the_desk(new_page(browser, site))
        finally:
            browser.close()
            site.kill()


def new_page(browser: Browser, site: Site) -> Page:
    """A fresh visitor."""
    context = browser.new_context(base_url=site.url, locale="nl-BE", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    return context.new_page()


def the_main_job(page: Page) -> None:
    """From the start page to a placed order, as the employer of the demonstration."""
    home = CareHome(page, Pointer(), EMAILS["employer"])
    visit(page, "/")
    take(page, "landing", 1150)
    visit(page, "/aanbod")
    take(page, "catalogue", 1000)
    visit(page, "/x/care/gids")
    take(page, "care-guide", 1000)
    home.begin()
    while home.step() != "check":
        step = home.step()
        home.answer(step)
        if step == "level.dutch-on-the-floor":
            take(page, "wizard", 900)
        home.go_on()
    take(page, "check-answers", 1400)
    home.ask_advice()
    advice = page.url
    take(page, "advice", 1000)
    take(page, "advice-320", 1500, NARROW)
    page.get_by_role("link", name="Vergelijk").first.click()
    take(page, "comparison", 1100)
    page.goto(advice)
    sign_in(page, EMAILS["employer"])
    page.goto(advice)
    page.get_by_role("link", name="Bestel", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Controleer uw bestelling")
    take(page, "order", 900)


def the_desk(page: Page) -> None:
    """What the administrator sees of the plugins."""
    sign_in(page, EMAILS["administrator"])
    visit(page, "/balie/uitbreidingen")
    take(page, "plugins", 900)


def visit(page: Page, path: str) -> None:
    """Open a page that must be there: nobody wants a picture of an error."""
    answer = page.goto(path)
    if answer is None or not answer.ok:
        raise LookupError(path)


def sign_in(page: Page, email: str) -> None:
    """Sign in as one of the demonstration's people."""
    page.goto("/aanmelden")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan").click()
    page.wait_for_url(lambda url: "/aanmelden" not in url)


def take(page: Page, name: str, most: int, width: int = WIDE) -> None:
    """One picture of the top of the page, at most ``most`` pixels high."""
    page.wait_for_load_state("load")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    height = min(most, int(page.evaluate("document.documentElement.scrollHeight")))
    file = FOLDER / f"{name}.png"
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
