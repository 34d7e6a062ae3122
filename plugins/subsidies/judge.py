"""Whether a rule of aid concerns a case: yes, no (with the reason code) or not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.contract.values import Priced, RequestFacts
from marketplace.kit import criteria
from marketplace.kit.criteria import Lookup, holds

from .records import Condition, Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """``holds`` None: something is unknown. ``code``: why not, None when it need not be said."""

    holds: bool | None
    code: str | None = None


ITEM: Mapping[str, Callable[[Priced], object]] = {"item.gross_cents": lambda item: item.gross_cents}


def known_subject(subject: str) -> bool:
    """Whether a rule of aid may look at this subject."""
    return subject in ITEM or criteria.known_subject(subject)


def lookup(request: RequestFacts, item: Priced) -> Lookup:
    """What is known of the employer and of one priced offer, by subject."""
    case = criteria.lookup(request, item.need, item.offer)
    return lambda subject: ITEM[subject](item) if subject in ITEM else case(subject)


def _any(condition: Condition, look: Lookup) -> bool | None:
    found = [holds(test, look) for test in condition.any_of]
    if True in found:
        return True
    return None if None in found and not condition.known else False


def judge(record: Record, look: Lookup) -> Verdict:
    """Walk who and what in the order of the record; the first condition that fails decides."""
    return _walk((*record.who, *record.what), look)


def judge_employer(record: Record, look: Lookup) -> Verdict:
    """Only who: whether the rule can concern this employer at all."""
    return _walk(record.who, look)


def _walk(conditions: Sequence[Condition], look: Lookup) -> Verdict:
    unknown = False
    for condition in conditions:
        found = _any(condition, look)
        if found is False:
            return Verdict(False, condition.code)
        unknown = unknown or found is None
    return Verdict(None if unknown else True)
