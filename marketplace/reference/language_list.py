"""Languages with their Dutch names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .tables import fold, rows
from .values import Language


@cache
def languages() -> tuple[Language, ...]:
    """Every language of the list, by Dutch name."""
    every = [Language(code, name, usual == "yes") for code, name, usual in rows("languages")]
    return tuple(sorted(every, key=lambda language: fold(language.name)))


@cache
def usual_languages() -> tuple[Language, ...]:
    """The 17 languages a form offers first, by Dutch name; an assumed list, see SOURCES.toml."""
    return tuple(language for language in languages() if language.usual)


def language(code: str) -> Language | None:
    """The language of an ISO 639 code, two letters where they exist; None if unknown."""
    return _by_code().get(code.strip().lower())


@cache
def _by_code() -> Mapping[str, Language]:
    return {language.code: language for language in languages()}
