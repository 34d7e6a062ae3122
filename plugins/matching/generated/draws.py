"""Numbers that look drawn by lot and are the same on every machine and in every version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from struct import Struct
from typing import TypeVar

Choice = TypeVar("Choice")

SIDES = 1 << 16
"""Every number drawn is below this."""

_NUMBERS = Struct("<32H")


def draw(what: str, seed: int, index: int) -> tuple[int, ...]:
    """Thirty-two numbers below ``SIDES`` for the thing with this index; no state, no order."""
    text = f"{what}/{seed}/{index}".encode()
    return _NUMBERS.unpack(hashlib.blake2b(text, digest_size=_NUMBERS.size).digest())


def pick(choices: Sequence[Choice], number: int) -> Choice:
    """The choice that a drawn number falls on."""
    return choices[number * len(choices) // SIDES]


def spread(shares: Mapping[Choice, int]) -> tuple[Choice, ...]:
    """Choices in proportion to their shares, for ``pick``."""
    return tuple(choice for choice, share in shares.items() for _ in range(share))
