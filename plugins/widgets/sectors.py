"""What the sector plugins bring to the widgets: offers, questions and words, in one language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from marketplace.contract.pages import Widget
from marketplace.contract.rules import Question
from marketplace.kit import ask

LANGUAGES = ("nl", "fr", "en")
_WORDS = Path(__file__).parent / "data" / "words.toml"
NONE = Widget("", "")
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector with the id of the plugin that brings it; the empty one has nothing of its own."""

    plugin: str = ""
    widget: Widget = NONE

    def questions(self, language: str) -> list[tuple[str, Question]]:
        """Its questions by the id that their answer is kept under, in this language."""
        words = self.widget.words.get(language, {})
        return [(f"{self.plugin}.{one.key}", _said(one, words)) for one in self.widget.questions]

    def words(self, language: str) -> Words:
        """All words of the widgets; what the sector does not say is said as everywhere."""
        return {**words(language), **self.widget.words.get(language, {})}


def every() -> dict[str, Sector]:
    """The sectors by name; the first plugin that brings a name keeps it."""
    found: dict[str, Sector] = {}
    for plugin, answer in ask.ask("widgets").values:
        for widget in cast("list[Widget]", answer):
            found.setdefault(widget.sector, Sector(plugin, widget))
    return found


def find(name: str) -> Sector:
    """The sector of this name; the empty one when no plugin that is on brings it."""
    return every().get(name, Sector()) if name else Sector()


def language_of(text: str) -> str:
    """A language that the widgets speak; Dutch for any other."""
    code = text[:2].lower()
    return code if code in LANGUAGES else "nl"


def words(language: str) -> Words:
    """The words of the widgets themselves."""
    return _all_words()[language]


@cache
def _all_words() -> Mapping[str, Words]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


def _said(one: Question, words: Words) -> Question:
    """The question in another language where the sector translated it, else as it is."""
    return Question(
        key=one.key,
        title=words.get(f"{one.key}.title", one.title),
        kind=one.kind,
        why=words.get(f"{one.key}.why", one.why),
        choices=tuple((code, words.get(f"{one.key}.{code}", said)) for code, said in one.choices),
    )
