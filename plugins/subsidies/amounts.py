"""How many cents a rule takes off a price, or pays back on wages."""

from __future__ import annotations

from marketplace.contract.answers import Priced

from .records import Amount, Record


def cents_of(record: Record, item: Priced, rest_cents: int, left: int | None) -> int | None:
    """Cents of one rule for one priced offer of which ``rest_cents`` is left; None when nobody
    knows how much. Never more than ``left`` in its pool, nor, on the invoice, than the rest.
    """
    amount = record.amount
    if amount.kind == "percentage":
        found = rest_cents * (amount.percent or 0) // 100
    elif amount.kind == "hourly" and amount.cents is not None:
        found = _hourly(amount, amount.cents, item)
    elif amount.kind == "per_participant" and amount.cents is not None:
        found = amount.cents * item.need.group.count
    else:
        return None
    caps = [amount.cap_cents, left, None if record.wage_side else rest_cents]
    return min([found, *[cap for cap in caps if cap is not None]])


def _hourly(amount: Amount, cents: int, item: Priced) -> int:
    hours = item.offer.hours
    if amount.hours_cap is not None:
        hours = min(hours, amount.hours_cap)
    cap, count = amount.hour_cap_cents, item.need.group.count
    if cap is None:
        return hours * count * cents
    groups = max(1, -(-count // (item.offer.group_max or max(1, count))))
    size, larger = divmod(count, groups)  # spread as evenly as they go
    small, large = min(size * cents, cap), min((size + 1) * cents, cap)
    return hours * (small * (groups - larger) + large * larger)
