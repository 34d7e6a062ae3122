"""What an answer was made of besides the request, as texts that are stored with it, and back.

The offers of every topic asked for, the rules, what the sources of aid said, the places that were
left and who stood behind the offers: the same answer follows from these alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from marketplace.contract.answers import Aids, Priced
from marketplace.contract.rules import Rule
from marketplace.contract.values import Label, Offer, RequestFacts

from .aid import AidAnswer, AskAid
from .hold import Compiled, by_owner
from .plain import made, text_of
from .recommend import Owners
from .rule_book import RuleBook, book_of
from .screening import LeftOf
from .snapshot import Snapshot, build

OFFERS = "offers/"


@dataclass(slots=True)
class Heard:
    """Asks the world outside, and remembers what it said. ``left`` and ``labels`` are by version
    id.
    """

    ask_left: LeftOf
    ask_aid: AskAid
    owners: Owners
    left: dict[str, int] = field(default_factory=dict)
    aid: list[AidAnswer] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)

    def left_of(self, version_ids: Sequence[str]) -> Mapping[str, int]:
        """Places left of these offers."""
        found = self.ask_left(version_ids)
        self.left.update(found)
        return found

    def aid_for(self, items: Sequence[Priced]) -> AidAnswer:
        """The aid for these items, and the sources that kept silent."""
        answer = self.ask_aid(items)
        self.aid.append(answer)
        return answer

    def labels_of(self, version_ids: Iterable[str]) -> Mapping[str, Label]:
        """Who stands behind these offers."""
        found = self.owners.labels_of(version_ids)
        self.labels.update(found)
        return found

    def rows_of(self) -> Mapping[str, bytes]:
        """Per kind of owner a byte per row of the snapshot; stored with the offers."""
        return self.owners.rows_of()


def written(compiled: Compiled, request: RequestFacts, heard: Heard) -> Mapping[str, str]:
    """The sources by name. Those of the catalogue and the rules are made once per version."""
    texts = compiled.texts
    found = {
        name: _kept(texts, name, partial(_offers, compiled, topic))
        for name, topic in _named(request).items()
    }
    found["rules"] = _kept(texts, "rules", lambda: text_of(compiled.book.rules))
    found["heard"] = text_of(
        {
            "version": compiled.snapshot.version,
            "rules": compiled.book.version,
            "silent": compiled.book.silent,
            "left": heard.left,
            "aid": heard.aid,
            "labels": [label for _id, label in sorted(heard.labels.items())],
        }
    )
    return found


def _named(request: RequestFacts) -> Mapping[str, str]:
    """The topics asked for, by the name of the source that holds their offers."""
    return {OFFERS + topic: topic for topic in sorted({need.topic for need in request.needs})}


def _kept(texts: dict[str, str], name: str, make: Callable[[], str]) -> str:
    if name not in texts:
        texts[name] = make()
    return texts[name]


def _offers(compiled: Compiled, topic: str) -> str:
    snapshot = compiled.snapshot
    posting = snapshot.postings.get(topic)
    rows = posting.rows if posting else ()
    scarce = [snapshot.version_ids[row] for row in rows if snapshot.scarce[row]]
    agency = [snapshot.version_ids[row] for row in rows if compiled.agency[row]]
    offers = [snapshot.offer(row) for row in rows]
    return text_of({"offers": offers, "scarce": scarce, "agency": agency})


@dataclass(frozen=True, slots=True)
class Remembered:
    """A stored world: what ``decide`` and ``present`` ask of the real one, in the same order."""

    snapshot: Snapshot
    book: RuleBook
    agency: bytes
    left: Mapping[str, int]
    aid: Iterator[AidAnswer]
    labels: Mapping[str, Label]

    def left_of(self, version_ids: Sequence[str]) -> Mapping[str, int]:
        """Places that were left."""
        return {one: self.left[one] for one in version_ids if one in self.left}

    def aid_for(self, _items: Sequence[Priced]) -> AidAnswer:
        """What the sources of aid said then."""
        return next(self.aid)

    def labels_of(self, version_ids: Iterable[str]) -> Mapping[str, Label]:
        """Who stood behind the offers."""
        return {one: self.labels[one] for one in version_ids}

    def rows_of(self) -> Mapping[str, bytes]:
        """Per kind of owner a byte per row of the snapshot, 1 for its offers."""
        return by_owner(self.agency)


def read(request: RequestFacts, sources: Mapping[str, str]) -> Remembered:
    """The world that an answer was made in. Raises KeyError when a source is missing."""
    heard = json.loads(sources["heard"])
    rules = [made(Rule, one) for one in json.loads(sources["rules"])]
    labels = [made(Label, one) for one in heard["labels"]]
    offers, agency = _catalogue([sources[name] for name in _named(request)])
    snapshot = build(heard["version"], offers)
    return Remembered(
        snapshot=snapshot,
        book=replace(book_of(rules, heard["silent"]), version=heard["rules"]),
        agency=bytes([one in agency for one in snapshot.version_ids]),
        left=heard["left"],
        aid=iter([_answer(*one) for one in heard["aid"]]),
        labels={label.version_id: label for label in labels},
    )


def _answer(aids: Sequence[tuple[str, Any]], silent: Sequence[str]) -> AidAnswer:
    return [(plugin, made(Aids, one)) for plugin, one in aids], tuple(silent)


def _catalogue(texts: Iterable[str]) -> tuple[list[Offer], set[str]]:
    found: dict[str, Offer] = {}
    agency: set[str] = set()
    for text in texts:
        data: dict[str, Any] = json.loads(text)
        scarce = set(data["scarce"])
        agency.update(data["agency"])
        for one in data["offers"]:
            places = 0 if one["version_id"] in scarce else None
            found[one["version_id"]] = made(Offer, one | {"places_left": places})
    return list(found.values()), agency
