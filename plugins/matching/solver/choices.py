"""All choices of a small problem at once, each packed into one integer.

From the highest bits down a choice holds what it lacks in value, its net price, its hours, its
options and the levels it covers. So adding integers adds up choices, the least integer is the best
choice (ties included), and every question about the problem is a look at one list.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from .model import Limits, Stock
from .prune import Item
from .relations import ranks
from .solution import Solution, Step, step_of

AT_ONCE = 500  # work up to which one question is worth listing all choices
MOST = 60_000  # work up to which all questions together are


def work(stock: Stock) -> int:
    """How many choices there are at most, times the passes over them."""
    count = 1
    for group in _groups(stock):
        count *= 1 + len(group)
        if count > MOST:
            break
    relations = stock.relations
    passes = len(relations.excludes) + len(relations.requires) + len(relations.pairs)
    return count * (2 + len(stock.caps) + passes) // 2


def listed(stock: Stock, limits: Limits) -> Choices | None:
    """All choices of a stock within the limits; None where these are many."""
    near = stock.part(stock.items)
    near.fit(limits)
    return Choices(near, limits) if work(near) <= MOST else None


class Layout:
    """Where a choice keeps its figures: the position of each, and what is added to it.

    Net price and hours are lifted so that one over its limit shows in the bit above the figure.
    """

    def __init__(self, stock: Stock, groups: list[list[Item]], limits: Limits) -> None:
        pairs = stock.relations.pairs
        self.worth = sum([max(0, *[item.value for item in group]) for group in groups])
        self.worth += sum([pair.value for pair in pairs])
        longest = sum([max([item.hours for item in group]) for group in groups])
        high = sum([max(0, *[item.gross for item in group]) for group in groups])
        high += sum([max(0, pair.gross) for pair in pairs])
        low = sum([min(0, *[item.gross for item in group]) for group in groups])
        low += sum([min(0, pair.gross) for pair in pairs]) - sum(stock.caps)
        self.low = low
        hours = max(longest, limits.hours).bit_length()
        nets = (max(high, limits.net) - low).bit_length()
        self.at_item = len(stock.levels)
        self.at_hours = self.at_item + len(stock.items)
        self.at_net = self.at_hours + hours + 1
        self.at_value = self.at_net + nets + 1
        self.hours_lift = (1 << hours) - 1 - max(limits.hours, -1)
        self.net_lift = (1 << nets) - 1 - max(limits.net, low - 1)
        self.hours_mask, self.net_mask = (2 << hours) - 1, (2 << nets) - 1
        self.too_long = 1 << self.at_net - 1 if longest > limits.hours else 0
        self.too_dear = 1 << self.at_value - 1 if high > limits.net else 0
        self.shifts, self.masks, self.draws = _draws(stock)

    def start(self) -> int:
        """The choice of nothing."""
        lifted = (self.net_lift << self.at_net) + (self.hours_lift << self.at_hours)
        return (self.worth << self.at_value) + lifted << self.draws

    def packed(self, item: Item, bit: int) -> int:
        """What an item adds to a choice: below all else what it draws from each pool."""
        whole = (item.gross << self.at_net) - (item.value << self.at_value)
        whole += (item.hours << self.at_hours) + bit + item.mask
        if not self.draws:
            return whole
        whole <<= self.draws
        for cents, at in zip(item.subs, self.shifts, strict=False):
            whole += cents << at
        return whole


class Choices:
    """Every choice within the limits that breaks no relation."""

    def __init__(self, stock: Stock, limits: Limits) -> None:
        groups = _groups(stock)
        self.items = sorted(stock.items, key=_rank)
        self._ordered: dict[str, list[int]] = {}
        self._layout = layout = Layout(stock, groups, limits)
        self._bits = {item.id: 1 << layout.at_item + at for at, item in enumerate(self.items)}
        falls = stock.caps or layout.low < 0
        over = layout.too_long if falls else layout.too_long | layout.too_dear
        rows = self._related(stock, self._summed(groups, over << layout.draws))
        if layout.draws:
            rows = self._aided(stock, rows)
        if layout.too_dear and (falls or stock.relations.pairs):
            dear = layout.too_dear
            rows = [k for k in rows if not k & dear]
        self.rows = self._covering(rows, limits.must)

    def _summed(self, groups: list[list[Item]], over: int) -> list[int]:
        """The choices level by level; ``over`` is the bit of what may not be exceeded."""
        layout = self._layout
        rows = [layout.start()]
        if rows[0] & over:
            return []
        levels = (1 << layout.at_item) - 1
        taken = 0
        for group in groups:
            options, masks = [0], 0
            for item in group:
                options.append(layout.packed(item, self._bits[item.id]))
                masks |= item.mask
            clash = (taken & masks & levels) << layout.draws
            if clash:
                rows = [k + o for k in rows for o in options if not k & o & clash]
                rows = [k for k in rows if not k & over] if over else rows
            elif over:
                rows = [both for k in rows for o in options if not (both := k + o) & over]
            else:
                rows = [k + o for k in rows for o in options]
            taken |= masks
        return rows

    def _related(self, stock: Stock, rows: list[int]) -> list[int]:
        """The choices that break no relation, with what their pairs add."""
        relations, bits, layout = stock.relations, self._bits, self._layout
        draws = layout.draws
        for a, b in relations.excludes:
            both = (bits[a] | bits[b]) << draws
            rows = [k for k in rows if k & both != both]
        for a, b in relations.requires:
            alone, both = bits[a] << draws, (bits[a] | bits[b]) << draws
            rows = [k for k in rows if k & both != alone]
        for pair in relations.pairs:
            both = (bits[pair.a] | bits[pair.b]) << draws
            more = (pair.gross << layout.at_net) - (pair.value << layout.at_value) << draws
            rows = [k + more if k & both == both else k for k in rows]
        return rows

    def _aided(self, stock: Stock, rows: list[int]) -> list[int]:
        """The choices with what the pools pay taken off their price, and what they draw dropped."""
        layout = self._layout
        net = layout.at_net + layout.draws
        for at, mask, cap in zip(layout.shifts, layout.masks, stock.caps, strict=True):
            most = cap << net
            rows = [k - (most if (drawn := k >> at & mask) > cap else drawn << net) for k in rows]
        draws = layout.draws
        return [k >> draws for k in rows]

    @staticmethod
    def _covering(rows: list[int], must: int) -> list[int]:
        return [k for k in rows if k & must == must] if must else rows

    @cached_property
    def ranked(self) -> list[int]:
        """The choices, the best first."""
        return sorted(self.rows)

    def first(self, resource: str) -> Solution | None:
        """The best choice when one figure counts before the others; None: there is no choice."""
        return self._first(self.rows, resource)

    def best(self, limits: Limits) -> Solution | None:
        """The best choice within a lower limit on the price, the hours as they are."""
        at, mask = self._layout.at_net, self._layout.net_mask
        most = limits.net + self._layout.net_lift
        must = limits.must
        within = (k for k in self.ranked if k & must == must and k >> at & mask <= most)
        if limits.first == "value":
            row = next(within, None)
            return None if row is None else self._solution(row)
        return self._first(list(within), limits.first)

    def _first(self, rows: Sequence[int], resource: str) -> Solution | None:
        if not rows:
            return None
        layout = self._layout
        if resource == "value":
            return self._solution(min(rows))
        if resource == "net_cents":
            at, mask = layout.at_net, layout.net_mask
        else:
            at, mask = layout.at_hours, layout.hours_mask
        least = min([k >> at & mask for k in rows])
        return self._solution(min([k for k in rows if k >> at & mask == least]))

    def steps(self, limits: Limits) -> list[Step]:
        """The best choice at every net price up to the limit, the dearest first."""
        found: list[Step] = []
        at, mask = self._layout.at_net, self._layout.net_mask
        limit = limits.net + self._layout.net_lift
        for k in self.ranked:
            net = k >> at & mask
            if net <= limit:
                found.append(step_of(self._solution(k)))
                limit = net - 1
                if limit < self._layout.net_lift:  # there is no budget below zero
                    break
        return found

    def with_each(
        self, options: Sequence[str], limits: Limits
    ) -> dict[str, tuple[int, int, int] | int | None]:
        """Per option the figures of the best choice with it, in a lower limit on the price.

        None: there is none. The hours are as they are.
        """
        found: dict[str, tuple[int, int, int] | int | None] = dict.fromkeys(options)
        missing = sum([self._bits[option] for option in options if option in self._bits])
        at, mask = self._layout.at_net, self._layout.net_mask
        most = limits.net + self._layout.net_lift
        for k in self.ranked:
            new = k & missing
            if new and k >> at & mask <= most:
                missing ^= new
                figures = self._figures(k)
                for place in ranks(new >> self._layout.at_item):
                    found[self.items[place].id] = figures
                if not missing:
                    break
        return found

    def least(self, option: str, resource: str) -> int | None:
        """The least net price or hours of a choice with this option; None: there is none."""
        bit = self._bits.get(option, 0)
        row = next((k for k in self._least_first(resource) if k & bit), None)
        if row is None:
            return None
        _, net, hours = self._figures(row)
        return net if resource == "net_cents" else hours

    def _least_first(self, resource: str) -> list[int]:
        if resource not in self._ordered:
            layout = self._layout
            at, mask = layout.at_hours, layout.hours_mask
            if resource == "net_cents":
                at, mask = layout.at_net, layout.net_mask
            self._ordered[resource] = sorted(self.rows, key=lambda k: k >> at & mask)
        return self._ordered[resource]

    def _figures(self, row: int) -> tuple[int, int, int]:
        """Value, net price in cents and hours of a choice."""
        layout = self._layout
        return (
            layout.worth - (row >> layout.at_value),
            (row >> layout.at_net & layout.net_mask) - layout.net_lift,
            (row >> layout.at_hours & layout.hours_mask) - layout.hours_lift,
        )

    def _solution(self, row: int) -> Solution:
        items, figures = self.items, self._figures(row)
        bits = row >> self._layout.at_item & (1 << len(items)) - 1
        chosen = tuple(sorted([items[at].id for at in ranks(bits)]))
        return Solution(chosen, *figures, True, figures[0])


def _rank(item: Item) -> int:
    return item.rank


def _groups(stock: Stock) -> list[list[Item]]:
    """The items by the lowest level they cover; one without a need has a group of its own."""
    groups: dict[int, list[Item]] = {}
    for item in stock.items:
        groups.setdefault(item.needs[0] if item.needs else ~item.rank, []).append(item)
    return sorted(groups.values(), key=len)


def _draws(stock: Stock) -> tuple[list[int], list[int], int]:
    """Per pool where its draws stand and their mask; and the bits they take together."""
    shifts, masks, draws = [], [], 0
    for subs in zip(*[item.subs for item in stock.items if item.subs], strict=True):
        width = sum(subs).bit_length()
        shifts.append(draws)
        masks.append((1 << width) - 1)
        draws += width
    return shifts, masks, draws
