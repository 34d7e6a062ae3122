"""What the sources of aid say, asked once per offer and group, and only where it can matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from marketplace.contract.answers import Aid, Aids, Ceiling, Priced
from marketplace.contract.values import Reason

AidAnswer = tuple[Sequence[tuple[str, Aids]], tuple[str, ...]]
"""What the subsidy plugins said, by plugin id, and which kept silent."""

AskAid = Callable[[Sequence[Priced]], AidAnswer]
"""Asks the subsidy plugins about priced items; about none, for their ceilings alone."""

PooledAid = tuple[str | None, Aid]
"""The pool that an aid is drawn from, by the name of its plugin and its own, and the aid."""

CERTAIN = "certain"
EVERYTHING, NOTHING = Ceiling(permille=1000), Ceiling(permille=0)


def lowers(aid: Aid) -> bool:
    """Only certain aid on the invoice lowers the price; aid on wages is paid back elsewhere."""
    return aid.certainty == CERTAIN and aid.cents is not None and not aid.wage_side


def least_net(gross: Sequence[int], hours: Sequence[int], ceiling: Ceiling) -> Sequence[int]:
    """The net price in cents that the most aid there can be would leave of each gross price."""
    keeps, hourly = 1000 - ceiling.permille, ceiling.hourly_cents
    if not keeps:
        return [0] * len(gross)
    if keeps == 1000 and not hourly:
        return gross
    if not hourly:
        return [-(-price * keeps // 1000) for price in gross]
    return [
        max(0, -(-price * keeps // 1000) - hourly * effort)
        for price, effort in zip(gross, hours, strict=True)
    ]


@dataclass(slots=True)
class AidBook:
    """The answers so far: aid by key of what was priced and why other aid was ``refused``, pools
    with what they can still pay, and the sources that kept silent or gave more than they ``stated``
    they would at most.
    """

    ask: AskAid
    ceiling: Ceiling
    stated: Mapping[str, Ceiling] = field(default_factory=dict)
    pools: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    known: dict[tuple[int, ...], tuple[PooledAid, ...]] = field(default_factory=dict)
    refused: dict[tuple[int, ...], tuple[Reason, ...]] = field(default_factory=dict)

    @classmethod
    def opened(cls, ask: AskAid) -> AidBook:
        """A book with the ceiling of all sources together; everything when one gives none."""
        answers, silent = ask(())
        stated = {plugin: answer.ceiling or EVERYTHING for plugin, answer in answers}
        permille = sum([one.permille for one in stated.values()])
        hourly = sum([one.hourly_cents for one in stated.values()])
        ceiling = Ceiling(min(1000, permille), hourly)
        return cls(ask, EVERYTHING if silent else ceiling, stated, silent=set(silent))

    def learn(self, items: Mapping[tuple[int, ...], Priced]) -> None:
        """Ask about what is not known yet."""
        new = {key: item for key, item in items.items() if key not in self.known}
        if not new:
            return
        answers, silent = self.ask(list(new.values()))
        self.silent.update(silent)
        self.known.update(dict.fromkeys(new, ()))
        for plugin, answer in answers:
            self.pools |= {f"{plugin}:{pool}": cap for pool, cap in answer.pools.items()}
            for key, reasons in zip(new, answer.refused, strict=False):  # a source may tell none
                self.refused[key] = (*self.refused.get(key, ()), *reasons)
            for (key, item), found in zip(new.items(), answer.aids, strict=True):
                if found:
                    named = [(f"{plugin}:{aid.pool}" if aid.pool else None, aid) for aid in found]
                    self.known[key] += tuple(named)
                    self._check(plugin, item, found)

    def _check(self, plugin: str, item: Priced, found: Sequence[Aid]) -> None:
        """A source that gives more than its ceiling is named, and no ceiling counts any more. One
        that kept silent when it was asked for a ceiling has all for its ceiling.
        """
        given = sum([aid.cents or 0 for aid in found if lowers(aid)])
        hours = item.offer.hours * item.need.group.count
        unheard = EVERYTHING if plugin in self.silent else NOTHING
        stated = self.stated.get(plugin, unheard)
        if item.gross_cents - given < least_net([item.gross_cents], [hours], stated)[0]:
            self.ceiling = EVERYTHING
            self.silent.add(plugin)
