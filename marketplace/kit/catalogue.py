"""The published catalogue: frozen offers, who stands behind them, prices and places left."""

from marketplace.catalogue.services import (
    gross_cents,
    labels,
    places_left,
    published,
    version,
    version_key,
)

__all__ = ["gross_cents", "labels", "places_left", "published", "version", "version_key"]
