"""The federation that somebody works for."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.accounts import services as accounts
from marketplace.accounts.services.identity import actor
from marketplace.errors import NotFound


@dataclass(frozen=True, slots=True)
class Federation:
    """Its slug, its name, and who acts for it now (for the audit log)."""

    slug: str
    name: str
    actor: str


def in_hand() -> Federation:
    """The federation of the person who is signed in. Raises NotFound without one."""
    slug = accounts.current_federation()
    place = accounts.find_organisation(slug) if slug else None
    if place is None:
        raise NotFound
    return Federation(str(place.slug), place.name, actor())
