"""The four agencies and the municipalities in which each is competent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString

from marketplace import reference
from marketplace.i18n import lazy_


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency; ``places`` holds the names of its municipalities by province.

    ``website`` None means that no address is known for certain.
    """

    slug: str
    name: LazyString
    website: str | None
    places: Mapping[str, Sequence[str]]

    @property
    def count(self) -> int:
        """In how many municipalities it works."""
        return sum(len(names) for names in self.places.values())


NAMES: Mapping[str, tuple[LazyString, str | None]] = {
    "agii": (lazy_("Agentschap Integratie en Inburgering (AgII)"), "https://www.agii.be"),
    "atlas": (
        lazy_("Atlas, integratie en inburgering in Antwerpen"),
        "https://www.atlas-antwerpen.be",
    ),
    "amal": (lazy_("Amal, integratie en inburgering in Gent"), None),
    "huisnl": (
        lazy_("Huis van het Nederlands in Brussel"),
        "https://www.huisnederlandsbrussel.be",
    ),
}
"""Slug → official name and website, as far as the sources of the catalogue name one."""

BRUSSELS = lazy_("Brussels Hoofdstedelijk Gewest")


def agencies() -> list[Agency]:
    """Every agency with its municipalities, as the reference data divide them."""
    return [Agency(slug, name, site, _places(slug)) for slug, (name, site) in NAMES.items()]


def _places(slug: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for one in reference.municipalities():
        if one.agency == slug:
            found.setdefault(one.province or str(BRUSSELS), []).append(one.name)
    return dict(sorted(found.items()))
