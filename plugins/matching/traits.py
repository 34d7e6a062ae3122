"""What matching looks at in an offer: traits, each with few distinct values over a catalogue.

A condition, a rule or a part of the fit judges the distinct values of a trait, never the offers one
by one. Neither owner nor provider is a trait.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from operator import attrgetter
from typing import cast

from marketplace.contract.values import Offer, Price

TRAITS: Mapping[str, tuple[str, ...]] = {
    "topics": ("topics",),
    "roles": ("roles",),
    "reach": ("reach",),
    "sector": ("joint_committees", "nace_prefixes"),
    "levels": ("level_from", "level_to"),
    "shifts": ("shifts",),
    "modes": ("modes",),
    "spot": ("modes", "location"),
    "group": ("group_min", "group_max"),
    "weekly": ("hours_per_week",),
    "timing": ("lead_days", "weeks"),
    "languages": ("languages",),
    "nature": ("nature",),
    "evidence": ("evidence",),
    "tags": ("tags",),
    "hours": ("hours",),
    "price": ("price",),
    "cost": ("price", "group_max"),
    "vat": ("vat",),
}
"""Trait → the fields of an offer that it holds."""

READ = {name: attrgetter(*fields) for name, fields in TRAITS.items()}
"""Trait → how to read its value from an offer: the field itself, or a tuple of them."""

OF_SUBJECT: Mapping[str, str] = {"price_kind": "price", "language_only": "topics"}
"""Subjects of rules that are made from a field of another name."""

_BLANK = Offer("", "", "", (), (), Price("free"), 0)


def trait_of(subject: str) -> str | None:
    """The trait that decides a subject such as ``offer.tags``; None when there is none."""
    field = subject.removeprefix("offer.")
    field = OF_SUBJECT.get(field, field)
    return next((name for name, fields in TRAITS.items() if field in fields or field == name), None)


def fields_of(trait: str, value: Hashable) -> dict[str, object]:
    """The fields of an offer that a value of the trait stands for."""
    fields = TRAITS[trait]
    return dict(
        zip(fields, cast("tuple[object, ...]", value) if fields[1:] else (value,), strict=True)
    )


def stand_in(trait: str, value: Hashable) -> Offer:
    """An offer that is blank but for one trait, to judge what depends on that trait alone."""
    made = {name: getattr(_BLANK, name) for name in Offer.__slots__} | fields_of(trait, value)
    return Offer(**made)
