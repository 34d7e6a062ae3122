"""Whether a rule of aid concerns a case: yes, no (with the reason code) or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.contract.rules import Test
from marketplace.contract.values import Priced, RequestFacts

from .records import Condition, Record

Lookup = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``holds`` None: something is unknown. ``code``: why not, None when it need not be said."""

    holds: bool | None
    code: str | None = None


def _parents(codes: Iterable[str]) -> tuple[str, ...] | None:
    """Every code with its parents, ``330.01`` also as ``330``; None when there are no codes."""
    return tuple({part for code in codes for part in (code, code.split(".")[0])}) or None


def _starts(code: str | None) -> tuple[str, ...] | None:
    digits = (code or "").replace(".", "")
    return tuple(digits[:length] for length in range(1, len(digits) + 1)) or None


EMPLOYER: Mapping[str, Callable[[RequestFacts], object]] = {
    "employer.legal_form": lambda request: request.employer.legal_form,
    "employer.headcount": lambda request: request.employer.headcount,
    "employer.turnover_eur": lambda request: request.employer.turnover_eur,
    "employer.balance_eur": lambda request: request.employer.balance_eur,
    "employer.joint_committees": lambda request: _parents(request.employer.joint_committees),
    "employer.nace_prefixes": lambda request: _starts(request.employer.nace),
    "place.region": lambda request: request.place.region,
    "place.refnis_prefixes": lambda request: _starts(request.place.refnis),
}
ITEM: Mapping[str, Callable[[Priced], object]] = {
    "need.topic": lambda item: item.need.topic,
    "need.role": lambda item: item.need.group.role,
    "need.under_12_months": lambda item: item.need.group.under_12_months,
    "offer.nature": lambda item: item.offer.nature,
    "offer.hours": lambda item: item.offer.hours,
    "offer.evidence": lambda item: item.offer.evidence,
    "offer.tags": lambda item: item.offer.tags,
    "item.gross_cents": lambda item: item.gross_cents,
}
SUBJECTS = frozenset(EMPLOYER) | frozenset(ITEM)


def employer_lookup(request: RequestFacts) -> Lookup:
    """What is known of the employer and the place of work, by subject."""

    def look(subject: str) -> object:
        if subject.startswith("answers."):
            return request.answers.get(subject.removeprefix("answers."))
        return EMPLOYER[subject](request) if subject in EMPLOYER else None

    return look


def lookup(request: RequestFacts, item: Priced) -> Lookup:
    """What is known of the employer and of one priced offer, by subject."""
    employer = employer_lookup(request)
    return lambda subject: ITEM[subject](item) if subject in ITEM else employer(subject)


def _members(value: object) -> frozenset[object]:
    return frozenset(value) if isinstance(value, list | tuple | frozenset) else frozenset({value})


def _number(value: object) -> int:
    return value if isinstance(value, int) else int(str(value))


OPERATORS: Mapping[str, Callable[[object, object], bool]] = {
    "is": lambda actual, wanted: actual == wanted,
    "in": lambda actual, wanted: actual in _members(wanted),
    "not_in": lambda actual, wanted: actual not in _members(wanted),
    "overlaps": lambda actual, wanted: bool(_members(actual) & _members(wanted)),
    "at_least": lambda actual, wanted: _number(actual) >= _number(wanted),
    "at_most": lambda actual, wanted: _number(actual) <= _number(wanted),
}


def holds(test: Test, look: Lookup) -> bool | None:
    """Whether one test holds; None when its subject is unknown."""
    actual = look(test.subject)
    return None if actual is None else OPERATORS[test.op](actual, test.value)


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
