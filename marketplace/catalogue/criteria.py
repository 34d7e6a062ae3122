"""What rules and questions may ask about, and how a criterion is judged; the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from marketplace.catalogue import group_figures
from marketplace.contract.rules import Criterion
from marketplace.contract.values import Need, Offer, RequestFacts

Lookup = Callable[[str], object]
"""Subject → its value, None when it is unknown."""

LANGUAGE_TOPICS = frozenset(
    {"dutch-on-the-floor", "language-practice", "clear-language", "safety-language"}
)


def parents(codes: Iterable[str]) -> tuple[str, ...]:
    """Every joint committee with its parents: ``330.01`` also counts as ``330``."""
    found = (
        ".".join(code.split(".")[:length])
        for code in codes
        for length in range(1, code.count(".") + 2)
    )
    return tuple(dict.fromkeys(found))


def beginnings(code: str | None) -> tuple[str, ...]:
    """Every beginning of a code without its points: ``87.10`` gives 8, 87, 871, 8710."""
    digits = (code or "").replace(".", "")
    return tuple(digits[:length] for length in range(1, len(digits) + 1))


def _all_under_12_months(need: Need) -> bool | None:
    newcomers = need.group.under_12_months
    return None if newcomers is None else newcomers >= need.group.count


def _temps_percent(need: Need) -> int | None:
    temps = need.group.temps
    return None if temps is None else temps * 100 // max(1, need.group.count)


def _shift_count(need: Need) -> int | None:
    return len(set(need.shifts)) or None


REQUEST: Mapping[str, Callable[[RequestFacts], object]] = {
    "employer.legal_form": lambda request: request.employer.legal_form,
    "employer.headcount": lambda request: request.employer.headcount,
    "employer.turnover_eur": lambda request: request.employer.turnover_eur,
    "employer.balance_eur": lambda request: request.employer.balance_eur,
    "employer.group_headcount": lambda request: group_figures.headcount(request.employer),
    "employer.group_turnover_eur": lambda request: group_figures.turnover_eur(request.employer),
    "employer.group_balance_eur": lambda request: group_figures.balance_eur(request.employer),
    "employer.public_share_percent": lambda request: request.employer.public_share_percent,
    "employer.joint_committees": lambda request: parents(request.employer.joint_committees) or None,
    "employer.nace_prefixes": lambda request: beginnings(request.employer.nace) or None,
    "place.region": lambda request: request.place.region,
    "place.regime": lambda request: request.place.regime,
    "place.agency": lambda request: request.place.agency,
    "place.refnis": lambda request: request.place.refnis,
    "place.refnis_prefixes": lambda request: beginnings(request.place.refnis),
    "budget.net_cents": lambda request: request.budget.net_cents,
    "budget.hours": lambda request: request.budget.hours,
}
NEED: Mapping[str, Callable[[Need], object]] = {
    "need.topic": lambda need: need.topic,
    "need.role": lambda need: need.group.role,
    "need.count": lambda need: need.group.count,
    "need.level_from": lambda need: need.group.level_from,
    "need.level_to": lambda need: need.group.level_to,
    "need.mixed_levels": lambda need: need.group.mixed_levels,
    "need.languages": lambda need: need.group.languages or None,
    "need.shifts": lambda need: need.shifts or None,
    "need.shift_count": _shift_count,
    "need.modes": lambda need: need.modes or None,
    "need.hours_off_floor_per_week": lambda need: need.hours_off_floor_per_week,
    "need.under_12_months": lambda need: need.group.under_12_months,
    "need.all_under_12_months": _all_under_12_months,
    "need.temps_percent": _temps_percent,
}
OFFER: Mapping[str, Callable[[Offer], object]] = {
    "offer.slug": lambda offer: offer.slug,
    "offer.nature": lambda offer: offer.nature,
    "offer.topics": lambda offer: offer.topics,
    "offer.tags": lambda offer: offer.tags,
    "offer.roles": lambda offer: offer.roles or None,
    "offer.modes": lambda offer: offer.modes or None,
    "offer.shifts": lambda offer: offer.shifts or None,
    "offer.languages": lambda offer: offer.languages or None,
    "offer.level_from": lambda offer: offer.level_from,
    "offer.level_to": lambda offer: offer.level_to,
    "offer.group_min": lambda offer: offer.group_min,
    "offer.group_max": lambda offer: offer.group_max,
    "offer.hours": lambda offer: offer.hours,
    "offer.hours_per_week": lambda offer: offer.hours_per_week,
    "offer.weeks": lambda offer: offer.weeks,
    "offer.lead_days": lambda offer: offer.lead_days,
    "offer.reach": lambda offer: offer.reach or None,
    "offer.joint_committees": lambda offer: offer.joint_committees or None,
    "offer.nace_prefixes": lambda offer: offer.nace_prefixes or None,
    "offer.evidence": lambda offer: offer.evidence,
    "offer.price_kind": lambda offer: offer.price.kind,
    "offer.language_only": lambda offer: set(offer.topics) <= LANGUAGE_TOPICS,
}
"""What an offer itself says; whose it is and who gives it are not among it."""
SUBJECTS = frozenset({*REQUEST, *NEED, *OFFER})
"""Besides these, ``answers.<plugin>.<key>`` is what the employer answered a plugin."""


def known_subject(subject: str) -> bool:
    """Whether a criterion may name this subject."""
    return subject in SUBJECTS or subject.startswith("answers.")


def lookup(request: RequestFacts, need: Need | None = None, offer: Offer | None = None) -> Lookup:
    """The values of a case; what is not given, or no subject at all, is unknown."""

    def look(subject: str) -> object:
        if subject.startswith("answers."):
            return request.answers.get(subject.removeprefix("answers."))
        if subject in NEED:
            return NEED[subject](need) if need else None
        if subject in OFFER:
            return OFFER[subject](offer) if offer else None
        return REQUEST[subject](request) if subject in REQUEST else None

    return look


def _members(value: object) -> frozenset[object]:
    return frozenset(value) if isinstance(value, list | tuple | frozenset) else frozenset({value})


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is not a whole number")
    return value


OPERATORS: Mapping[str, Callable[[object, object], bool]] = {
    "is": lambda actual, wanted: actual == wanted,
    "in": lambda actual, wanted: actual in _members(wanted),
    "not_in": lambda actual, wanted: not _members(actual) & _members(wanted),
    "overlaps": lambda actual, wanted: bool(_members(actual) & _members(wanted)),
    "at_least": lambda actual, wanted: _number(actual) >= _number(wanted),
    "at_most": lambda actual, wanted: _number(actual) <= _number(wanted),
}


def holds(criterion: Criterion, look: Lookup) -> bool | None:
    """Whether a criterion holds; None when its subject is unknown, or of a kind that cannot be
    compared: an answer to a plugin may be anything.
    """
    actual = look(criterion.subject)
    try:
        return None if actual is None else OPERATORS[criterion.op](actual, criterion.value)
    except TypeError:
        return None
