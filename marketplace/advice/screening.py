"""Who was looked at for a need and who fails what: the bitmaps of a stored answer, read back.

A bitmap alone gives a number. Names need the offers that were looked at: the sources whose name
begins with ``offers/``, JSON objects whose ``offers`` have ``version_id``, ``slug``, ``topics``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from marketplace.advice.snapshot import Document
from marketplace.contract.values import Json

Stored = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Screened:
    """One need: how many offers were looked at, how many could serve, and who fails what."""

    need: str
    looked_at: int
    eligible: int
    refused: Mapping[str, str]

    def counts(self) -> dict[str, int]:
        """How many offers fail each condition; the condition that most fail comes first."""
        found = {code: int(bits, 16).bit_count() for code, bits in self.refused.items()}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def failing(self, code: str, offers: Sequence[Stored]) -> list[Stored]:
        """The offers that fail a condition, among those of ``offers_of``."""
        bits = int(self.refused.get(code, "0"), 16)
        return [offer for place, offer in enumerate(offers) if bits >> place & 1]


def screened(document: Document) -> Mapping[str, Screened]:
    """By need what was screened; an older advice has nothing of the kind."""
    answer = cast(Stored, document["answer"])
    rows = cast(Sequence[Stored], answer.get("screened", []))
    return {str(row["need"]): Screened(**cast("dict[str, object]", row)) for row in rows}  # type: ignore[arg-type]


def is_offers(source: str) -> bool:
    """Whether a source of this name holds offers."""
    return source.startswith("offers/")


def offers_of(one: Screened, topic: str, sources: Mapping[str, str]) -> Sequence[Stored] | None:
    """The offers of a topic in the order of the bitmaps; None when the sources do not tell."""
    found: dict[str, Stored] = {}
    for name, body in sources.items():
        if is_offers(name):
            found |= {str(offer["version_id"]): offer for offer in _listed(body, topic)}
    ordered = [found[version_id] for version_id in sorted(found)]
    return ordered if len(ordered) == one.looked_at else None


def _listed(body: str, topic: str) -> list[Stored]:
    data = json.loads(body)
    offers = data.get("offers", ()) if isinstance(data, dict) else ()
    return [
        offer
        for offer in offers
        if isinstance(offer, dict) and "version_id" in offer and topic in offer.get("topics", ())
    ]
