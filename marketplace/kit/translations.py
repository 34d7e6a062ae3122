"""A plugin's sentences in other languages, each kept beside the Dutch sentence it was made from.

``fr.toml`` holds per code ``nl``, the Dutch that was translated, and ``fr``. Once the Dutch of the
plugin is another, the translation is out of date: it is not given, and the plugin page names it.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from flask_babel import LazyString

from marketplace.contract.pages import Check
from marketplace.i18n import SOURCE, _, lazy_

LANGUAGES: Mapping[str, LazyString] = {"fr": lazy_("Frans"), "en": lazy_("Engels")}
WHY: Mapping[str, LazyString] = {
    "missing": lazy_("nog niet vertaald"),
    "stale": lazy_("het Nederlands is gewijzigd"),
    "facts": lazy_("andere feiten dan in het Nederlands"),
    "unused": lazy_("het Nederlands is er niet meer"),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence and the Dutch it was made from; ``whole``: both have the same ``{facts}``."""

    dutch: str
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A code for which a language gives nothing; ``why`` is a key of ``WHY``."""

    language: str
    why: str
    code: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """Dutch sentence per code, and per language the translations that were read."""

    dutch: Mapping[str, str]
    translated: Mapping[str, Mapping[str, Translation]]

    def texts(self, language: str) -> Mapping[str, str]:
        """The answer to ``reason_texts``: all of the Dutch, or the translations that hold today."""
        if language == SOURCE:
            return self.dutch
        found = self.translated.get(language, {})
        return {code: one.text for code, one in found.items() if not self._why(code, one)}

    def gaps(self) -> tuple[Gap, ...]:
        """Every code that a language does not give, sorted by language and by why."""
        return tuple(
            Gap(language, why, code)
            for language, found in self.translated.items()
            for why, code in sorted(
                (self._why(code, found.get(code)), code) for code in {**self.dutch, **found}
            )
            if why
        )

    def checks(self) -> tuple[Check, ...]:
        """The gaps for the plugin page: a line per language and per why; none when all holds."""
        return tuple(
            Check(
                "warning",
                _(
                    "%(language)s, %(why)s: %(codes)s. Wij tonen het Nederlands.",
                    language=LANGUAGES[language],
                    why=WHY[why],
                    codes=", ".join(gap.code for gap in gaps),
                ),
            )
            for (language, why), gaps in groupby(self.gaps(), lambda gap: (gap.language, gap.why))
        )

    def _why(self, code: str, found: Translation | None) -> str:
        if code not in self.dutch:
            return "unused"
        if found is None:
            return "missing"
        if found.dutch != self.dutch[code]:
            return "stale"
        return "" if found.whole else "facts"


def read(dutch: Mapping[str, str], folder: Path) -> Sentences:
    """The Dutch sentences with the translations in ``fr.toml`` and ``en.toml`` of a folder.

    A file that is not there translates nothing. A wrong one raises KeyError, TypeError or
    ValueError, so the plugin is left out with the reason.
    """
    return Sentences(dutch, {language: _file(folder, language) for language in LANGUAGES})


def _file(folder: Path, language: str) -> Mapping[str, Translation]:
    file = folder / f"{language}.toml"
    rows = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    return {code: _translation(row[SOURCE], row[language]) for code, row in rows.items()}


def _translation(dutch: str, text: str) -> Translation:
    return Translation(dutch, text, _facts(dutch) == _facts(text))


def _facts(text: str) -> frozenset[str | None]:
    return frozenset(name for _text, name, _spec, _conversion in string.Formatter().parse(text))
