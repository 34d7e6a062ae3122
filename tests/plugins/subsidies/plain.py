"""The rules judged one by one for every offer, as they read: the judge of the quick way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from marketplace.contract.answers import Aid, Aids, Priced
from marketplace.contract.values import Reason, RequestFacts
from marketplace.kit import criteria
from marketplace.kit.criteria import Lookup, holds
from plugins.subsidies.judge import judge
from plugins.subsidies.records import Amount, Record, versions_on


@dataclass(slots=True)
class Tally:
    """What has been counted for one priced offer."""

    request: RequestFacts
    item: Priced
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
    tally = Tally(request, item, item.gross_cents)
    case = criteria.lookup(request, item.need, item.offer)

    def look(subject: str) -> object:
        told = {"item.gross_cents": item.gross_cents, "item.start_month": item.start.month}
        return told[subject] if subject in told else case(subject)

    for record in versions_on(rules, item.start):
        if item.gross_cents or record.wage_side:  # a free offer needs no aid
            _count(tally, replace(record, amount=_amount(record.amount, look)), look)
    return tally


def _amount(amount: Amount, look: Lookup) -> Amount:
    """The row of a table."""
    if amount.kind != "table":
        return amount
    value = look(amount.subject or "")
    for band in amount.bands:
        if band.up_to is not None and not isinstance(value, int):
            return Amount("unknown")
        if band.up_to is None or value <= band.up_to:
            kind = "fixed" if band.percent is None else "percentage"
            cap = amount.cap_cents
            return Amount(kind, cents=band.cents, percent=band.percent, cap_cents=cap)
    return Amount("none", code=amount.code)


def _count(tally: Tally, record: Record, look: Lookup) -> None:
    verdict = judge(record, look)
    other = next((tally.taken[id_] for id_ in record.stacking.excludes if id_ in tally.taken), None)
    left = _left(tally.request, record)
    asked_on, last = tally.request.asked_on, _last_day(record, tally.item.start)
    if verdict.holds is False:
        tally.refuse(verdict.code, record)
    elif record.amount.kind == "none":
        tally.refuse(record.amount.code, record)
    elif other is not None:
        same = other.stacking.pool == record.stacking.pool
        tally.refuse(None if same else "no-double-aid", record, other.title)
    elif left == 0:
        tally.refuse("yearly-cap-used", record)
    elif asked_on and last and last < asked_on:
        tally.refuse("too-late-to-apply", record)
    else:
        _take(tally, record, left, verdict.holds, look)


def _take(tally: Tally, record: Record, left: int | None, known: bool | None, look: Lookup) -> None:
    cents = _cents(record, record.amount, tally.item, tally.rest_cents, left)
    most = _cents(record, _top(record.amount), tally.item, tally.rest_cents, left)
    known_range = cents is not None and most is not None and _ranges(record.amount)
    most = max(cents, most) if known_range else None
    if cents == 0 and not most:
        return
    certain = record.certainty == "certain" or (
        record.certain_if and all(holds(test, look) for test in record.certain_if)
    )
    sure = known is True and certain and not record.wage_side and most is None
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
            most_cents=most,
            claimed=record.claimed,
            apply=record.apply.text,
            apply_by=_last_day(record, tally.item.start),
            more=f"/x/subsidies/steun/{record.id}",
            contact=None if cents is not None else record.contact,
        )
    )
    tally.taken[record.id] = record
    if not record.wage_side:
        tally.rest_cents -= most or cents or 0
    asked_on = tally.request.asked_on
    if asked_on and (asked_on - record.checked_on).days > 180:
        tally.refuse("long-not-checked", record)


def _last_day(record: Record, start: date) -> date | None:
    """In the order in which the record may say it."""
    apply = record.apply
    if apply.until:
        return apply.until
    for days, sign in ((apply.days_after_start, 1), (apply.days_before_start, -1)):
        if days is not None:
            return date.fromordinal(start.toordinal() + sign * days)
    return None


def _left(request: RequestFacts, record: Record) -> int | None:
    """Cents left this year in the pool of a rule; None without a yearly cap."""
    cap = record.stacking.year_cap_cents
    if cap is None or record.stacking.pool is None:
        return None
    used = request.employer.aid_used_this_year_cents.get(record.stacking.pool, 0)
    return max(0, cap - used)


def _ranges(amount: Amount) -> bool:
    return amount.most_cents is not None or amount.most_percent is not None


def _top(amount: Amount) -> Amount:
    cents = amount.cents if amount.most_cents is None else amount.most_cents
    percent = amount.percent if amount.most_percent is None else amount.most_percent
    return replace(amount, cents=cents, percent=percent)


def _cents(
    record: Record, amount: Amount, item: Priced, rest_cents: int, left: int | None
) -> int | None:
    count = item.need.group.count
    if amount.kind == "percentage":
        whole = {"rest": rest_cents, "gross": item.gross_cents}[record.stacking.base]
        found = whole * (amount.percent or 0) // 100
    elif amount.kind == "fixed":
        found = amount.cents or 0
    elif amount.kind == "per_participant":
        found = sum(amount.cents or 0 for _one in range(count))
    elif amount.kind == "hourly" and amount.cents is not None:
        hours = item.offer.hours
        if amount.hours_cap is not None:
            hours = min(hours, amount.hours_cap)
        found = hours * sum(_per_hour(amount, size) for size in group_sizes(item))
    else:
        return None
    caps = [amount.cap_cents, left, None if record.wage_side else rest_cents]
    return min([found, *(cap for cap in caps if cap is not None)])


def _per_hour(amount: Amount, size: int) -> int:
    full = size * (amount.cents or 0)
    cap = amount.hour_cap_cents
    return full if cap is None else min(full, cap)


def group_sizes(item: Priced) -> list[int]:
    """The participants spread as evenly as they go over the groups the offer needs."""
    count = item.need.group.count
    groups = max(1, -(-count // (item.offer.group_max or max(1, count))))
    return [count // groups + (number < count % groups) for number in range(groups)]
