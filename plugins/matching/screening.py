"""All offers of a need's topic held against its conditions and rules at once, as bitmaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.contract.values import Reason

from .conditions import CONDITIONS
from .fit import WEIGHTS, points_of, told
from .predicates import Compiled, Refused, preferred_by, refused_by, refused_by_rule
from .rule_book import RuleBook, noted, on_day
from .rules import assumes, refusal
from .situation import Situation
from .snapshot import Posting, Snapshot, positions

PLACES = "places"
LeftOf = Callable[[Sequence[str]], Mapping[str, int]]
"""Places left at this moment, by version id, of the scarce offers among these."""


@dataclass(frozen=True, slots=True)
class Screened:
    """The verdict on every offer of a topic for one need.

    ``refused`` holds per condition or rule who it refuses and with which code; ``single`` are the
    offers that exactly one refuses, ``preferred`` what the rules that prefer say.
    """

    situation: Situation
    snapshot: Snapshot
    posting: Posting
    refused: Mapping[str, Refused]
    eligible: int
    single: int
    preferred: Sequence[tuple[Compiled, int]]
    left: Mapping[str, int]

    def points(self, bitmap: int) -> tuple[list[int], list[int]]:
        """The rows of some offers, ascending, and the points of each."""
        found = positions(bitmap)
        rows = [self.posting.rows[at] for at in found]
        totals = points_of(self.snapshot, self.situation, rows)
        whole = sum(one.rule.weight for one, _who in self.preferred)
        if not whole:
            return rows, [(total + 1000 * WEIGHTS["situation"]) // 1000 for total in totals]
        gained = dict.fromkeys(found, 0)
        for one, who in self.preferred:
            for at in positions(who & bitmap):
                gained[at] += one.rule.weight
        most = 1000 * WEIGHTS["situation"]
        return rows, [
            (total + most * gained[at] // whole) // 1000
            for at, total in zip(found, totals, strict=True)
        ]

    def reasons(self, row: int, book: RuleBook) -> tuple[Reason, ...]:
        """Why an eligible offer serves: what it assumes, then the strongest part first."""
        look = self.situation.look_at(self.snapshot.offer(row))
        day = self.situation.first_day(self.snapshot.value("timing", row)[0])
        refusing, noting = on_day(book.refusing, day), on_day(book.noting, day)
        open_ends = [reason for rule in refusing if (reason := assumes(rule, look))]
        notes = [reason for rule in noting if (reason := noted(rule, look))]
        parts = told(self.snapshot, self.situation, row) + self._preferences(row)
        parts.sort(key=lambda pair: -pair[0])
        return (*open_ends, *notes, *[reason for _points, reason in parts])

    def _preferences(self, row: int) -> list[tuple[int, Reason]]:
        at = self.posting.position(row)
        whole = sum(one.rule.weight for one, _who in self.preferred)
        return [
            (
                1000 * WEIGHTS["situation"] * one.rule.weight // whole,
                Reason("situation-fits", {"condition": one.rule.code}),
            )
            for one, who in self.preferred
            if at is not None and who >> at & 1
        ]

    def refusals(self, row: int, book: RuleBook) -> tuple[Reason, ...]:
        """Every reason why the offer in this row cannot serve the need."""
        found = [
            Reason(code, one.facts(self.snapshot.value(one.trait, row), self.situation))
            for one in CONDITIONS
            if (code := one.refuse(self.snapshot.value(one.trait, row), self.situation))
        ]
        look = self.situation.look_at(self.snapshot.offer(row))
        day = self.situation.first_day(self.snapshot.value("timing", row)[0])
        refusing = on_day(book.refusing, day)
        found += [reason for rule in refusing if (reason := refusal(rule, look))]
        left = self.left.get(self.snapshot.version_ids[row])
        if left is not None and left < self.situation.need.group.count:
            found.append(Reason("no-places-left", {"left": left}))
        return tuple(found)


def screen(
    snapshot: Snapshot, posting: Posting, situation: Situation, book: RuleBook, left_of: LeftOf
) -> Screened:
    """Judge every offer of the posting; places are looked at for what passes all the rest."""
    refused: dict[str, Refused] = {
        one.name: refused_by(one, snapshot, posting, situation) for one in CONDITIONS
    }
    for one in book.refusing:
        refused[f"rule:{one.rule.id}"] = refused_by_rule(one, snapshot, posting, situation)
    once = twice = 0
    for rows in refused.values():
        for _code, who in rows:
            twice |= once & who
            once |= who
    eligible = posting.full & ~once
    left = _left(snapshot, posting, eligible, left_of)
    full = _full(snapshot, posting, left, situation.need.group.count) if left else 0
    refused[PLACES] = (("no-places-left", full),) if full else ()
    preferred = [
        (one, who)
        for one in book.preferring
        if (who := preferred_by(one, snapshot, posting, situation)) is not None
    ]
    return Screened(
        situation,
        snapshot,
        posting,
        refused,
        eligible & ~full,
        once & ~twice | full,
        preferred,
        left,
    )


def _left(
    snapshot: Snapshot, posting: Posting, eligible: int, left_of: LeftOf
) -> Mapping[str, int]:
    scarce = posting.kept.get(PLACES)
    if scarce is None:
        digits = [b"1" if snapshot.scarce[row] else b"0" for row in reversed(posting.rows)]
        scarce = posting.kept[PLACES] = int(b"".join(digits), 2)
    asked = positions(eligible & scarce)
    return left_of([snapshot.version_ids[posting.rows[at]] for at in asked]) if asked else {}


def _full(snapshot: Snapshot, posting: Posting, left: Mapping[str, int], count: int) -> int:
    found = 0
    for version_id, places in left.items():
        row = snapshot.row_of(version_id)
        at = None if row is None else posting.position(row)
        if at is not None and places < count:
            found |= 1 << at
    return found
