"""All offers of a need's topic held against its conditions and rules at once, as bitmaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marketplace.contract.values import Reason

from .conditions import CONDITIONS
from .fit import WEIGHTS, points_of, told
from .predicates import PostedRule, Refused, posted, refused_by_conditions
from .rule_book import RuleBook
from .rules import in_force, refusal
from .situation import Situation
from .snapshot import NO, Posting, Snapshot, gather, is_set, keep, positions

PLACES = "places"
LeftOf = Callable[[Sequence[str]], Mapping[str, int]]
"""Places left at this moment, by version id, of the scarce offers among these."""


@dataclass(frozen=True, slots=True)
class Screened:
    """The verdict on every offer of a topic for one need.

    ``refused`` holds per condition or rule who it refuses and with which code; ``single`` are the
    offers that exactly one refuses, ``preferred`` what the rules that prefer say. Of the rules that
    note, whether they are about this need is asked when somebody wants the reasons.
    """

    situation: Situation
    snapshot: Snapshot
    posting: Posting
    refused: Mapping[str, Refused]
    eligible: int
    single: int
    preferred: Sequence[tuple[PostedRule, int]]
    refusing: Sequence[PostedRule]
    noting: Sequence[PostedRule]
    left: Mapping[int, int]
    remarks: list[Sequence[tuple[Reason, int]]] = field(default_factory=list)

    def points(self, places: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        """The rows of some places of the posting, and the points of each."""
        rows, totals = points_of(self.snapshot, self.posting, self.situation, places)
        most = 1000 * WEIGHTS["situation"]
        whole = self.preferred_weight
        if not whole:
            return rows, [(total + most) // 1000 for total in totals]
        gained = [0] * len(rows)
        for one, who in self.preferred:
            weight = one.rule.weight
            gained = [
                sum_ + weight if yes else sum_
                for sum_, yes in zip(gained, is_set(who, places), strict=True)
            ]
        return rows, [
            (total + most * more // whole) // 1000
            for total, more in zip(totals, gained, strict=True)
        ]

    @property
    def preferred_weight(self) -> int:
        """The weight of all preferences that are about this need."""
        return sum([one.rule.weight for one, _who in self.preferred])

    def reasons(self, row: int) -> tuple[Reason, ...]:
        """Why an eligible offer serves: what it assumes and what is noted, then the strongest part
        of the fit first.
        """
        if not self.remarks:
            self.remarks.append(tuple(self._remarks()))
        at = self.posting.position(row) or 0
        parts = told(self.snapshot, self.situation, row) + self._preferences(at)
        parts.sort(key=lambda pair: -pair[0])
        remarks = [reason for reason, who in self.remarks[0] if who >> at & 1]
        return (*remarks, *[reason for _points, reason in parts])

    def _remarks(self) -> Iterator[tuple[Reason, int]]:
        where = (self.snapshot, self.posting, self.situation)
        for one in self.refusing:
            if who := one.assumed(*where):
                yield Reason("assumes", {"condition": one.rule.code}), who
        for one in self.noting:
            if one.concerns(self.situation.look) and (who := one.satisfied(*where)):
                yield Reason(one.rule.code), who

    def _preferences(self, at: int) -> list[tuple[int, Reason]]:
        whole = self.preferred_weight
        return [
            (
                1000 * WEIGHTS["situation"] * one.rule.weight // whole,
                Reason("situation-fits", {"condition": one.rule.code}),
            )
            for one, who in self.preferred
            if who >> at & 1
        ]

    def refusals(self, row: int, only: str | None = None) -> tuple[Reason, ...]:
        """Every reason why the offer in this row cannot serve the need; those of one condition or
        rule alone where it is known that nothing else refuses.
        """
        found = [
            Reason(code, one.facts(self.snapshot.value(one.trait, row), self.situation))
            for one in CONDITIONS
            if only in (None, one.name)
            and (code := one.refuse(self.snapshot.value(one.trait, row), self.situation))
        ]
        rules = [one.rule for one in self.refusing if only in (None, one.name)]
        if rules:
            look = self.situation.look_at(self.snapshot.offer(row))
            day = self.situation.first_day(self.snapshot.value("timing", row)[0])
            found += [reason for rule in in_force(rules, day) if (reason := refusal(rule, look))]
        left = self.places_left(row)
        if left is not None and left < self.situation.need.group.count:
            found.append(Reason("no-places-left", {"left": left}))
        return tuple(found)

    def places_left(self, row: int) -> int | None:
        """The places left of a scarce offer that passed everything else; None for any other."""
        at = self.posting.position(row)
        return None if at is None else self.left.get(at)


@dataclass(frozen=True, slots=True)
class Docket:
    """The rules of a book that can be about a topic, by effect."""

    book: RuleBook
    refusing: Sequence[PostedRule]
    preferring: Sequence[PostedRule]
    noting: Sequence[PostedRule]


def docket(snapshot: Snapshot, posting: Posting, topic: str, book: RuleBook) -> Docket:
    """The rules for a topic; made once per book."""
    key = ("rules", topic, id(book))
    found: Docket | None = posting.kept.get(key)
    if found is None or found.book is not book:
        effects = (book.refusing, book.preferring, book.noting)
        made = [posted(rules, topic, snapshot, posting) for rules in effects]
        found = Docket(book, *made)
        if posting.rows:  # a posting without offers is shared by all snapshots, and outlives a book
            keep(posting.kept, key, found)
    return found


def screen(
    snapshot: Snapshot, posting: Posting, situation: Situation, book: RuleBook, left_of: LeftOf
) -> Screened:
    """Judge every offer of the posting; places are looked at for what passes all the rest."""
    refused = refused_by_conditions(snapshot, posting, situation)
    rules, look = docket(snapshot, posting, situation.need.topic, book), situation.look
    refusing = [one for one in rules.refusing if one.concerns(look)]
    for one in refusing:
        refused[one.name] = one.refused(snapshot, posting, situation)
    once: int = 0
    twice: int = 0
    for rows in refused.values():
        for _code, bitmap in rows:
            twice |= once & bitmap
            once |= bitmap
    eligible: int = posting.full & ~once
    left = _left(snapshot, posting, eligible, left_of)
    full = sum([1 << at for at, places in left.items() if places < situation.need.group.count])
    refused[PLACES] = (("no-places-left", full),) if full else ()
    preferred = [
        (one, one.satisfied(snapshot, posting, situation))
        for one in rules.preferring
        if one.concerns(look)
    ]
    return Screened(
        situation,
        snapshot,
        posting,
        refused,
        eligible & ~full,
        once & ~twice | full,
        preferred,
        refusing,
        rules.noting,
        left,
    )


def _left(
    snapshot: Snapshot, posting: Posting, eligible: int, left_of: LeftOf
) -> Mapping[int, int]:
    """Places left of the scarce offers among these, by their bit."""
    scarce = posting.kept.get(PLACES)
    if scarce is None:
        digits = [b"1" if snapshot.scarce[row] else b"0" for row in reversed(posting.rows)]
        scarce = posting.kept[PLACES] = int(b"".join(digits) or NO, 2)
    asked = positions(eligible & scarce)
    if not asked:
        return {}
    version_ids = [snapshot.version_ids[row] for row in gather(asked)(posting.rows)]
    found = left_of(version_ids)
    return {at: found[one] for at, one in zip(asked, version_ids, strict=True) if one in found}
