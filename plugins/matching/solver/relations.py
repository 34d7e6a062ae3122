"""Excludes, requires and pairs: first by id while pruning, then as bit masks for the search."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.contract.values import Problem

from .prune import Item

WIDE = 512  # bits from which a mask is read as text: arithmetic on it is slow


@dataclass(frozen=True, slots=True)
class PairRow:
    """Extra value and price when both ends are chosen."""

    a: str
    b: str
    value: int
    gross: int


@dataclass(slots=True)
class Relations:
    """The relations between options that are still in play.

    ``wanted`` may not be dropped for a better option, because others lean on them; ``tied`` may
    not push out another option, because choosing them has consequences.
    """

    excludes: set[tuple[str, str]]
    requires: set[tuple[str, str]]
    pairs: list[PairRow]
    wanted: set[str] = field(default_factory=set)
    tied: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, problem: Problem) -> Relations:
        """The relations of a problem, each once."""
        found = cls(
            {(a, b) if a < b else (b, a) for a, b in problem.excludes},
            {(a, b) for a, b in problem.requires if a != b},
            [PairRow(pair.a, pair.b, pair.value, pair.gross_cents) for pair in problem.pairs],
        )
        found._mark()
        return found

    def copy(self) -> Relations:
        """The same relations, from which others can be dropped."""
        return Relations(self.excludes, self.requires, self.pairs, self.wanted, self.tied)

    def _mark(self) -> None:
        ends = {end for pair in self.pairs for end in (pair.a, pair.b)}
        self.wanted = ends | {b for _, b in self.requires}
        self.tied = ends | {a for a, _ in self.requires}
        self.tied.update(end for both in self.excludes for end in both)

    def touches(self, ids: set[str]) -> bool:
        """Whether an option of ``ids`` is in a relation."""
        return not ids.isdisjoint(self.tied) or not ids.isdisjoint(self.wanted)

    def drop(self, dead: set[str]) -> None:
        """Forget the options in ``dead``, to which those that require one of them are added."""
        if not dead or not (self.tied or self.wanted):
            return
        needed_by: dict[str, list[str]] = {}
        for a, b in self.requires:
            needed_by.setdefault(b, []).append(a)
        fallen = [b for b in needed_by if b in dead]
        while fallen:
            for a in needed_by.get(fallen.pop(), ()):
                if a not in dead:
                    dead.add(a)
                    fallen.append(a)
        self.excludes = {(a, b) for a, b in self.excludes if a not in dead and b not in dead}
        self.requires = {(a, b) for a, b in self.requires if a not in dead}
        self.pairs = [pair for pair in self.pairs if pair.a not in dead and pair.b not in dead]
        self._mark()


@dataclass(slots=True)
class Links:
    """Relations as bit masks over item ranks.

    Choosing an item makes the items of its ``inside`` mask chosen and those of its ``outside``
    mask impossible; ``left_out`` is the outside mask of leaving a level uncovered.
    """

    inside: list[int]
    outside: list[int]
    left_out: list[int]
    live: list[Item]
    start: int = 0
    requires: list[tuple[int, int]] = field(default_factory=list)
    excludes: list[tuple[int, int]] = field(default_factory=list)
    pairs: list[tuple[int, int, int, int]] = field(default_factory=list)


def close(items: list[Item], depth: int, relations: Relations) -> Links:
    """Masks that hold every consequence of a choice, so the search only tests two integers."""
    count = len(items)
    if not relations.tied:
        return Links([0] * count, [0] * count, [0] * depth, items)
    rank = {item.id: item.rank for item in items}
    links = Links([0] * count, [0] * count, [0] * depth, [])
    links.requires = sorted((rank[a], rank[b]) for a, b in relations.requires)
    links.excludes = sorted((rank[a], rank[b]) for a, b in relations.excludes)
    links.pairs = sorted(
        (rank[pair.a], rank[pair.b], pair.value, pair.gross) for pair in relations.pairs
    )
    _fill(items, relations, links)
    return links


def _fill(items: list[Item], relations: Relations, links: Links) -> None:
    related = [item for item in items if item.id in relations.tied or item.id in relations.wanted]
    touching = [0] * len(links.left_out)
    for item in related:
        for level in item.needs:
            touching[level] |= item.bit
    needed_by = _gathered([(b, a) for a, b in links.requires], [item.bit for item in items])
    leading = sum([1 << rank for rank in needed_by])
    links.left_out = [_reach(mask, needed_by, leading) for mask in touching]
    impossible = _consequences(items, related, touching, links)
    for item in related:
        outside = links.outside[item.rank] & ~links.inside[item.rank]
        outside = links.outside[item.rank] = _reach(outside, needed_by, leading)
        if links.inside[item.rank] & outside:
            impossible |= item.bit
    links.start = _reach(impossible, needed_by, leading)
    for item in items:
        if not links.inside[item.rank]:
            for level in item.needs:
                links.outside[item.rank] |= links.left_out[level]
    links.live = [item for item in items if not item.bit & links.start]


def _consequences(items: list[Item], related: list[Item], touching: list[int], links: Links) -> int:
    """What choosing an item with all that it requires rules out; returns the impossible items."""
    barred = [0] * len(items)
    for a, b in links.excludes:
        barred[a] |= 1 << b
        barred[b] |= 1 << a
    own = barred.copy()
    for item in related:
        for level in item.needs:
            own[item.rank] |= touching[level]
    inside = _gathered(links.requires, [item.bit for item in items])
    outside = _gathered(links.requires, own)
    opposed = _gathered(links.requires, barred)
    impossible = 0
    for item in related:
        rank = item.rank
        whole = links.inside[rank] = inside.get(rank, item.bit)
        links.outside[rank] = outside.get(rank, own[rank])
        twice = whole != item.bit and any((whole & mask).bit_count() > 1 for mask in touching)
        if twice or opposed.get(rank, barred[rank]) & whole:
            impossible |= item.bit
    return impossible


def _gathered(edges: list[tuple[int, int]], own: list[int]) -> dict[int, int]:
    """Per item with an edge its own mask and those of all that can be reached from it."""
    following: dict[int, list[int]] = {}
    for a, b in edges:
        following.setdefault(a, []).append(b)
    found = {a: own[a] for a in _last_first(following)}
    changed = True
    while changed:  # once without cycles, and once more for each that leads into another
        changed = False
        for a, mask in found.items():
            for b in following[a]:
                mask |= found.get(b, own[b])
            if mask != found[a]:
                found[a] = mask
                changed = True
    return found


def _last_first(following: dict[int, list[int]]) -> list[int]:
    """The items with an edge, each after those that it leads to, as far as there is no cycle."""
    order: list[int] = []
    ahead = {at: iter(ends) for at, ends in following.items()}
    for start in following:
        stack = [start] if start in ahead else []
        waiting = {start: ahead.pop(start)} if stack else {}
        while stack:
            at = next((b for b in waiting[stack[-1]] if b in ahead), None)
            if at is None:
                order.append(stack.pop())
            else:
                waiting[at] = ahead.pop(at)
                stack.append(at)
    return order


def _reach(mask: int, closures: dict[int, int], leading: int) -> int:
    """The items of ``mask`` and all that can be reached from them; ``leading`` have an edge."""
    for rank in ranks(mask & leading):
        mask |= closures[rank]
    return mask


def ranks(mask: int) -> list[int]:
    """The positions of the set bits, ascending."""
    found = []
    if mask.bit_length() > WIDE:
        digits = bin(mask)[:1:-1]
        at = digits.find("1")
        while at >= 0:
            found.append(at)
            at = digits.find("1", at + 1)
        return found
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
