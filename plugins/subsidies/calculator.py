"""From priced offers to aid: a pure function over the rules in force on each first day.

Order, as stated on the page "Steun en premies": gross price, minus funds and premiums, then a
percentage of what is left, each rounded down to the cent and never above what is left. Aid on
wages is shown apart and never taken off the invoice. Funds are counted before they are certain,
and at their highest, so that a percentage behind them is never promised too high.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marketplace.contract.answers import Aid, Aids, Priced
from marketplace.contract.values import Reason, RequestFacts

from .amounts import given_by
from .ceiling import ceiling_of
from .periods import Chance, Step, refusal
from .prospects import left_in_pool
from .records import Record
from .rule_set import Standing, rule_set


@dataclass(slots=True)
class Tally:
    """What has been counted for one priced offer."""

    request: RequestFacts
    item: Priced
    rest_cents: int
    taken: dict[str, Record] = field(default_factory=dict)
    aids: list[Aid] = field(default_factory=list)
    refused: list[Reason] = field(default_factory=list)
    pools: dict[str, int] = field(default_factory=dict)

    def refuse(self, reason: Reason) -> None:
        """Remember why a rule gives nothing; what was said already is left out."""
        if all(one.code != reason.code for one in self.refused):
            self.refused.append(reason)

    def count(self, chance: Chance) -> None:
        """Take what a rule gives, unless another has the cost already, its pool is empty or it is
        too late to ask.
        """
        record = chance.record
        pool, excludes = record.stacking.pool, record.stacking.excludes
        other = next((self.taken[one] for one in excludes if one in self.taken), None)
        left = left_in_pool(self.request, record)
        if other is not None:
            if other.stacking.pool != pool:
                self.refuse(refusal("no-double-aid", record, other.title))
        elif left == 0:
            self.refuse(refusal("yearly-cap-used", record))
        elif self._too_late(record):
            self.refuse(refusal("too-late-to-apply", record))
        else:
            self._take(chance, left)

    def _too_late(self, record: Record) -> bool:
        asked_on, last = self.request.asked_on, record.apply.last_day(self.item.start)
        return asked_on is not None and last is not None and last < asked_on

    def _take(self, chance: Chance, left: int | None) -> None:
        record = chance.record
        given = given_by(record, chance.amount, self.item, self.rest_cents, left)
        if given.nothing:
            return
        self.aids.append(chance.aid(given, self.item.start))
        self.taken[record.id] = record
        if record.stacking.pool and left is not None:
            self.pools[record.stacking.pool] = left
        if not record.wage_side:
            self.rest_cents -= given.highest
        if self.request.asked_on and record.stale(self.request.asked_on):
            self.refuse(refusal("long-not-checked", record))


def aid_for(request: RequestFacts, items: Sequence[Priced], records: Iterable[Record]) -> Aids:
    """Aid and refusals per item, in the order of ``items``, and the cap left per pool in cents.
    Without items, the most certain aid that any item of the request can have.
    """
    standing = Standing.of(request, rule_set(records))
    if not items:
        return Aids({}, (), (), ceiling_of(standing))
    periods = {day: standing.on(day) for day in {item.start for item in items}}
    pools: dict[str, int] = {}
    aids: list[tuple[Aid, ...]] = []
    refused: list[tuple[Reason, ...]] = []
    for item in items:
        course = periods[item.start].course(item)
        if course.refused is None:
            tally = _tally(request, item, course.steps)
            pools |= tally.pools
            aids.append(tuple(tally.aids))
            refused.append(tuple(tally.refused))
        else:
            aids.append(())
            refused.append(course.refused)
    return Aids(pools, tuple(aids), tuple(refused))


def _tally(request: RequestFacts, item: Priced, steps: Sequence[Step]) -> Tally:
    tally = Tally(request, item, item.gross_cents)
    for step in steps:
        if isinstance(step, Chance):
            tally.count(step)
        else:
            tally.refuse(step)
    return tally
