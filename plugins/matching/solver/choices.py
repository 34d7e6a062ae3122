"""All choices of a small problem at once, each packed into one integer.

From the highest bits down a choice holds what it lacks in value, its net price, its hours, its
options and the levels it covers. So adding integers adds up choices, the least integer is the best
choice (ties included), and every question about the problem is a filter over one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .model import Limits, Stock
from .prune import Item
from .relations import ranks
from .solution import Solution, Step, step_of

AT_ONCE = 500  # work up to which one question is worth listing all choices
MOST = 20_000  # work up to which all questions together are


def work(stock: Stock) -> int:
    """How many choices there are at most, times the passes over them."""
    count = 1
    for group in _groups(stock).values():
        count *= 1 + len(group)
        if count > MOST:
            break
    relations = stock.relations
    passes = len(relations.excludes) + len(relations.requires) + len(relations.pairs)
    return count * (2 + len(stock.caps) + passes) // 2


class Choices:
    """Every choice that breaks no relation, whatever it costs."""

    def __init__(self, stock: Stock) -> None:
        self.items = stock.items
        relations = stock.relations
        groups = list(_groups(stock).values())
        price = [pair.gross for pair in relations.pairs]
        self._worth = sum([pair.value for pair in relations.pairs])
        self._worth += sum([_most(item.value for item in group) for group in groups])
        # the lowest net price there could be, and the widths that no sum outgrows
        self._low = sum([min(0, cents) for cents in price]) - sum(stock.caps)
        self._low -= sum([_most(-item.gross for item in group) for group in groups])
        high = sum([max(0, cents) for cents in price])
        high += sum([_most(item.gross for item in group) for group in groups])
        self._longest = sum([_most(item.hours for item in group) for group in groups])
        self._at_item = len(stock.levels)
        self._at_hours = self._at_item + len(self.items)
        self._at_net = self._at_hours + self._longest.bit_length()
        self._at_value = self._at_net + (high - self._low).bit_length()
        self._hours_mask = (1 << self._longest.bit_length()) - 1
        self._net_mask = (1 << (high - self._low).bit_length()) - 1
        self._most_net = high
        self._bits = {item.id: 1 << self._at_item + at for at, item in enumerate(self.items)}
        self.rows = self._aided(stock, groups)

    def _aided(self, stock: Stock, groups: list[list[Item]]) -> list[int]:
        """All choices, with what the pools pay taken off their price."""
        shifts, masks, draws = [], [], 0
        for pool in range(len(stock.caps)):
            largest = sum([_most(i.subs[pool] for i in group if i.subs) for group in groups])
            shifts.append(draws)
            masks.append((1 << largest.bit_length()) - 1)
            draws += largest.bit_length()
        rows = self._related(stock, self._summed(stock, groups, shifts, draws), draws)
        if not draws:
            return rows
        net = self._at_net
        pools = list(zip(shifts, masks, stock.caps, strict=True))
        if len(pools) == 1:
            mask, cap = masks[0], stock.caps[0]
            return [(k >> draws) - (min(k & mask, cap) << net) for k in rows]
        return [
            (k >> draws) - (sum([min(k >> at & mask, cap) for at, mask, cap in pools]) << net)
            for k in rows
        ]

    def _summed(
        self, stock: Stock, groups: list[list[Item]], shifts: list[int], draws: int
    ) -> list[int]:
        rows = [(self._worth << self._at_value) - (self._low << self._at_net) << draws]
        levels = (1 << len(stock.levels)) - 1
        taken = 0
        for group in groups:
            options, masks = [0], 0
            for item in group:
                options.append((self._packed(item) << draws) + _drawn(item, shifts))
                masks |= item.mask
            if taken & masks:
                clash = (taken & masks & levels) << draws
                rows = [k + o for k in rows for o in options if not k & o & clash]
            else:
                rows = [k + o for k in rows for o in options]
            taken |= masks
        return rows

    def _packed(self, item: Item) -> int:
        figures = (item.hours << self._at_hours) + (item.gross << self._at_net)
        return figures - (item.value << self._at_value) + self._bits[item.id] + item.mask

    def _related(self, stock: Stock, rows: list[int], draws: int) -> list[int]:
        """The choices that break no relation, with what their pairs add."""
        relations, bits = stock.relations, self._bits
        for a, b in relations.excludes:
            both = (bits[a] | bits[b]) << draws
            rows = [k for k in rows if k & both != both]
        for a, b in relations.requires:
            alone, both = bits[a] << draws, (bits[a] | bits[b]) << draws
            rows = [k for k in rows if k & both != alone]
        for pair in relations.pairs:
            both = (bits[pair.a] | bits[pair.b]) << draws
            more = (pair.gross << self._at_net) - (pair.value << self._at_value) << draws
            rows = [k + more if k & both == both else k for k in rows]
        return rows

    def within(self, limits: Limits) -> list[int]:
        """The choices within the limits, in no order."""
        rows = self.rows
        if limits.hours < self._longest:
            at, mask, most = self._at_hours, self._hours_mask, limits.hours
            rows = [k for k in rows if k >> at & mask <= most]
        if limits.net < self._most_net:
            at, mask, most = self._at_net, self._net_mask, limits.net - self._low
            rows = [k for k in rows if k >> at & mask <= most]
        if limits.must:
            must = limits.must
            rows = [k for k in rows if k & must == must]
        return rows

    def best(self, limits: Limits) -> Solution | None:
        """The best choice within the limits; None: there is none."""
        rows = self.within(limits)
        if not rows:
            return None
        return self.solution(min(self.first(rows, limits.first)))

    def steps(self, limits: Limits) -> list[Step]:
        """The best choice at every net price up to the limit, the dearest first."""
        found: list[Step] = []
        at, mask, limit = self._at_net, self._net_mask, limits.net - self._low
        for k in self.ranked(limits):
            net = k >> at & mask
            if net <= limit:
                found.append(step_of(self.solution(k)))
                limit = net - 1
        return found

    def with_each(self, options: Sequence[str], limits: Limits) -> dict[str, Solution | None]:
        """Per option the best choice with it in it; None: there is none."""
        found: dict[str, Solution | None] = dict.fromkeys(options)
        missing = sum([self._bits[option] for option in options])
        at = self._at_item
        for k in self.ranked(limits):
            new = k & missing
            if new:
                missing ^= new
                solution = self.solution(k)
                for place in ranks(new >> at):
                    found[self.items[place].id] = solution
                if not missing:
                    break
        return found

    def least(self, option: str, limits: Limits) -> tuple[int, bool] | None:
        """The least of the resource that counts first, with this option, and that it is exact."""
        bit = self._bits[option]
        rows = [k for k in self.within(limits) if k & bit]
        if not rows:
            return None
        return min(self.nets(rows) if limits.first == "net_cents" else self.hours(rows)), True

    def ranked(self, limits: Limits) -> list[int]:
        """The choices within the limits, the best first."""
        return sorted(self.within(limits))

    def first(self, rows: Sequence[int], resource: str) -> Sequence[int]:
        """Of some choices those with the least net price or hours; of ``value`` all."""
        if resource == "value":
            return rows
        figures = self.nets(rows) if resource == "net_cents" else self.hours(rows)
        least = min(figures)
        return [k for k, figure in zip(rows, figures, strict=True) if figure == least]

    def nets(self, rows: Iterable[int]) -> list[int]:
        """The net price of each choice, in cents."""
        at, mask, low = self._at_net, self._net_mask, self._low
        return [(k >> at & mask) + low for k in rows]

    def hours(self, rows: Iterable[int]) -> list[int]:
        """The hours of each choice."""
        at, mask = self._at_hours, self._hours_mask
        return [k >> at & mask for k in rows]

    def solution(self, row: int) -> Solution:
        """A choice with its figures."""
        return Solution(self.chosen(row), *self.figures(row), True, self.figures(row)[0])

    def chosen(self, row: int) -> tuple[str, ...]:
        """The option ids of a choice, sorted."""
        bits = row >> self._at_item & (1 << len(self.items)) - 1
        return tuple(sorted([self.items[at].id for at in ranks(bits)]))

    def figures(self, row: int) -> tuple[int, int, int]:
        """Value, net price in cents and hours of a choice."""
        return (
            self._worth - (row >> self._at_value),
            (row >> self._at_net & self._net_mask) + self._low,
            row >> self._at_hours & self._hours_mask,
        )


def _groups(stock: Stock) -> dict[int, list[Item]]:
    """The items by the lowest level they cover; one without a need has a group of its own."""
    groups: dict[int, list[Item]] = {}
    for item in stock.items:
        groups.setdefault(item.needs[0] if item.needs else ~item.rank, []).append(item)
    return groups


def _most(figures: Iterable[int]) -> int:
    return max(0, *figures, 0)


def _drawn(item: Item, shifts: list[int]) -> int:
    return sum([cents << at for cents, at in zip(item.subs, shifts, strict=False)])
