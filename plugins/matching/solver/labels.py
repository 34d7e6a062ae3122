"""Search by layers: all labels of a level together, the dominated ones dropped.

A label is a node of the tree. Within the same future (levels still open, relations still alive)
one label beats another when it has at least the value with at most the hours, and its net price is
no higher whatever the pools still pay. When a layer holds more labels than the budget allows, those
that lost most are let go; the least loss among them is what the answer may be short of the bound.
"""

from __future__ import annotations

from .tree import Node, Tree, tie_of

SCAN = 48  # how many better labels one label is compared with; dropping less is still exact
FEWEST = 4  # and where most labels will be let go anyway
NARROWEST = 3


def sweep(tree: Tree, budget: int) -> int:
    """Search all layers within a budget of work; returns a score that nothing exceeds."""
    layers = _Layers(tree)
    top = tree.bound.top
    tree.gap = top - tree.best
    ceiling = tree.best
    labels = [tree.root()]
    spent = tree.work + budget
    depth = len(tree.order)
    for at in range(depth):
        branches = sum([len(rows) for rows in tree.frame[1][at:]])
        left = spent - tree.work
        width = max(NARROWEST, left // max(1, branches)) if left > 0 else 1
        if len(labels) > width:
            labels, dropped = _fewer(labels, width, tree.model.net_limit)
            ceiling = max(ceiling, top - dropped)
        children = [child for node in labels for child in tree.open(node)]
        scan = 16 * SCAN * width // (1 + len(children)) // tree.toll
        scan = max(FEWEST, min(SCAN, scan))
        labels = layers.thin(at + 1, children, scan)
    for node in labels:
        for _ in tree.open(node):
            pass
    return max(ceiling, tree.best)


def _fewer(labels: list[Node], width: int, net_limit: int) -> tuple[list[Node], int]:
    """The most promising labels, and the least loss among the others.

    Half of the places are for labels within the money as they stand: those can be completed.
    """
    labels.sort(key=lambda node: (node[2], *_merit(node)))  # what ties comes in the tree's order
    sure = [node for node in labels if node[3][1] - node[3][3] <= net_limit][: (width + 1) // 2]
    taken = {id(node) for node in sure}
    others = [node for node in labels if id(node) not in taken]
    room = width - len(sure)
    return sure + others[:room], min([node[2] for node in others[room:]])


class _Layers:
    """What of a label still matters at each place of the search order."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        bits = [1 << level for level in tree.order]
        self.open_levels = [sum(bits[at:]) for at in range(len(bits) + 1)]
        self.alive = self._alive()

    def _alive(self) -> list[tuple[int, int]]:
        """Per place the related items that may still be chosen, and those that still count."""
        model = self.tree.model
        links = model.links
        place = {level: at for at, level in enumerate(self.tree.order)}
        first = [min(place[level] for level in item.needs) for item in model.items]
        deciding = [0] * (len(self.open_levels))
        for item in model.items if links.requires or links.excludes or links.pairs else ():
            deciding[first[item.rank]] |= item.bit
        couples = [(a, b) for a, b in links.requires] + [(a, b) for a, b, _, _ in links.pairs]
        alive: list[tuple[int, int]] = []
        undecided = 0
        for at in reversed(range(len(self.open_levels))):
            undecided |= deciding[at]
            counting = undecided
            for a, b in couples:
                if undecided >> a & 1 or undecided >> b & 1:
                    counting |= 1 << a | 1 << b
            alive.append((counting, undecided))
        return alive[::-1]

    def thin(self, at: int, labels: list[Node], scan: int) -> list[Node]:
        """The labels of a layer that no other beats, of the last ``scan`` before it."""
        groups: dict[tuple[int, int, int], list[Node]] = {}
        levels, (counting, undecided) = self.open_levels[at], self.alive[at]
        for node in labels:
            inside, outside = node[4]
            key = (node[1] & levels, inside & counting, outside & undecided)
            groups.setdefault(key, []).append(node)
        kept: list[Node] = []
        for group in groups.values():
            kept += self._front(group, scan) if len(group) > 1 else group
        return kept

    def _front(self, group: list[Node], scan: int) -> list[Node]:
        group.sort(key=_merit)
        front: list[Node] = []
        for node in group:
            rivals = front[-scan:]
            self.tree.work += len(rivals) * self.tree.toll // 8
            if not any(self._beats(rival, node) for rival in reversed(rivals)):
                front.append(node)
        return front

    def _beats(self, rival: Node, node: Node) -> bool:
        value, gross, hours, paid, drawn, _ = node[3]
        other_value, other_gross, other_hours, other_paid, other_drawn, _ = rival[3]
        net, least = gross - paid, other_gross - other_paid
        if other_hours > hours or least > net or other_value < value:
            return False
        if drawn != other_drawn:
            for mine, yours, cap in zip(drawn, other_drawn, self.tree.model.caps, strict=True):
                least += max(0, min(yours, cap) - min(mine, cap))
        if least != net or other_value != value or other_hours != hours:
            return least <= net
        return tie_of(rival[5]) < tie_of(node[5])


def _merit(node: Node) -> tuple[int, int, int]:
    value, gross, hours, paid, _, _ = node[3]
    return -value, gross - paid, hours
