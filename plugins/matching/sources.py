"""What an answer was made of besides the request, as texts that are stored with it, and back.

The offers of every topic asked for, the rules, what the sources of aid said, the places that were
left and who stood behind the offers: the same answer follows from these alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from marketplace.contract.rules import Rule
from marketplace.contract.values import Aids, Label, Offer, Priced, RequestFacts

from .candidates import AidFor
from .hold import Compiled
from .plain import made, text_of
from .rule_book import RuleBook, book_of
from .screening import LeftOf
from .snapshot import Snapshot, build

OFFERS = "offers/"


@dataclass(slots=True)
class Heard:
    """Asks the world outside, and remembers what it said. ``left`` is by version id."""

    ask_left: LeftOf
    ask_aid: AidFor
    left: dict[str, int] = field(default_factory=dict)
    aid: Sequence[tuple[str, Aids]] = ()
    silent: tuple[str, ...] = ()

    def left_of(self, version_ids: Sequence[str]) -> Mapping[str, int]:
        """Places left of these offers."""
        found = self.ask_left(version_ids)
        self.left.update(found)
        return found

    def aid_for(
        self, items: Sequence[Priced]
    ) -> tuple[Sequence[tuple[str, Aids]], tuple[str, ...]]:
        """The aid for these items, and the sources that kept silent."""
        self.aid, self.silent = self.ask_aid(items)
        return self.aid, self.silent


def written(
    compiled: Compiled, request: RequestFacts, heard: Heard, labels: Mapping[str, Label]
) -> Mapping[str, str]:
    """The sources by name. Those of the catalogue and the rules are made once per version."""
    snapshot, texts = compiled.snapshot, compiled.texts
    topics = sorted({need.topic for need in request.needs})
    found = {
        OFFERS + topic: _kept(texts, OFFERS + topic, lambda: _offers(snapshot, topic))
        for topic in topics
    }
    found["rules"] = _kept(texts, "rules", lambda: text_of(compiled.book.rules))
    found["heard"] = text_of(
        {
            "version": snapshot.version,
            "rules": compiled.book.version,
            "silent": compiled.book.silent,
            "left": heard.left,
            "aid": heard.aid,
            "aid_silent": heard.silent,
            "labels": [label for _id, label in sorted(labels.items())],
        }
    )
    return found


def _kept(texts: dict[str, str], name: str, make: Callable[[], str]) -> str:
    if name not in texts:
        texts[name] = make()
    return texts[name]


def _offers(snapshot: Snapshot, topic: str) -> str:
    posting = snapshot.postings.get(topic)
    rows = posting.rows if posting else ()
    scarce = [snapshot.version_ids[row] for row in rows if snapshot.scarce[row]]
    return text_of({"offers": [snapshot.offer(row) for row in rows], "scarce": scarce})


@dataclass(frozen=True, slots=True)
class Remembered:
    """A stored world: what ``decide`` and ``present`` ask of the real one."""

    snapshot: Snapshot
    book: RuleBook
    left: Mapping[str, int]
    aid: Sequence[tuple[str, Aids]]
    silent: tuple[str, ...]
    labels: Mapping[str, Label]

    def left_of(self, version_ids: Sequence[str]) -> Mapping[str, int]:
        """Places that were left."""
        return {one: self.left[one] for one in version_ids if one in self.left}

    def aid_for(
        self, _items: Sequence[Priced]
    ) -> tuple[Sequence[tuple[str, Aids]], tuple[str, ...]]:
        """What the sources of aid said then."""
        return self.aid, self.silent

    def labels_of(self, version_ids: Iterable[str]) -> Mapping[str, Label]:
        """Who stood behind the offers."""
        return {one: self.labels[one] for one in version_ids}


def read(sources: Mapping[str, str]) -> Remembered:
    """The world that an answer was made in. Raises KeyError when a source is missing."""
    heard = json.loads(sources["heard"])
    rules = [made(Rule, one) for one in json.loads(sources["rules"])]
    labels = [made(Label, one) for one in heard["labels"]]
    return Remembered(
        snapshot=build(heard["version"], _catalogue(sources)),
        book=replace(book_of(rules, heard["silent"]), version=heard["rules"]),
        left=heard["left"],
        aid=[(plugin, made(Aids, one)) for plugin, one in heard["aid"]],
        silent=tuple(heard["aid_silent"]),
        labels={label.version_id: label for label in labels},
    )


def _catalogue(sources: Mapping[str, str]) -> list[Offer]:
    found: dict[str, Offer] = {}
    for name, text in sources.items():
        if name.startswith(OFFERS):
            data: dict[str, Any] = json.loads(text)
            scarce = set(data["scarce"])
            for one in data["offers"]:
                places = 0 if one["version_id"] in scarce else None
                found[one["version_id"]] = made(Offer, one | {"places_left": places})
    return list(found.values())
