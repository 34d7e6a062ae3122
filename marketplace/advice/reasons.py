"""Reasons as Dutch sentences: the plugin's text with its facts put into words."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask_babel import format_date

from marketplace import money
from marketplace.catalogue import vocabulary
from marketplace.contract.values import Json, Reason
from marketplace.host import ask
from marketplace.i18n import SOURCE, _
from marketplace.reference import language

Texts = Mapping[str, str]
LANGUAGES: Mapping[str, str] = {SOURCE: "Nederlands", "fr": "Français", "en": "English"}
"""The languages in which reasons can be read, each by its own name."""
DAYS = frozenset({"date", "ends", "latest"})
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


def texts(language: str = SOURCE) -> Texts:
    """The sentence of every code that a plugin gives, in Dutch where nothing else holds.

    Asked once per page.
    """
    return {**_given(SOURCE), **_given(language)} if language != SOURCE else _given(SOURCE)


def _given(language: str) -> dict[str, str]:
    """What the plugins have in this language."""
    found: dict[str, str] = {}
    for _plugin, sentences in ask.ask("reason_texts", language=language).values:
        found |= cast(Texts, sentences)
    return found


@dataclass(frozen=True, slots=True)
class Translation:
    """The sentences that are translated into a language; all others stay Dutch."""

    language: str
    texts: Texts


class Told(str):
    """A sentence that knows in which language it is."""

    language: str = SOURCE

    def __new__(cls, text: str, language: str = SOURCE) -> Told:
        """The text with its language."""
        made = super().__new__(cls, text)
        made.language = language
        return made


def translations(known: Texts) -> Mapping[str, Translation]:
    """By language what is translated; a language without a single translation is left out."""
    found = {}
    for code in LANGUAGES:
        if code == SOURCE:
            continue
        there = {key: text for key, text in _given(code).items() if text != known.get(key)}
        if there:
            found[code] = Translation(code, there)
    return found


def told(reason: Reason, known: Texts, translation: Translation | None) -> Told:
    """The sentence of a reason, translated where that was done."""
    codes = {reason.code, str(reason.facts.get("condition", reason.code))}
    if translation is None or not codes <= set(translation.texts):
        return Told(sentence(reason, known))
    return Told(sentence(reason, translation.texts), translation.language)


def sentence(reason: Reason, known: Texts) -> str:
    """The sentence of one reason; a code whose plugin is gone is named rather than hidden.

    The fact ``condition`` is a code itself and reads as its own sentence.
    """
    text = known.get(reason.code)
    if text is None:
        return _("Reden: %(code)s.", code=reason.code)
    facts = dict(reason.facts)
    if "condition" in facts:
        facts["condition"] = known.get(str(facts["condition"]), str(facts["condition"]))
    return str(_Filler(facts).format(text))


class _Filler(string.Formatter):
    """Fills ``{fact}`` only: no attributes, no indexes, no format codes from data."""

    def __init__(self, facts: Mapping[str, Json]) -> None:
        self.facts = facts

    def get_field(self, field_name: str, args: object, kwargs: object) -> tuple[str, str]:
        """The fact in words; a missing fact reads as "onbekend"."""
        return in_words(field_name, self.facts.get(field_name)), field_name


def in_words(name: str, value: Json) -> str:
    """A fact as a person reads it: euro, dates, and the words of the catalogue."""
    if value is None:
        return _("onbekend")
    if name.endswith("_cents") and isinstance(value, int):
        return money.euro(value)
    if isinstance(value, str):
        return _word(name, value)
    if isinstance(value, Sequence):
        words = [_word(name, str(item)) for item in value]
        return (
            _(" en ").join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
        )
    return str(value)


def _word(name: str, value: str) -> str:
    if name in DAYS and DAY.fullmatch(value):
        return str(format_date(date.fromisoformat(value), "d MMMM y"))
    return WORDS[name](value) if name in WORDS else value


def _from(words: Mapping[str, object]) -> Callable[[str], str]:
    return lambda code: str(words.get(code, code))


def _language(code: str) -> str:
    found = language(code)
    return found.name if found else code


WORDS: Mapping[str, Callable[[str], str]] = {
    "topic": _from(vocabulary.TOPICS),
    "needs": _from(vocabulary.TOPICS),
    "shifts": _from(vocabulary.SHIFTS),
    "given": _from(vocabulary.SHIFTS),
    "modes": _from(vocabulary.MODES),
    "roles": _from(vocabulary.ROLES),
    "languages": _language,
}
