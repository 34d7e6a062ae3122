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
KINDS = ("hourly", "per_participant", "percentage", "unknown", "none")


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when one of its tests holds. ``code`` is the reason people read when it does not;
    without a code the rule simply does not concern the case. With ``known`` an unknown fact counts
    as no: the aid of a sector fund is not held out to employers of whom we know no sector.
    """

    any_of: tuple[Criterion, ...]
    code: str | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """How much. ``hourly``: cents per hour and participant, with a cap per training hour of a
    group and a cap on the hours per participant. ``per_participant``: cents for each.
    ``percentage``: of what is left of the price.
    ``unknown``: there is aid, nobody knows how much. ``none``: there is no aid (any more), ``code``
    says why. ``cap_cents`` is the most for one training.
    """

    kind: str
    cents: int | None = None
    hour_cap_cents: int | None = None
    hours_cap: int | None = None
    percent: int | None = None
    cap_cents: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Stacking:
    """Lower ``order`` is taken off first. Rules of one ``pool`` share its cap per calendar year."""

    order: int
    pool: str | None = None
    year_cap_cents: int | None = None
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apply:
    """When and how to ask for it; days are calendar days before or after the first day."""

    text: str
    days_before_start: int | None = None
    days_after_start: int | None = None


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
    confidence: str  # A | B | C, see docs/subsidies.md
    passes: Mapping[str, Json]
    fails: Mapping[str, Json]
    wage_side: bool = False
    ended: bool = False
    to_check: tuple[str, ...] = ()
    certain_if: tuple[Criterion, ...] = ()
    confirm: Confirm | None = None

    def in_force(self, day: date) -> bool:
        """Whether this version counts for an action that starts on this day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def stale(self, today: date) -> bool:
        """Whether its source has not been looked at for more than 180 days."""
        return today - self.checked_on > STALE_AFTER


def versions_on(records: Iterable[Record], day: date) -> tuple[Record, ...]:
    """The version of each rule for a start on this day, in stacking order.

    After the last known version the amount is unknown, never that of the nearest year.
    """
    by_id: dict[str, list[Record]] = {}
    for record in records:
        by_id.setdefault(record.id, []).append(record)
    chosen = [found for versions in by_id.values() if (found := _on(versions, day))]
    return tuple(sorted(chosen, key=stacked))


def stacked(record: Record) -> tuple[int, str]:
    """What comes first is taken off first."""
    return record.stacking.order, record.id


def turns(records: Collection[Record]) -> list[int]:
    """The days (ordinals, ascending) from which another set of versions may count."""
    first = {record.valid_from.toordinal() for record in records if record.valid_from}
    after = {record.valid_to.toordinal() + 1 for record in records if record.valid_to}
    return sorted(first | after)


def _on(versions: list[Record], day: date) -> Record | None:
    for version in versions:
        if version.in_force(day):
            return version
    past = [version for version in versions if version.valid_to and version.valid_to < day]
    last = max(past, key=lambda version: version.valid_to or date.min, default=None)
    if last is None or last.valid_to is None or last.ended or len(past) < len(versions):
        return None
    after = last.valid_to + timedelta(days=1)
    return replace(
        last, valid_from=after, valid_to=None, amount=Amount("unknown"), certainty="unknown"
    )
