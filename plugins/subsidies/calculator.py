"""From priced offers to aid: a pure function over the rules in force on each first day.

Order, as stated on the page "Steun en premies": gross price, minus funds and premiums, then a
percentage of what is left, each rounded down to the cent and never above what is left. Aid on
wages is shown apart and never taken off the invoice. Funds are counted before they are certain,
so that a percentage behind them is never promised too high.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marketplace.contract.answers import Aid, Aids, Priced
from marketplace.contract.values import Reason, RequestFacts

from .amounts import cents_of
from .ceiling import ceiling_of
from .periods import Chance, Periods, Step, refusal
from .records import Record


@dataclass(slots=True)
class Tally:
    """What has been counted for one priced offer."""

    item: Priced
    rest_cents: int
    taken: dict[str, Chance] = field(default_factory=dict)
    aids: list[Aid] = field(default_factory=list)
    refused: list[Reason] = field(default_factory=list)

    def refuse(self, reason: Reason) -> None:
        """Remember why a rule gives nothing; what was said already is left out."""
        if all(one.code != reason.code for one in self.refused):
            self.refused.append(reason)

    def count(self, chance: Chance) -> None:
        """Take what a rule gives, unless another has the cost already or its pool is empty."""
        record = chance.record
        pool, excludes = record.stacking.pool, record.stacking.excludes
        other = next((self.taken[one].record for one in excludes if one in self.taken), None)
        if other is not None:
            if other.stacking.pool != pool:
                self.refuse(refusal("no-double-aid", record, other.title))
        elif chance.left == 0:
            self.refuse(refusal("yearly-cap-used", record))
        else:
            self._take(chance, cents_of(record, self.item, self.rest_cents, chance.left))

    def pools(self) -> dict[str, int]:
        """What is left in each capped pool that something was taken from, in cents."""
        return {
            pool: chance.left
            for chance in self.taken.values()
            if (pool := chance.record.stacking.pool) and chance.left is not None
        }

    def _take(self, chance: Chance, cents: int | None) -> None:
        if cents == 0:
            return
        self.aids.append(chance.aid(cents))
        self.taken[chance.record.id] = chance
        if cents and not chance.record.wage_side:
            self.rest_cents -= cents


def aid_for(request: RequestFacts, items: Sequence[Priced], records: Iterable[Record]) -> Aids:
    """Aid and refusals per item, in the order of ``items``, and the cap left per pool in cents.
    Without items, the most certain aid that any item of the request can have.
    """
    rules = tuple(records)
    periods = Periods.of(request, rules)
    pools: dict[str, int] = {}
    aids: list[tuple[Aid, ...]] = []
    refused: list[tuple[Reason, ...]] = []
    for item in items:
        course = periods.on(item.start).course(item)
        if course.refused is None:
            tally = _tally(item, course.steps)
            pools |= tally.pools()
            aids.append(tuple(tally.aids))
            refused.append(tuple(tally.refused))
        else:
            aids.append(())
            refused.append(course.refused)
    ceiling = None if items else ceiling_of(request, rules)
    return Aids(pools, tuple(aids), tuple(refused), ceiling)


def _tally(item: Priced, steps: Sequence[Step]) -> Tally:
    tally = Tally(item, item.gross_cents)
    for step in steps:
        if isinstance(step, Chance):
            tally.count(step)
        else:
            tally.refuse(step)
    return tally
