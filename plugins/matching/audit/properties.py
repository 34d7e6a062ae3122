"""Everything that is asked of an engine, by name. docs/audit.md says what each line means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from . import monotone, neutral, sound, stable
from .trial import Audited

Check = Callable[[Audited], Iterator[str]]
"""Says per question what went wrong; an empty text when it held."""

PROPERTIES: Mapping[str, Check] = {
    "owner-swap": neutral.owner_swap,
    "renaming": neutral.renaming,
    "reordering": neutral.reordering,
    "repeat": neutral.repeat,
    "cheaper": monotone.cheaper,
    "earlier": monotone.earlier,
    "more-budget": monotone.more_budget,
    "more-hours": monotone.more_hours,
    "ineligible-offer": stable.ineligible,
    "dominated-offer": stable.dominated,
    "copy-of-a-loser": stable.copy_of_a_loser,
    "limits": sound.limits,
    "reasons": sound.reasons,
    "what-if": sound.what_if,
    "certificates": sound.certificates,
}

TWINS = "twins"
"""The one property that is judged over all trials together: half of the draws to each owner."""
