"""Organisations: as frozen facts, of the employer in hand or by public id for desk and worker; the
class, for keys of a plugin's tables; and the joint committees they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.accounts.models import Organisation
from marketplace.accounts.services import (
    current_employer,
    current_organisation,
    find_organisation,
)
from marketplace.errors import NotFound
from marketplace.reference import joint_committee


@dataclass(frozen=True, slots=True)
class Party:
    """A legal unit. ``enterprise_number`` has ten digits; None: not known."""

    organisation: str
    name: str
    enterprise_number: str | None
    slug: str | None = None


def organisation(public_id: str) -> Party:
    """An organisation by public id or slug, whoever asks. Raises NotFound."""
    found = find_organisation(public_id)
    if found is None:
        raise NotFound(public_id)
    return _party(found)


def own_employer() -> Party:
    """The employer that the person in hand acts for. Raises NotFound."""
    found = current_employer()
    if found is None:
        raise NotFound("employer")
    return _party(found)


def acting_for() -> Party | None:
    """The organisation of the person in hand; None for an administrator and a visitor."""
    found = current_organisation()
    return _party(found) if found else None


def _party(found: Organisation) -> Party:
    return Party(found.public_id, found.name, found.enterprise_number, found.slug)


__all__ = [
    "Organisation",
    "Party",
    "acting_for",
    "current_organisation",
    "joint_committee",
    "organisation",
    "own_employer",
]
