"""What a snapshot weighs, how long it takes to build, and how long its bytes take to read once."""

from __future__ import annotations

import pickle
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date

from bench.market import SEED
from bench.measure import clocked, spread
from marketplace.contract.values import Offer
from plugins.matching.generated import offers
from plugins.matching.snapshot import Snapshot, build

KEPT = "kept"
PASSES = 50
PRESENT, ABSENT = b"\x01", b"\x02"


def weight(snapshot: Snapshot) -> int:
    """Bytes of everything a snapshot holds from the start: columns, postings, ids and values.

    Each object counts once, with its header, at what Python says it takes; the padding of the
    allocator is not in it.
    """
    return sum(sys.getsizeof(part) for part in _parts(snapshot, set()))


def kept(snapshot: Snapshot) -> int:
    """Bytes that requests left for the next: bitmaps and tables, without the offers as values."""
    counted = {id(part) for part in _parts(snapshot, set())}
    stores = [snapshot.kept, *(posting.kept for posting in snapshot.postings.values())]
    return sum(sys.getsizeof(part) for part in _parts(stores, counted))


def _parts(root: object, seen: set[int]) -> Iterator[object]:
    """The root and all that it refers to, but for code and what is kept of requests."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if id(part) in seen or callable(part):
            continue
        seen.add(id(part))
        yield part
        waiting.extend(_inside(part))


def _inside(part: object) -> Iterator[object]:
    if is_dataclass(part):
        yield from (getattr(part, one.name) for one in fields(part) if one.name != KEPT)
    elif isinstance(part, Mapping):
        yield from part.keys()
        yield from part.values()
        yield from getattr(part, "__dict__", {}).values()
    elif isinstance(part, (tuple, list, set, frozenset)):
        yield from part
    else:
        assert part is None or isinstance(part, (int, float, str, bytes, array, date)), type(part)


def one_pass(size: int) -> float:
    """Milliseconds to look at so many bytes once: searching a byte that does not occur."""
    memory = PRESENT * size  # written, or it would be one page of zeros
    passes = [clocked(lambda: memory.find(ABSENT))[1].process for _pass in range(PASSES)]
    return spread(passes).median


def as_read(count: int) -> Sequence[Offer]:
    """Generated offers that share no value with each other, as when each comes from its own row."""
    return [pickle.loads(pickle.dumps(one)) for one in offers(SEED, count)]  # noqa: S301  our own


def rebuild_seconds(count: int, times: int = 3) -> float:
    """Processor time to compile a catalogue that is already read."""
    catalogue = as_read(count)
    return (
        spread([clocked(lambda: build(1, catalogue))[1].process for _ in range(times)]).median / 1e3
    )
