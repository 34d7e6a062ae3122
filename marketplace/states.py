"""One status machine for every area: a table of transitions, and one way to walk it."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.errors import DomainError
from marketplace.i18n import _

Transitions = Mapping[str, frozenset[str]]
"""Status → the statuses it may become. A status that leads nowhere is an end."""


def check(transitions: Transitions, present: str, wanted: str) -> None:
    """Raise DomainError ``not-now`` unless the table lets ``present`` become ``wanted``."""
    if wanted not in transitions.get(present, frozenset()):
        raise DomainError("not-now", _("Dit kan nu niet meer. Laad de pagina opnieuw."))
