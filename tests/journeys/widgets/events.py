"""What the widgets told their page."""

from __future__ import annotations

from playwright.sync_api import Page


def told(page: Page, name: str) -> list[dict[str, object]]:
    """The details of the events of one name so far."""
    return page.evaluate("name => told.filter((one) => one[0] === name).map((one) => one[1])", name)


def wait_for(page: Page, name: str, count: int = 1) -> None:
    """Wait until the event of this name came so many times."""
    script = "([name, count]) => told.filter((one) => one[0] === name).length >= count"
    page.wait_for_function(script, arg=[name, count])
