"""Which contributions count now: those of plugins that are switched on."""

from __future__ import annotations

from marketplace.catalogue import guard
from marketplace.host import switch


def switched_on() -> tuple[str, ...]:
    """Ids of the plugins that are on for the federation in hand, sorted."""
    return tuple(sorted(switch.active()))


def version_key() -> tuple[int, tuple[str, ...]]:
    """What a snapshot depends on: the catalogue's version and the plugins that are on."""
    return guard.version(), switched_on()
