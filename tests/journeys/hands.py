"""Two ways to use a page: pointing, and by keyboard alone."""

from __future__ import annotations

import re
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 150


class Hand(Protocol):
    """What a person does on a page."""

    def write(self, field: Locator, text: str) -> None:
        """Type a text."""

    def tick(self, box: Locator) -> None:
        """Choose a radio button or a check box."""

    def choose(self, field: Locator, value: str) -> None:
        """Choose from a list."""

    def press(self, target: Locator) -> None:
        """Use a button or a link."""


class Pointer:
    """Mouse or finger."""

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()

    def choose(self, field: Locator, value: str) -> None:
        field.select_option(value)

    def press(self, target: Locator) -> None:
        target.click()


class Keyboard:
    """Tab, arrows, space, enter and letters; never a click, never a script that moves the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        if box.get_attribute("type") == "radio":
            self._reach(self._group(box))
            for _step in range(MOST_TABS):
                if _has_focus(box):
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            self._reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def choose(self, field: Locator, value: str) -> None:
        self._reach(field)
        label = field.locator(f"option[value='{value}']").inner_text()
        self.page.keyboard.type(label)
        assert field.input_value() == value

    def press(self, target: Locator) -> None:
        self._reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _reach(self, target: Locator) -> None:
        for _step in range(MOST_TABS):
            if _has_focus(target):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with the Tab key")

    def _group(self, box: Locator) -> Locator:
        """The browser gives a radio group one stop: the chosen one, or the first."""
        name = box.get_attribute("name")
        group = self.page.locator(f"input[name='{name}']")
        chosen = self.page.locator(f"input[name='{name}']:checked")
        return chosen if chosen.count() else group.first


def _has_focus(target: Locator) -> bool:
    focused: bool = target.evaluate("node => node === document.activeElement")
    return focused


def named(page: Page, label: str) -> re.Pattern[str]:
    """A name that starts with a label, whatever follows for screen readers."""
    return re.compile(rf"^{re.escape(label)}")
