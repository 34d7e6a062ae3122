"""The published catalogue: frozen offers, their titles, who stands behind them, prices, places
left, and the rules that consultants keep.
"""

from marketplace.catalogue.services import (
    gross_cents,
    labels,
    owner_kinds,
    places_left,
    published,
    titles,
    version,
    version_key,
)
from marketplace.catalogue.services.rules import published_rules as consultant_rules
from marketplace.catalogue.services.rules import sentences as consultant_sentences
from marketplace.catalogue.texts import Card, cards
from marketplace.catalogue.vocabulary import NATURES

__all__ = [
    "NATURES",
    "Card",
    "cards",
    "consultant_rules",
    "consultant_sentences",
    "gross_cents",
    "labels",
    "owner_kinds",
    "places_left",
    "published",
    "titles",
    "version",
    "version_key",
]
