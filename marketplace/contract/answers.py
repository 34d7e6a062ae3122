"""What matching and the subsidy plugins answer, as frozen values. Money is integer euro cents,
effort is whole hours off the floor, dates are calendar dates of the place of work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .values import Json, Need, Offer, Reason


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
    most_cents: int | None = None  # the upper end when only a range is known, from ``cents`` on
    claimed: bool = False  # comes back on a claim: the invoice itself is paid in full
    apply: str = ""  # how to ask for it, in Dutch
    apply_by: date | None = None  # last day to ask for it
    more: str | None = None  # address of the page with what the application asks
    contact: str | None = None  # whom to ask for an amount that is not known


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

    ``ceiling``, asked for without items, holds for every item of the request, whatever the offer;
    None: not known.
    """

    pools: Mapping[str, int]
    aids: tuple[tuple[Aid, ...], ...]
    refused: tuple[tuple[Reason, ...], ...] = ()
    ceiling: Ceiling | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One chosen offer for one or more needs; net is gross, with ``vat_cents``, after certain aid.

    ``participants`` is how many people take part, and so how many places an order takes.
    ``vat_cents`` is the VAT that the employer cannot get back, by the treatment ``vat``.
    ``refused`` tells why other aid does not apply.
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
    vat_cents: int = 0
    vat: str | None = None  # standard | exempt | outside; None: not reviewed
    refused: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order that is being placed: its public id and that of the employer's organisation."""

    order: str
    organisation: str


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
    certificates: Sequence[Certificate] = ()
    screened: tuple[Screening, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
