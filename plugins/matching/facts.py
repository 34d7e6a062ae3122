"""The subjects that rules may test, looked up in a request, a need and an offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.contract.values import Json, Need, Offer, RequestFacts

LANGUAGE_TOPICS = frozenset(
    {"dutch-on-the-floor", "language-practice", "clear-language", "safety-language"}
)


@dataclass(frozen=True, slots=True)
class Case:
    """One offer held against one need of one request."""

    request: RequestFacts
    need: Need
    offer: Offer


def prefixes(codes: Sequence[str]) -> tuple[str, ...]:
    """Every code with its parents: ``330.01`` also counts as ``330``."""
    return tuple(
        ".".join(code.split(".")[:length])
        for code in codes
        for length in range(1, code.count(".") + 2)
    )


def nace_prefixes(code: str | None) -> tuple[str, ...] | None:
    """Every prefix of a NACE code without its points: ``87.10`` gives 8, 87, 871, 8710."""
    digits = (code or "").replace(".", "")
    return tuple(digits[:length] for length in range(1, len(digits) + 1)) or None


def _all_under_12_months(case: Case) -> bool | None:
    group = case.need.group
    return None if group.under_12_months is None else group.under_12_months >= group.count


def _temps_share(case: Case) -> int | None:
    group = case.need.group
    return None if group.temps is None else group.temps * 100 // max(1, group.count)


SUBJECTS: Mapping[str, Callable[[Case], object]] = {
    "need.topic": lambda case: case.need.topic,
    "need.role": lambda case: case.need.group.role,
    "need.count": lambda case: case.need.group.count,
    "need.level_from": lambda case: case.need.group.level_from,
    "need.level_to": lambda case: case.need.group.level_to,
    "need.shifts": lambda case: case.need.shifts or None,
    "need.hours_off_floor_per_week": lambda case: case.need.hours_off_floor_per_week,
    "need.under_12_months": lambda case: case.need.group.under_12_months,
    "need.all_under_12_months": _all_under_12_months,
    "need.temps_percent": _temps_share,
    "offer.slug": lambda case: case.offer.slug,
    "offer.nature": lambda case: case.offer.nature,
    "offer.topics": lambda case: case.offer.topics,
    "offer.tags": lambda case: case.offer.tags,
    "offer.modes": lambda case: case.offer.modes or None,
    "offer.shifts": lambda case: case.offer.shifts or None,
    "offer.evidence": lambda case: case.offer.evidence,
    "offer.price_kind": lambda case: case.offer.price.kind,
    "offer.language_only": lambda case: set(case.offer.topics) <= LANGUAGE_TOPICS,
    "employer.legal_form": lambda case: case.request.employer.legal_form,
    "employer.headcount": lambda case: case.request.employer.headcount,
    "employer.joint_committees": lambda case: (
        prefixes(case.request.employer.joint_committees) or None
    ),
    "employer.nace_prefixes": lambda case: nace_prefixes(case.request.employer.nace),
    "place.region": lambda case: case.request.place.region,
    "place.regime": lambda case: case.request.place.regime,
    "place.refnis": lambda case: case.request.place.refnis,
    "budget.net_cents": lambda case: case.request.budget.net_cents,
    "budget.hours": lambda case: case.request.budget.hours,
}


def value_of(subject: str, case: Case) -> object:
    """The value of a subject, None when it is unknown. Raises KeyError for no such subject."""
    if subject.startswith("answers."):
        answer: Json = case.request.answers.get(subject.removeprefix("answers."))
        return answer
    return SUBJECTS[subject](case)
