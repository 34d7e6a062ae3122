"""The most certain aid there can be on any invoice of a request, before an offer is looked at.

Of rules that never come together only the largest counts. Percentages are each taken of what the
others left, so what remains of a price is the product of what each leaves; aid per hour adds up,
and so do percentages of the gross price.
Caps in cents only ever lower aid, and a share of the price cannot say them: they are left out,
except those that leave nothing. Neither can it say an amount for each training or participant:
such a rule may pay a whole price. docs/subsidies.md has the proof that no item passes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from marketplace.contract.answers import Ceiling
from marketplace.contract.values import Need, RequestFacts
from marketplace.kit import criteria

from .amounts import highest_percent
from .judge import ABOUT_ITEM
from .prospects import left_in_pool, prospect
from .records import Record, stacked
from .rule_set import KINDS, Standing

FIXED = frozenset({"need.topic", "need.role"})
"""What an offer for several needs together has of the first; the group is that of all of them."""

OPEN = ABOUT_ITEM - FIXED
PRICE = 1000  # per mille of itself


def ceiling_of(standing: Standing) -> Ceiling:
    """What holds for every offer for a need of the request that starts on the day of asking or
    later; nothing when no aid can be certain.
    """
    request, rules = standing.request, standing.rules
    used = request.employer.aid_used_this_year_cents
    asked_on = request.asked_on
    key = (
        standing.key,
        None if asked_on is None else rules.number(asked_on),
        tuple([(pool, used.get(pool, 0) >= cap) for pool, cap in rules.caps]),
        tuple([(need.topic, need.group.role) for need in request.needs]),
    )
    known = rules.ceilings
    return known.get(key) or known.keep(key, _ceiling(request, standing.left()), KINDS)


def _ceiling(request: RequestFacts, records: Iterable[Record]) -> Ceiling:
    look = cache(criteria.lookup(request))
    paying = [
        record
        for record in records
        if _pays(record)
        and _to_come(record, request.asked_on)
        and left_in_pool(request, record) != 0
        and prospect(record, look, ABOUT_ITEM).sure
    ]
    ceilings = [_of_need(request, need, paying) for need in request.needs]
    return Ceiling(
        max([one.permille for one in ceilings], default=0),
        max([one.hourly_cents for one in ceilings], default=0),
    )


def _of_need(request: RequestFacts, need: Need, records: Iterable[Record]) -> Ceiling:
    look = cache(criteria.lookup(request, need))
    sure = [record for record in records if prospect(record, look, OPEN).sure]
    keeps, whole, of_gross, hourly = PRICE, 1, 0, 0
    for group in _rivals(sure):
        percent = max(highest_percent(record.amount) for record in group)
        if any(record.stacking.base == "gross" for record in group):
            of_gross += percent * PRICE // 100
        else:
            keeps *= 100 - percent
            whole *= 100
        hourly += max(_hourly_cents(record) for record in group)
    return Ceiling(min(PRICE, PRICE - keeps // whole + of_gross), hourly)


def _to_come(record: Record, asked_on: date | None) -> bool:
    return asked_on is None or record.valid_to is None or asked_on <= record.valid_to


def _pays(record: Record) -> bool:
    amount = record.amount
    return amount.cap_cents != 0 and (highest_percent(amount) > 0 or _hourly_cents(record) > 0)


def _hourly_cents(record: Record) -> int:
    """Per participant; a group of one is the dearest, as the cap of a group is then for one."""
    amount = record.amount
    if amount.kind != "hourly" or amount.cents is None or amount.hours_cap == 0:
        return 0
    cap = amount.hour_cap_cents
    return amount.cents if cap is None else min(amount.cents, cap)


def _rivals(records: Iterable[Record]) -> list[list[Record]]:
    """Groups of which at most one rule is ever taken. Any such grouping gives a true ceiling."""
    groups: list[list[Record]] = []
    for record in sorted(records, key=stacked):
        for group in groups:
            if all(_never_together(one, record) for one in group):
                group.append(record)
                break
        else:
            groups.append([record])
    return groups


def _never_together(earlier: Record, later: Record) -> bool:
    return (
        earlier.id == later.id
        or earlier.id in later.stacking.excludes
        or _ends_before(earlier, later)
        or _ends_before(later, earlier)
    )


def _ends_before(one: Record, other: Record) -> bool:
    return bool(one.valid_to and other.valid_from and one.valid_to < other.valid_from)
