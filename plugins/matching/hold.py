"""The snapshot and the rules of this process: compared with the catalogue on every request, built
aside and swapped when it has moved. A build that fails keeps the old one, and says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import cast

from flask import current_app

from marketplace.contract.rules import Rule
from marketplace.contract.values import Label
from marketplace.kit import ask, catalogue

from .rule_book import RuleBook, book_of
from .rules import faults
from .snapshot import MOST_KEPT, Snapshot, build

NOT = bytes([1, 0, *range(2, 256)])

MOST_SETS = 8
"""Sets of plugins of which a process holds a snapshot; past that all are built anew."""

RETRY_SECONDS = 10
"""After a failed build nobody tries again for so long, unless the catalogue moves."""

Key = tuple[int, tuple[str, ...]]

CONSULTANTS = "consultants"

STALE = "catalogue"
"""The silent source that an advice names when it was made on an older catalogue."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One catalogue version, ready to match; ``labels`` and ``agency`` (a byte per row, 1 for the
    offers of agencies) are kept apart from what is scored.

    ``unanswered``: a plugin did not give its rules, and is asked again at the next request.
    """

    key: Key
    snapshot: Snapshot
    book: RuleBook
    agency: bytes = b""
    unanswered: bool = False
    labels: dict[str, Label] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def labels_of(self, version_ids: Iterable[str]) -> Mapping[str, Label]:
        """Who stands behind these offers; read once per catalogue version."""
        wanted = list(version_ids)
        missing = [one for one in wanted if one not in self.labels]
        if missing:
            if len(self.labels) > MOST_KEPT:
                self.labels.clear()
                missing = wanted
            self.labels.update(catalogue.labels(missing))
        return {one: self.labels[one] for one in wanted}

    def rows_of(self) -> Mapping[str, bytes]:
        """Per kind of owner a byte per row of the snapshot, 1 for its offers."""
        return by_owner(self.agency)


@dataclass(slots=True)
class Holder:
    """What a process holds for one set of plugins. ``failed`` is the key whose build failed last,
    with when and why.
    """

    compiled: Compiled | None = None
    failed: tuple[Key, float, str] | None = None
    lock: Lock = field(default_factory=Lock)

    def waits(self, key: Key) -> bool:
        """Whether the build of this key failed a moment ago."""
        return (
            self.failed is not None
            and self.failed[0] == key
            and time.monotonic() - self.failed[1] < RETRY_SECONDS
        )


def by_owner(agency: bytes) -> Mapping[str, bytes]:
    """The rows of both kinds of owner, from a byte per row that is 1 for agencies."""
    return {"agency": agency, "partner": agency.translate(NOT)}


def holder() -> Holder:
    """The holder of the plugins that are on for the federation in hand."""
    return holder_of(catalogue.version_key())


def holder_of(key: Key) -> Holder:
    """The holder of a set of plugins: each its own, so that no federation pushes out another's."""
    holders: dict[tuple[str, ...], Holder] = current_app.extensions.setdefault("matching", {})
    if key[1] not in holders and len(holders) >= MOST_SETS:
        holders.clear()
    return holders.setdefault(key[1], Holder())


def current() -> Compiled:
    """The catalogue as it is now. Raises what the build raised when there is no older one."""
    key = catalogue.version_key()
    held = holder_of(key)
    found = held.compiled
    if found is None or found.key != key:
        with held.lock:
            found = held.compiled
            if found is None or found.key != key:
                found = _renewed(held, key)
    elif found.unanswered:
        book, unanswered = rule_book()
        found = held.compiled = replace(found, book=book, unanswered=unanswered, texts={})
    if held.failed is not None and held.failed[0] == key:
        silent = tuple(sorted({*found.book.silent, STALE}))
        return replace(found, book=replace(found.book, silent=silent))
    return found


def _renewed(held: Holder, key: Key) -> Compiled:
    """The catalogue compiled anew; the older one when that fails, or failed a moment ago."""
    old = held.compiled
    if old is not None and held.waits(key):
        return old
    try:
        made = _compiled(key)
    except Exception as error:
        if old is None:
            raise
        current_app.logger.exception("the catalogue could not be compiled; the old one stays")
        held.failed = (key, time.monotonic(), f"{type(error).__name__}: {error}")
        return old
    held.compiled, held.failed = made, None
    return made


def _compiled(key: tuple[int, tuple[str, ...]]) -> Compiled:
    book, unanswered = rule_book()
    snapshot = build(key[0], catalogue.published())
    kinds = catalogue.owner_kinds()
    agency = bytes([kinds.get(one) == "agency" for one in snapshot.version_ids])
    return Compiled(key, snapshot, book, agency, unanswered)


def rule_book() -> tuple[RuleBook, bool]:
    """The rules of all plugins that are on and of the consultants; a faulty one is left out and
    its source is named. Also whether a plugin failed to answer, so that it is asked again.
    """
    answers = ask.ask("rules")
    rules: list[Rule] = []
    silent = set(answers.silent)
    for source, contributed in (*answers.values, (CONSULTANTS, catalogue.consultant_rules())):
        for rule in cast("Sequence[Rule]", contributed):
            if faults(rule):
                silent.add(source)
            else:
                rules.append(rule)
    return book_of(rules, silent), bool(answers.silent)
