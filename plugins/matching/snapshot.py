"""The published catalogue as plain values, one per process, renewed when its version moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from flask import current_app

from marketplace.contract.rules import Rule
from marketplace.contract.values import Offer
from marketplace.kit import ask, catalogue

from .rules import faults, version


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The offers of one catalogue version, with a posting list per topic."""

    version: int
    offers: tuple[Offer, ...]
    by_topic: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in use, their digest, and the plugins that gave none or a broken one."""

    rules: tuple[Rule, ...]
    version: str
    silent: tuple[str, ...]


def current() -> Snapshot:
    """The snapshot of the catalogue as it is now; rebuilt aside and swapped when it changed."""
    key = catalogue.version_key()
    held: tuple[object, Snapshot] | None = current_app.extensions.get("matching_snapshot")
    if held is None or held[0] != key:
        held = (key, build(catalogue.version(), catalogue.published()))
        current_app.extensions["matching_snapshot"] = held
    return held[1]


def build(number: int, offers: Sequence[Offer]) -> Snapshot:
    """A snapshot from published offers, without the places left: those change with every order."""
    offers = [replace(offer, places_left=None) for offer in offers]
    postings: dict[str, list[int]] = {}
    for index, offer in enumerate(offers):
        for topic in offer.topics:
            postings.setdefault(topic, []).append(index)
    return Snapshot(number, tuple(offers), {key: tuple(rows) for key, rows in postings.items()})


def offers_for(snapshot: Snapshot, topic: str, left: Mapping[str, int]) -> tuple[Offer, ...]:
    """The offers of a topic, with the places that are left at this moment laid over them."""
    found = (snapshot.offers[index] for index in snapshot.by_topic.get(topic, ()))
    return tuple(
        replace(offer, places_left=left[offer.version_id]) if offer.version_id in left else offer
        for offer in found
    )


def rule_book() -> RuleBook:
    """The rules of all plugins that are on; a faulty one is left out and its plugin is named."""
    answers = ask.ask("rules")
    rules: list[Rule] = []
    silent = set(answers.silent)
    for plugin, contributed in answers.values:
        for rule in cast(Sequence[Rule], contributed):
            if faults(rule):
                silent.add(plugin)
            else:
                rules.append(rule)
    return RuleBook(tuple(rules), version(rules), tuple(sorted(silent)))
