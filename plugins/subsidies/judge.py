"""Whether a rule of aid concerns a case: yes, no (with the reason code) or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.contract.answers import Priced
from marketplace.contract.rules import Criterion
from marketplace.contract.values import RequestFacts
from marketplace.kit import criteria
from marketplace.kit.criteria import NEED, OFFER, Lookup, holds

from .records import Condition, Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """``holds`` None: something is unknown. ``code``: why not, None when it need not be said."""

    holds: bool | None
    code: str | None = None


ITEM: Mapping[str, Callable[[Priced], object]] = {"item.gross_cents": lambda item: item.gross_cents}
PARTS: Sequence[Mapping[str, Callable[[Any], object]]] = (ITEM, NEED, OFFER)
"""Where a subject of a priced offer is read: in itself, in its need or in its offer."""
ABOUT_ITEM = frozenset({*ITEM, *NEED, *OFFER})
"""What differs by priced offer; everything else is the same for the whole request."""


def known_subject(subject: str) -> bool:
    """Whether a rule of aid may look at this subject."""
    return subject in ITEM or criteria.known_subject(subject)


def lookup(request: RequestFacts, item: Priced) -> Lookup:
    """What is known of the employer and of one priced offer, by subject."""
    case = criteria.lookup(request, item.need, item.offer)
    return lambda subject: ITEM[subject](item) if subject in ITEM else case(subject)


def any_of(tests: Iterable[Criterion], known: bool, look: Lookup) -> bool | None:
    """Whether one of the tests holds; None when that is not known, unless it must be ``known``."""
    found = [holds(test, look) for test in tests]
    if True in found:
        return True
    return None if None in found and not known else False


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
        found = any_of(condition.any_of, condition.known, look)
        if found is False:
            return Verdict(False, condition.code)
        unknown = unknown or found is None
    return Verdict(None if unknown else True)
