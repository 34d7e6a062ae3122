"""Whether a rule of aid concerns a case: yes, no (with the reason code) or not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.contract.answers import Priced
from marketplace.contract.values import RequestFacts
from marketplace.kit import criteria
from marketplace.kit.criteria import NEED, OFFER, Lookup, holds

from .records import Condition, Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """``holds`` None: something is unknown. ``code``: why not, None when it need not be said."""

    holds: bool | None
    code: str | None = None


ITEM: Mapping[str, Callable[[Priced], object]] = {
    "item.gross_cents": lambda item: item.gross_cents,
    "item.start_month": lambda item: item.start.month,
}
PARTS: Sequence[Mapping[str, Callable[[Any], object]]] = (ITEM, NEED, OFFER)
"""Where a subject of a priced offer is read: in itself, in its need or in its offer."""
ABOUT_ITEM = frozenset({*ITEM, *NEED, *OFFER})
"""What differs by priced offer; everything else is the same for the whole request."""


def known_subject(subject: str) -> bool:
    """Whether a rule of aid may look at this subject."""
    return subject in ITEM or criteria.known_subject(subject)


def about_request(subject: str) -> Callable[[RequestFacts], object]:
    """Reads a subject that is the same for every priced offer of a request."""
    known = criteria.REQUEST.get(subject)
    return known or (lambda request: criteria.lookup(request)(subject))


def lookup(item: Priced) -> Lookup:
    """What is known of one priced offer, by subject; what the request says is not among it."""
    parts = (item, item.need, item.offer)  # in the order of PARTS

    def look(subject: str) -> object:
        for part, about in zip(PARTS, parts, strict=True):
            if subject in part:
                return part[subject](about)
        return None

    return look


def any_of(condition: Condition, look: Lookup) -> bool | None:
    """Whether one of the tests holds; None when that is not known, unless the condition says what
    an unknown fact counts as.
    """
    found = [holds(test, look) for test in condition.any_of]
    if True in found:
        return True
    if None in found and not condition.known:
        return True if condition.assumed else None
    return False


def judge(record: Record, look: Lookup) -> Verdict:
    """Who and what, in the order of the record."""
    return walk((*record.who, *record.what), look)


def judge_employer(record: Record, look: Lookup) -> Verdict:
    """Only who: whether the rule can concern this employer at all."""
    return walk(record.who, look)


def walk(conditions: Sequence[Condition], look: Lookup) -> Verdict:
    """In order; the first condition that fails decides."""
    unknown = False
    for condition in conditions:
        found = any_of(condition, look)
        if found is False:
            return Verdict(False, condition.code)
        unknown = unknown or found is None
    return Verdict(None if unknown else True)
