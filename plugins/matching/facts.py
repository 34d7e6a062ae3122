"""One offer held against one need of one request."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.contract.values import Need, Offer, RequestFacts
from marketplace.kit.criteria import Lookup, lookup


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged, and what rules may look up in it."""

    request: RequestFacts
    need: Need
    offer: Offer

    @property
    def look(self) -> Lookup:
        """The values of the case by subject."""
        return lookup(self.request, self.need, self.offer)
