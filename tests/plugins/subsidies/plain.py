"""The rules judged one by one for every offer, as they read: the judge of the quick way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marketplace.contract.answers import Aid, Aids, Priced
from marketplace.contract.values import Reason, RequestFacts
from marketplace.kit.criteria import Lookup, holds
from plugins.subsidies.judge import judge, lookup
from plugins.subsidies.records import Record, versions_on


@dataclass(slots=True)
class Tally:
    """What has been counted for one priced offer."""

    rest_cents: int
    taken: dict[str, Record] = field(default_factory=dict)
    aids: list[Aid] = field(default_factory=list)
    refused: list[Reason] = field(default_factory=list)

    def refuse(self, code: str | None, record: Record, other: str = "") -> None:
        """Remember why a rule gives nothing; a silent code, or one said already, is left out."""
        if code and all(reason.code != code for reason in self.refused):
            facts = {"rule": record.id, "title": record.title, "other": other}
            self.refused.append(Reason(code, facts))


def aid_for(request: RequestFacts, items: Sequence[Priced], records: Iterable[Record]) -> Aids:
    """Aid and refusals per item, in the order of ``items``, and the cap left per pool in cents."""
    rules = tuple(records)
    tallies = [_tally(request, item, rules) for item in items]
    pools = {
        record.stacking.pool: left
        for tally in tallies
        for record in tally.taken.values()
        if record.stacking.pool and (left := _left(request, record)) is not None
    }
    return Aids(
        pools=pools,
        aids=tuple(tuple(tally.aids) for tally in tallies),
        refused=tuple(tuple(tally.refused) for tally in tallies),
    )


def _tally(request: RequestFacts, item: Priced, rules: Sequence[Record]) -> Tally:
    tally = Tally(item.gross_cents)
    look = lookup(request, item)
    for record in versions_on(rules, item.start):
        if item.gross_cents or record.wage_side:  # a free offer needs no aid
            _count(tally, request, item, record, look)
    return tally


def _count(tally: Tally, request: RequestFacts, item: Priced, record: Record, look: Lookup) -> None:
    verdict = judge(record, look)
    other = next((tally.taken[id_] for id_ in record.stacking.excludes if id_ in tally.taken), None)
    left = _left(request, record)
    if verdict.holds is False:
        tally.refuse(verdict.code, record)
    elif record.amount.kind == "none":
        tally.refuse(record.amount.code, record)
    elif other is not None:
        same = other.stacking.pool == record.stacking.pool
        tally.refuse(None if same else "no-double-aid", record, other.title)
    elif left == 0:
        tally.refuse("yearly-cap-used", record)
    else:
        _take(tally, record, _cents(record, item, tally.rest_cents, left), verdict.holds, look)


def _take(
    tally: Tally, record: Record, cents: int | None, known: bool | None, look: Lookup
) -> None:
    if cents == 0:
        return
    certain = record.certainty == "certain" or (
        record.certain_if and all(holds(test, look) for test in record.certain_if)
    )
    sure = known is True and certain and not record.wage_side
    tally.aids.append(
        Aid(
            rule=record.id,
            cents=cents,
            certainty="unknown" if cents is None else "certain" if sure else "possible",
            pool=record.stacking.pool,
            source=record.source,
            title=record.title,
            checked_on=record.checked_on,
            wage_side=record.wage_side,
        )
    )
    tally.taken[record.id] = record
    if cents and not record.wage_side:
        tally.rest_cents -= cents


def _left(request: RequestFacts, record: Record) -> int | None:
    """Cents left this year in the pool of a rule; None without a yearly cap."""
    cap = record.stacking.year_cap_cents
    if cap is None or record.stacking.pool is None:
        return None
    used = request.employer.aid_used_this_year_cents.get(record.stacking.pool, 0)
    return max(0, cap - used)


def _cents(record: Record, item: Priced, rest_cents: int, left: int | None) -> int | None:
    amount = record.amount
    if amount.kind == "percentage":
        found = rest_cents * (amount.percent or 0) // 100
    elif amount.kind == "hourly" and amount.cents is not None:
        hours = item.offer.hours
        if amount.hours_cap is not None:
            hours = min(hours, amount.hours_cap)
        found = hours * sum(_per_hour(record, size) for size in group_sizes(item))
    elif amount.kind == "per_participant" and amount.cents is not None:
        found = sum([amount.cents] * item.need.group.count)
    else:
        return None
    caps = [amount.cap_cents, left, None if record.wage_side else rest_cents]
    return min([found, *(cap for cap in caps if cap is not None)])


def _per_hour(record: Record, size: int) -> int:
    full = size * (record.amount.cents or 0)
    cap = record.amount.hour_cap_cents
    return full if cap is None else min(full, cap)


def group_sizes(item: Priced) -> list[int]:
    """The participants spread as evenly as they go over the groups the offer needs."""
    count = item.need.group.count
    groups = max(1, -(-count // (item.offer.group_max or max(1, count))))
    return [count // groups + (number < count % groups) for number in range(groups)]
