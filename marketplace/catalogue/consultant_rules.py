"""A consultant's rule as a file: ``{slug, sentence, why, rule}``, judged and read. Pure.

Its id and code come from its slug, so it can never take the place of a plugin's rule or sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from marketplace.catalogue import rules, shape
from marketplace.catalogue.faults import Fault, join
from marketplace.catalogue.rule_documents import Document, content_of, rule_of
from marketplace.contract.rules import Rule

LANGUAGES = ("nl", "fr", "en")


def rule_id(slug: str) -> str:
    """The id of a consultant's rule, which is also its reason code."""
    return f"consultant.{slug}"


def shape_faults(document: object, today: date) -> list[Fault]:
    """Why a document cannot even be kept as a draft: its shape, or a day that does not exist."""
    if found := list(shape.faults(document, shape.definition("consultant_rule"))):
        return found
    known = cast(Document, document)
    return [*_sentence_faults(known), *_day_faults(_content(known), today)]


def faults(document: object, today: date) -> list[Fault]:
    """Everything that stands in the way of publishing a document."""
    if found := shape_faults(document, today):
        return found
    judged = rules.faults(rule(cast(Document, document)))
    return [replace(fault, path=join("rule", fault.path)) for fault in judged]


def rule(document: Document) -> Rule:
    """The rule of a document without faults of shape."""
    name = rule_id(str(document["slug"]))
    return rule_of(name, name, _content(document))


def full(document: Document) -> dict[str, object]:
    """The document with every default written out: equal for documents that mean the same."""
    sentence = cast("Mapping[str, str | None]", document["sentence"])
    return {
        "slug": document["slug"],
        "sentence": {language: sentence.get(language) or None for language in LANGUAGES},
        "why": document.get("why", ""),
        "rule": content_of(rule(document)),
    }


def sentence_of(document: Document, language: str) -> str | None:
    """What an employer reads, None where it was not translated."""
    return cast("Mapping[str, str | None]", document["sentence"]).get(language)


def _content(document: Document) -> Document:
    return cast(Document, document["rule"])


def _sentence_faults(document: Document) -> Iterator[Fault]:
    """Braces stand for facts in the sentences of plugins; this one has no facts."""
    for language in LANGUAGES:
        if {"{", "}"} & set(sentence_of(document, language) or ""):
            yield Fault(f"sentence.{language}", "braces")


def _day_faults(content: Document, today: date) -> Iterator[Fault]:
    for name in ("checked_on", "valid_from", "valid_to"):
        text = content.get(name)
        if text is None:
            continue
        try:
            day = date.fromisoformat(str(text))
        except ValueError:
            yield Fault(f"rule.{name}", "no-date")
            continue
        if name == "checked_on" and day > today:
            yield Fault("rule.checked_on", "date-in-future")
