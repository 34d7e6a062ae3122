"""Frozen values that cross the contract. Money is integer euro cents, effort is whole hours off
the floor, dates are calendar dates of the place of work. ``None`` always means "unknown".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Reason:
    """One explanation: a stable code and the facts its sentence needs."""

    code: str
    facts: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Head counts of one group; never a person. Levels are CEFR ``A0``..``C1``."""

    count: int
    role: str = "workers"  # workers | supervisors | teams
    level_from: str | None = None
    level_to: str | None = None
    under_12_months: int | None = None
    temps: int | None = None
    languages: tuple[str, ...] = ()
    mixed_levels: bool | None = None  # more than one CEFR step between the lowest and the highest


@dataclass(frozen=True, slots=True)
class Need:
    """One topic for one group. ``shifts`` are early, day, late, night, weekend."""

    id: str
    topic: str
    group: Group
    weight: int = 1
    shifts: tuple[str, ...] = ()
    hours_off_floor_per_week: int | None = None
    modes: tuple[str, ...] = ()  # on_site | at_provider | online
    latest_end: date | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What the employer will invest at most: net euro cents and paid hours off the floor."""

    net_cents: int
    hours: int


@dataclass(frozen=True, slots=True)
class Related:
    """A firm in the group of an employer, with the share that one holds in the other."""

    share_percent: int
    headcount: int | None = None
    turnover_eur: int | None = None
    balance_eur: int | None = None


@dataclass(frozen=True, slots=True)
class Employer:
    """Facts of the legal unit that rules may look at; ``related`` None: its group is not known."""

    enterprise_number: str | None = None
    legal_form: str | None = None
    headcount: int | None = None
    turnover_eur: int | None = None
    balance_eur: int | None = None
    joint_committees: tuple[str, ...] = ()
    nace: str | None = None
    vat_recoverable: bool | None = None
    aid_used_this_year_cents: Mapping[str, int] = field(default_factory=dict)
    related: tuple[Related, ...] | None = None
    public_share_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The place of work: it decides region, language regime and competent agency."""

    refnis: str
    name: str
    region: str  # vlaanderen | brussel
    regime: str  # nl | bru | facility
    agency: str  # agii | atlas | amal | huisnl
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Everything the employer told, frozen; ``answers`` holds plugin answers by ``<id>.<key>``.

    ``start`` is the wished first day; ``asked_on`` the day the advice is asked, so that lead times
    are the same when it is replayed.
    """

    place: Place
    budget: Budget
    needs: tuple[Need, ...]
    employer: Employer = field(default_factory=Employer)
    start: date | None = None
    asked_on: date | None = None
    answers: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Price:
    """A price model: free | fixed | per_group | per_participant | tiered (cents up to n people)."""

    kind: str
    cents: int = 0
    tiers: tuple[tuple[int, int], ...] = ()  # (up to participants, total cents), ascending


@dataclass(frozen=True, slots=True)
class Offer:
    """A published offer version as the scorer sees it: no owner, no provider, no name to favour.

    Empty tuples mean "any". ``hours`` is paid time off the floor per participant for the whole
    track; ``reach`` holds regions, REFNIS codes and working areas of agencies (``area:agii``);
    ``places_left`` None means unlimited. ``vat`` is the treatment that a person reviewed for this
    seller and offer: standard | exempt | outside; None: nobody did.
    """

    version_id: str
    slug: str
    nature: str
    topics: tuple[str, ...]
    roles: tuple[str, ...]
    price: Price
    hours: int
    level_from: str | None = None
    level_to: str | None = None
    modes: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    group_min: int = 1
    group_max: int | None = None
    hours_per_week: int | None = None
    lead_days: int = 0
    weeks: int = 1
    reach: tuple[str, ...] = ()
    location: tuple[float, float] | None = None
    joint_committees: tuple[str, ...] = ()
    nace_prefixes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()  # kmo_registered | non_commercial | vov_registered ...
    tags: tuple[str, ...] = ()
    places_left: int | None = None
    vat: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """Who stands behind an offer; joined to an answer only after it has been decided."""

    version_id: str
    title: str
    provider: str
    provider_name: str
    owner: str  # agency | partner
    example_price: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One way to cover the needs it names. Subsidy is per pool, before the pool's cap."""

    id: str
    needs: tuple[str, ...]
    value: int
    gross_cents: int
    hours: int
    subsidy_cents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """Extra value and price when both ends are chosen."""

    a: str
    b: str
    value: int
    gross_cents: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Needs by id with weight, budget, pool caps by id, options and their relations."""

    needs: Mapping[str, int]
    budget: Budget
    pools: Mapping[str, int]
    options: tuple[Option, ...]
    excludes: tuple[tuple[str, str], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    pairs: tuple[Pair, ...] = ()
