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
class Employer:
    """Facts of the legal unit that rules may look at."""

    enterprise_number: str | None = None
    legal_form: str | None = None
    headcount: int | None = None
    turnover_eur: int | None = None
    balance_eur: int | None = None
    joint_committees: tuple[str, ...] = ()
    nace: str | None = None
    vat_recoverable: bool | None = None
    aid_used_this_year_cents: Mapping[str, int] = field(default_factory=dict)


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
    ``places_left`` None means unlimited.
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


@dataclass(frozen=True, slots=True)
class Aid:
    """What one rule takes off a price. ``cents`` None: possible, amount not known."""

    rule: str
    cents: int | None
    certainty: str  # certain | possible | unknown
    pool: str | None = None
    source: str | None = None
    title: str = ""  # what people read, in Dutch
    checked_on: date | None = None
    wage_side: bool = False  # paid back on wages: shown apart, never taken off the invoice


@dataclass(frozen=True, slots=True)
class Priced:
    """An offer for one group with its gross price, as the subsidy plugins are asked about it."""

    offer: Offer
    need: Need
    gross_cents: int
    start: date


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Certain aid on an invoice is never more than so many thousandths of the gross price plus so
    many cents per hour off the floor, of all participants together.
    """

    permille: int
    hourly_cents: int = 0


@dataclass(frozen=True, slots=True)
class Aids:
    """Answer of a subsidy plugin: pool caps, and per priced item its aids and refusals.

    ``ceiling`` holds for every item of the request, whatever the offer; None: not known.
    """

    pools: Mapping[str, int]
    aids: tuple[tuple[Aid, ...], ...]
    refused: tuple[tuple[Reason, ...], ...] = ()
    ceiling: Ceiling | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One chosen offer for one or more needs; net is after certain aid.

    ``participants`` is how many people take part, and so how many places an order takes.
    """

    needs: tuple[str, ...]
    offer: str
    version_id: str
    provider: str
    owner: str
    nature: str
    gross_cents: int
    net_cents: int
    hours: int
    start: date
    aid: tuple[Aid, ...]
    reasons: tuple[Reason, ...]
    participants: int = 1


@dataclass(frozen=True, slots=True)
class Bundle:
    """A set of lines with its value, net price and hours off the floor."""

    value: int
    net_cents: int
    hours: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A need without an offer, or an offer that came near; with every reason why not."""

    need: str
    reasons: tuple[Reason, ...]
    offer: str | None = None
    version_id: str | None = None
    provider: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """So much more of one resource gives this value and covers these needs too."""

    resource: str  # net_cents | hours
    more: int
    value: int
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From ``net_cents`` of budget on, ``value`` points are to be had, with these needs covered."""

    net_cents: int
    value: int
    hours: int
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why an offer that could serve these needs is not in the bundle, in figures that code checks.

    ``kind``: dominated | not-in-optimum | blocked; docs/solver.md says which facts each has.
    """

    needs: tuple[str, ...]
    offer: str
    version_id: str
    kind: str
    facts: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Screening:
    """Every offer of a need's topic: how many, how many eligible, and who fails what.

    ``refused`` maps a reason code to a hexadecimal bitmap over the offers of the topic, in the
    order of their version ids (bit 0 is the first): the certificate of all that are ineligible.
    """

    need: str
    looked_at: int
    eligible: int
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The answer to one request; ``alternatives`` pairs a kind with its bundle.

    No bundle has more value than ``value_bound``. ``sources`` holds by name, as JSON text, what
    the answer was made of besides the request; the hook ``replay`` makes the same answer from it.
    """

    optimal: bool
    catalogue_version: int
    rules_version: str
    silent_sources: tuple[str, ...]
    bundle: Bundle
    uncovered: tuple[Miss, ...]
    alternatives: tuple[tuple[str, Bundle], ...]
    near_misses: tuple[Miss, ...]
    what_if: tuple[WhatIf, ...]
    value_bound: int = 0
    curve: tuple[Step, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    screened: tuple[Screening, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
