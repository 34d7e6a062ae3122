"""Conditions and rules as vector predicates: judged once per distinct value, kept as bitmaps."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import cast

from marketplace.contract.rules import Criterion, Rule
from marketplace.contract.values import Offer
from marketplace.kit.criteria import OFFER, Lookup, holds

from .conditions import CONDITIONS, Condition
from .situation import Situation
from .snapshot import NO, YES, Posting, Snapshot, keep
from .traits import stand_in, trait_of

TOPIC = "need.topic"

Refused = Sequence[tuple[str, int]]
"""Reason code and the offers of the posting that it refuses, as a bitmap."""


def refused_by_conditions(
    snapshot: Snapshot, posting: Posting, situation: Situation
) -> dict[str, Refused]:
    """Who fails each condition; one with several codes gives each its own offers."""
    found: dict[str, Refused] = {}
    kept = posting.kept
    for one in CONDITIONS:
        key = (one.name, one.key(situation))
        refused = kept.get(key)
        if refused is None:
            refused = keep(kept, key, _refused(one, key, snapshot, posting, situation))
        found[one.name] = refused
    return found


def _refused(
    condition: Condition, key: Hashable, snapshot: Snapshot, posting: Posting, situation: Situation
) -> Refused:
    flags = snapshot.kept.get(key)
    if flags is None:
        flags = keep(snapshot.kept, key, _flags(condition, snapshot, situation))
    made = [(code, posting.where(condition.trait, digits)) for code, digits in flags]
    return tuple([row for row in made if row[1]])


def _flags(
    condition: Condition, snapshot: Snapshot, situation: Situation
) -> tuple[tuple[str, bytes], ...]:
    values = snapshot.values[condition.trait]
    codes = condition.codes(values, situation)
    return tuple(
        (code, b"".join([YES if one == code else NO for one in codes]))
        for code in dict.fromkeys(codes)
        if code is not None
    )


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, its criteria parted in what the request decides and what the offer decides."""

    rule: Rule
    when_asked: tuple[Criterion, ...]
    when_offered: tuple[Criterion, ...]
    require_asked: tuple[Criterion, ...]
    require_offered: tuple[Criterion, ...]


def compiled(rule: Rule) -> CompiledRule:
    """The rule ready to be judged for many offers at once."""
    return CompiledRule(rule, *_parted(rule.when), *_parted(rule.require))


def _parted(tests: Sequence[Criterion]) -> tuple[tuple[Criterion, ...], tuple[Criterion, ...]]:
    offered = [test.subject.startswith("offer.") for test in tests]
    return (
        tuple([test for test, is_offer in zip(tests, offered, strict=True) if not is_offer]),
        tuple([test for test, is_offer in zip(tests, offered, strict=True) if is_offer]),
    )


@dataclass(frozen=True, slots=True)
class PostedRule:
    """A rule that can be about a topic, with what the offers of the topic decide of it.

    ``open_when`` and ``open_require`` are left to ask of a need. Of the offers for which the rule
    is meant, in ``apply``, some are known to lack what it requires, some do not say, some have it.
    """

    name: str
    rule: Rule
    open_when: tuple[Criterion, ...]
    open_require: tuple[Criterion, ...]
    apply: int
    lack: int
    unsaid: int
    have: int

    def concerns(self, look: Lookup) -> bool:
        """Whether the rule is about this need at all."""
        return all(holds(test, look) for test in self.open_when)

    def refused(self, snapshot: Snapshot, posting: Posting, situation: Situation) -> Refused:
        """Who fails a rule that refuses and is about this need. Only known facts refuse."""
        failed = any(holds(test, situation.look) is False for test in self.open_require)
        refused = self.apply if failed else self.lack
        refused = refused and refused & in_force(self.rule, snapshot, posting, situation)
        return ((self.rule.code, refused),) if refused else ()

    def assumed(self, snapshot: Snapshot, posting: Posting, situation: Situation) -> int:
        """For whom a rule that refuses only does not because nobody said what it asks."""
        asked = any(holds(test, situation.look) is None for test in self.open_require)
        found = self.apply if asked else self.unsaid
        return found and found & in_force(self.rule, snapshot, posting, situation)

    def satisfied(self, snapshot: Snapshot, posting: Posting, situation: Situation) -> int:
        """Who has what a rule about this need prefers or notes. Nothing unknown counts."""
        if not all(holds(test, situation.look) for test in self.open_require):
            return 0
        return self.have and self.have & in_force(self.rule, snapshot, posting, situation)


def posted(
    rules: Sequence[CompiledRule], topic: str, snapshot: Snapshot, posting: Posting
) -> tuple[PostedRule, ...]:
    """The rules that can be about a topic, held against its offers. The topic decides every
    criterion about it, so what is left is about the rest of the need.
    """
    found = []
    for one in rules:
        about: list[Criterion] = []
        others: list[Criterion] = []
        for test in one.when_asked:
            (about if test.subject == TOPIC else others).append(test)
        if all(holds(test, lambda _subject: topic) for test in about):
            found.append(_posted(one, tuple(others), snapshot, posting))
    return tuple(found)


def _posted(
    one: CompiledRule, open_when: tuple[Criterion, ...], snapshot: Snapshot, posting: Posting
) -> PostedRule:
    apply = have = posting.full
    lack = unsaid = 0
    for test in one.when_offered:
        apply &= _where(test, True, snapshot, posting)
    for test in one.require_offered:
        yes, no = (_where(test, wanted, snapshot, posting) for wanted in (True, False))
        have &= yes
        lack |= no
        unsaid |= posting.full & ~(yes | no)
    return PostedRule(
        name=f"rule:{one.rule.id}",
        rule=one.rule,
        open_when=open_when,
        open_require=one.require_asked,
        apply=apply,
        lack=apply & lack,
        unsaid=apply & unsaid,
        have=apply & have,
    )


def in_force(rule: Rule, snapshot: Snapshot, posting: Posting, situation: Situation) -> int:
    """The offers whose first day lies within the dates of the rule."""
    first, last = rule.valid_from, rule.valid_to
    if first is None and last is None:
        return posting.full

    def begins_within(timing: tuple[int, int]) -> bool:
        day = situation.first_day(timing[0])
        return (first is None or first <= day) and (last is None or day <= last)

    return posting.where("timing", snapshot.flags("timing", begins_within))


def _where(test: Criterion, wanted: bool, snapshot: Snapshot, posting: Posting) -> int:
    """The offers for which a criterion about the offer holds, or is known not to hold."""
    key = (test.subject, test.op, repr(test.value), wanted)
    found = posting.kept.get(key)
    if found is None:
        found = keep(posting.kept, key, _judged(test, wanted, snapshot, posting))
    return cast(int, found)


def _judged(test: Criterion, wanted: bool, snapshot: Snapshot, posting: Posting) -> int:
    trait = trait_of(test.subject)
    if trait is not None:
        name = trait
        return posting.where(
            trait,
            snapshot.flags(trait, lambda value: _holds(test, stand_in(name, value)) is wanted),
        )
    offers = map(snapshot.offer, reversed(posting.rows))
    digits = [YES if _holds(test, one) is wanted else NO for one in offers]
    return int(b"".join(digits) or NO, 2)


def _holds(test: Criterion, offer: Offer) -> bool | None:
    return holds(test, lambda subject: OFFER[subject](offer))
