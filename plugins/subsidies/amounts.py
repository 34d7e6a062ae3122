"""How many cents a rule takes off a price, or pays back on wages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from marketplace.contract.answers import Priced
from marketplace.kit.criteria import Lookup, holds

from .records import Amount, Band, Record


class Given(NamedTuple):
    """Cents of aid, None when nobody knows how many; ``most_cents`` when only a range is known."""

    cents: int | None
    most_cents: int | None = None

    @property
    def nothing(self) -> bool:
        """Whether it is known to be nothing at all."""
        return self.cents == 0 and not self.most_cents

    @property
    def highest(self) -> int:
        """The most it can be, in cents, as far as is known."""
        return self.cents or 0 if self.most_cents is None else self.most_cents


def resolved(amount: Amount, look: Lookup) -> Amount:
    """A table as the row that counts: unknown when its subject is, none past its last row."""
    if amount.kind != "table":
        return amount
    for band in amount.bands:
        within = band.up_to is None
        if not within:
            (test,) = replace(amount, bands=(band,)).tests
            found = holds(test, look)
            if found is None:
                return Amount("unknown")
            within = found
        if within:
            return _row(amount, band)
    return Amount("none", code=amount.code)


def _row(amount: Amount, band: Band) -> Amount:
    kind = "fixed" if band.percent is None else "percentage"
    return Amount(kind, cents=band.cents, percent=band.percent, cap_cents=amount.cap_cents)


def given_by(
    record: Record, amount: Amount, item: Priced, rest_cents: int, left: int | None
) -> Given:
    """What one rule gives for one priced offer of which ``rest_cents`` is left. Never more than
    ``left`` in its pool, nor, on the invoice, than the rest.
    """
    reckon = RECKONED.get(amount.kind)
    if reckon is None:
        return Given(None)
    base = item.gross_cents if record.stacking.base == "gross" else rest_cents
    caps = [amount.cap_cents, left, None if record.wage_side else rest_cents]
    known = [cap for cap in caps if cap is not None]
    least = min([reckon(amount, item, base), *known])
    if not amount.ranges:
        return Given(least)
    top = replace(
        amount,
        cents=amount.most_cents if amount.most_cents is not None else amount.cents,
        percent=amount.most_percent if amount.most_percent is not None else amount.percent,
    )
    most = min([reckon(top, item, base), *known])
    return Given(least, max(least, most))


def highest_percent(amount: Amount) -> int:
    """The largest share of a price that it can be, in percent; aid per hour is none of it."""
    if amount.kind == "percentage":
        return min(100, amount.percent or 0)
    if amount.kind == "table":
        return max([highest_percent(_row(amount, band)) for band in amount.bands], default=0)
    return 100 if amount.kind in {"fixed", "per_participant"} and amount.cents else 0


def _percentage(amount: Amount, _item: Priced, base_cents: int) -> int:
    return base_cents * (amount.percent or 0) // 100


def _fixed(amount: Amount, _item: Priced, _base_cents: int) -> int:
    return amount.cents or 0


def _per_participant(amount: Amount, item: Priced, _base_cents: int) -> int:
    return (amount.cents or 0) * item.need.group.count


def _hourly(amount: Amount, item: Priced, _base_cents: int) -> int:
    cents, hours = amount.cents or 0, item.offer.hours
    if amount.hours_cap is not None:
        hours = min(hours, amount.hours_cap)
    cap, count = amount.hour_cap_cents, item.need.group.count
    if cap is None:
        return hours * count * cents
    groups = max(1, -(-count // (item.offer.group_max or max(1, count))))
    size, larger = divmod(count, groups)  # spread as evenly as they go
    small, large = min(size * cents, cap), min((size + 1) * cents, cap)
    return hours * (small * (groups - larger) + large * larger)


RECKONED: Mapping[str, Callable[[Amount, Priced, int], int]] = {
    "percentage": _percentage,
    "fixed": _fixed,
    "per_participant": _per_participant,
    "hourly": _hourly,
}
"""How each kind of amount is reckoned, before its caps; of the other kinds nobody knows."""
