"""How well an eligible offer fits a need: 0 to 1000 points from published, weighted parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from marketplace.contract.values import Json, Reason
from marketplace.kit.places import distance_km

from .eligibility import LEVELS, first_day, groups_of
from .facts import Case

WEIGHTS: Mapping[str, int] = {
    "topic": 250,
    "level": 200,
    "shift": 150,
    "distance": 100,
    "start": 100,
    "group": 100,
    "sector": 50,
    "language": 50,
}
"""The most points each part can give. They add up to 1000 and are printed on the ranking page."""

NOT_STATED: Mapping[str, int] = {"level": 700, "distance": 500, "language": 500}
"""Thousandths of a part that an offer gets when it does not say; the reasons tell it."""

NEAR_KM, FAR_KM = 30, 100
SOON_DAYS, LATE_DAYS = 14, 120


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a part's weight, in thousandths, and what to tell the employer about it."""

    share: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """The points and the reasons behind them, strongest part first."""

    points: int
    reasons: tuple[Reason, ...]


def topic(case: Case) -> Part:
    """Full when the topic is the offer's first, four fifths when it comes along."""
    first = case.offer.topics[0] == case.need.topic
    return Part(1000 if first else 800, Reason("fits-topic", {"topic": case.need.topic}))


def level(case: Case) -> Part:
    """How much of the way from the present to the wanted level the offer covers."""
    group, offer = case.need.group, case.offer
    if group.level_to is None:
        return Part(1000)
    if offer.level_to is None:
        return Part(NOT_STATED["level"], Reason("level-not-stated"))
    wanted, reached = LEVELS[group.level_to], LEVELS[offer.level_to]
    start = LEVELS[group.level_from] if group.level_from else max(0, wanted - 1)
    facts: Mapping[str, Json] = {"from": group.level_from, "to": offer.level_to}
    if reached >= wanted:
        return Part(1000, Reason("reaches-level", facts))
    way = max(1, wanted - start)
    return Part(1000 * max(0, reached - start) // way, Reason("part-of-level", facts))


def shift(case: Case) -> Part:
    """How many of the group's shifts the offer can be given in."""
    wanted, given = set(case.need.shifts), set(case.offer.shifts)
    if not wanted or not given:
        return Part(1000)
    common = sorted(wanted & given)
    code = "fits-shifts" if len(common) == len(wanted) else "fits-some-shifts"
    return Part(1000 * len(common) // len(wanted), Reason(code, {"shifts": common}))


def distance(case: Case) -> Part:
    """At the place of work or online: full. Elsewhere: full to 30 km, nothing from 100 km."""
    offer, need = case.offer, case.need
    modes = set(offer.modes) & set(need.modes) or set(offer.modes) or set(need.modes)
    if "on_site" in modes:
        return Part(1000, Reason("on-site"))
    if "online" in modes:
        return Part(1000, Reason("online"))
    if offer.location is None:
        return Part(NOT_STATED["distance"], Reason("place-not-stated"))
    km = round(distance_km(offer.location, case.request.place))
    share = 1000 * max(0, FAR_KM - max(km, NEAR_KM)) // (FAR_KM - NEAR_KM)
    return Part(share, Reason("distance", {"km": km}))


def start(case: Case) -> Part:
    """Full within two weeks of the wished day, nothing from four months."""
    begin = first_day(case)
    days = (begin - (case.request.start or case.request.asked_on or begin)).days
    share = 1000 * max(0, LATE_DAYS - max(days, SOON_DAYS)) // (LATE_DAYS - SOON_DAYS)
    return Part(share, Reason("starts", {"date": begin.isoformat()}))


def group(case: Case) -> Part:
    """How well the groups are filled."""
    count, most = case.need.group.count, case.offer.group_max
    if most is None:
        return Part(1000)
    groups = groups_of(case.offer, count)
    facts: Mapping[str, Json] = {"groups": groups, "most": most}
    return Part(1000 * count // (groups * most), Reason("group-size", facts))


def sector(case: Case) -> Part:
    """Made for this sector: full. For everybody: three fifths."""
    tailored = bool(case.offer.joint_committees or case.offer.nace_prefixes)
    return Part(1000, Reason("made-for-sector")) if tailored else Part(600)


def language(case: Case) -> Part:
    """How many of the group's languages have material; only for what is translated."""
    spoken, given = set(case.need.group.languages), set(case.offer.languages)
    if not spoken:
        return Part(1000)
    if not given:
        return Part(NOT_STATED["language"], Reason("languages-not-stated"))
    common = sorted(spoken & given)
    reason = Reason("languages", {"languages": common}) if common else None
    return Part(1000 * len(common) // len(spoken), reason)


PARTS: Mapping[str, Callable[[Case], Part]] = {
    "topic": topic,
    "level": level,
    "shift": shift,
    "distance": distance,
    "start": start,
    "group": group,
    "sector": sector,
    "language": language,
}


def fit(case: Case) -> Fit:
    """Points of an eligible offer for a need; missing data costs a published share, never all."""
    parts = {name: judge(case) for name, judge in PARTS.items()}
    points = sum(WEIGHTS[name] * part.share for name, part in parts.items()) // 1000
    told = [(WEIGHTS[name] * part.share, part.reason) for name, part in parts.items()]
    told.sort(key=lambda pair: -pair[0])
    return Fit(points, tuple(reason for _points, reason in told if reason))
