"""What VAT comes on a price, by the treatment that a person reviewed. The rates are data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from .tables import DATA

CAUTIOUS = "standard"
"""Counts where nobody reviewed the treatment, so that no budget is ever promised too low."""


def vat_cents(net_cents: int, treatment: str | None) -> int:
    """The VAT in cents on a price without it, rounded half up to the cent.

    ``treatment`` is standard | exempt | outside; None, not reviewed, counts as the standard rate.
    An invoice rounds once per rate, so it may differ by a cent. Raises KeyError for another
    treatment. Source: ``data/vat.json``.
    """
    return (net_cents * _percent()[treatment or CAUTIOUS] + 50) // 100


@cache
def _percent() -> Mapping[str, int]:
    found: Mapping[str, int] = json.loads((DATA / "vat.json").read_text("utf-8"))["percent"]
    return found
