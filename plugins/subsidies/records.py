"""What a rule of aid is: a dated record with its source, never an amount in code.

Amounts are integer euro cents, hours are training hours per participant, dates are inclusive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marketplace.contract.rules import Criterion
from marketplace.contract.values import Json

STALE_AFTER = timedelta(days=180)
CERTAINTIES = ("certain", "possible", "unknown")
CONFIDENCES = ("A", "B", "C", "M")
BASES = ("rest", "gross")
GROUPS = ("kmo", "sector", "brussel", "verlof", "premies")
PAGES = "/x/subsidies/steun/"
"""Where the page of each rule is, by its id."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when one of its tests holds. ``code`` is the reason people read when it does not;
    without a code the rule simply does not concern the case. With ``known`` an unknown fact counts
    as no: the aid of a sector fund is not held out to employers of whom we know no sector. With
    ``assumed`` it counts as yes: few firms are in public hands, and ``to_check`` names it.
    """

    any_of: tuple[Criterion, ...]
    code: str | None = None
    known: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a table: what there is up to a value of its subject; None: from there on."""

    up_to: int | None
    cents: int | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How much. ``hourly``: cents per hour and participant, with a cap per training hour of a
    group and a cap on the hours per participant. ``per_participant``: cents for each. ``fixed``:
    cents for one training. ``percentage``: of the base of its stacking. ``table``: the first of
    the ``bands`` that the value of ``subject`` does not pass. ``unknown``: there is aid, nobody
    knows how much. ``none``: there is no aid (any more), ``code`` says why. ``cap_cents`` is the
    most for one training. With ``most_cents`` or ``most_percent`` only a range is known.
    """

    kind: str
    cents: int | None = None
    most_cents: int | None = None
    hour_cap_cents: int | None = None
    hours_cap: int | None = None
    percent: int | None = None
    most_percent: int | None = None
    cap_cents: int | None = None
    subject: str | None = None
    bands: tuple[Band, ...] = ()
    code: str | None = None

    @property
    def ranges(self) -> bool:
        """Whether only a lowest and a highest amount are known."""
        return self.most_cents is not None or self.most_percent is not None

    @property
    def tests(self) -> tuple[Criterion, ...]:
        """What decides which band of a table counts."""
        subject = self.subject or ""
        ends = [band.up_to for band in self.bands if band.up_to is not None]
        return tuple([Criterion(subject, "at_most", end) for end in ends])


@dataclass(frozen=True, slots=True)
class Stacking:
    """Lower ``order`` is taken off first. Rules of one ``pool`` share its cap per calendar year.
    A percentage is of what other aid left of the price, or of the ``gross`` price whatever came
    before; either way never more than what is left.
    """

    order: int
    pool: str | None = None
    year_cap_cents: int | None = None
    excludes: tuple[str, ...] = ()
    base: str = "rest"


@dataclass(frozen=True, slots=True)
class Apply:
    """When and how to ask for it; days are calendar days before or after the first day, ``until``
    is a last day whatever the first. ``asks`` is what the application asks for.
    """

    text: str
    days_before_start: int | None = None
    days_after_start: int | None = None
    until: date | None = None
    asks: tuple[str, ...] = ()

    def last_day(self, start: date) -> date | None:
        """The last day to ask for it when the action starts on this day; None: not known."""
        if self.until is not None:
            return self.until
        if self.days_after_start is not None:
            return start + timedelta(days=self.days_after_start)
        if self.days_before_start is not None:
            return start - timedelta(days=self.days_before_start)
        return None


@dataclass(frozen=True, slots=True)
class Confirm:
    """A yes-or-no question to the employer; yes makes a possible aid certain."""

    key: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one rule. ``to_check`` are conditions that only a person can judge; ``ended``
    means that nothing comes after ``valid_to`` (else the amount after it is unknown).
    """

    id: str
    title: str
    valid_from: date | None
    valid_to: date | None
    who: tuple[Condition, ...]
    what: tuple[Condition, ...]
    amount: Amount
    apply: Apply
    stacking: Stacking
    certainty: str  # certain | possible | unknown: the most it can be
    source: str
    source_name: str
    checked_on: date
    confidence: str  # A | B | C | M, see docs/subsidies.md
    passes: Mapping[str, Json]
    fails: Mapping[str, Json]
    wage_side: bool = False
    claimed: bool = False  # comes back on a claim, after the invoice was paid in full
    ended: bool = False
    to_check: tuple[str, ...] = ()
    certain_if: tuple[Criterion, ...] = ()
    confirm: Confirm | None = None
    contact: str | None = None  # whom to ask for an amount that is unknown
    group: str = "premies"  # one of GROUPS: the heading of the page under which it stands
    has_page: bool = True  # not a pot: the page of its federation explains it

    @property
    def page(self) -> str | None:
        """The address of the page that explains it; None when only its source does."""
        return PAGES + self.id if self.has_page else None

    def in_force(self, day: date) -> bool:
        """Whether this version counts for an action that starts on this day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def stale(self, today: date) -> bool:
        """Whether its source has not been looked at for more than 180 days."""
        return today - self.checked_on > STALE_AFTER


def versions_on(records: Iterable[Record], day: date) -> tuple[Record, ...]:
    """The version of each rule for a start on this day, in stacking order."""
    return tuple([record for record in completed(records) if record.in_force(day)])


def completed(records: Iterable[Record]) -> tuple[Record, ...]:
    """The rules in stacking order, each with a version for after its last one: the amount is then
    unknown, never that of the nearest year. An aid that ended has none.
    """
    by_id: dict[str, list[Record]] = {}
    for record in records:
        by_id.setdefault(record.id, []).append(record)
    after = [found for versions in by_id.values() if (found := _after(versions))]
    known = [version for versions in by_id.values() for version in versions]
    return tuple(sorted([*known, *after], key=stacked))


def stacked(record: Record) -> tuple[int, str]:
    """What comes first is taken off first."""
    return record.stacking.order, record.id


def turns(records: Collection[Record]) -> list[int]:
    """The days (ordinals, ascending) from which another set of versions may count."""
    first = {record.valid_from.toordinal() for record in records if record.valid_from}
    after = {record.valid_to.toordinal() + 1 for record in records if record.valid_to}
    return sorted(first | after)


def _after(versions: list[Record]) -> Record | None:
    last = max(versions, key=lambda version: version.valid_to or date.max)
    if last.valid_to is None or last.ended:
        return None
    return replace(
        last,
        valid_from=last.valid_to + timedelta(days=1),
        valid_to=None,
        amount=Amount("unknown"),
        apply=replace(last.apply, until=None),
        certainty="unknown",
    )
