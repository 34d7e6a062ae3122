"""The offers of a key as JSON: what the public catalogue shows, and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from flask import Request, url_for

from marketplace.kit import catalogue, clock

from . import sectors
from .serving import Served, shelf

MOST = 12
FIELDS = ("id", "title", "text", "by", "place", "price", "example", "href")
"""What is told of one offer; docs/widgets.md says what each is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the tag asks for; '' is what the site chose."""

    language: str
    sector: str
    kind: str
    limit: int
    campaign: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer and the name that a browser keeps them under."""

    body: bytes
    etag: str


def wanted(request: Request) -> Wanted:
    """What an address asks for; anything unknown counts as not said."""
    kind = request.args.get("kind", "")
    limit = request.args.get("limit", MOST, type=int)
    return Wanted(
        language=sectors.language_of(request.args.get("lang", "")),
        sector=request.args.get("sector", "")[:40],
        kind=kind if kind in catalogue.NATURES else "",
        limit=min(max(limit, 1), MOST),
        campaign=request.args.get("campaign", "")[:80],
    )


def answer(key: Served, asked: Wanted) -> Answer:
    """The answer to a key, made at most once in 30 seconds per process."""
    now, name = clock.now(), (key.key, asked)
    found = shelf().get(name, now)
    return found if isinstance(found, Answer) else shelf().put(name, _made(key, asked), now)


def _made(key: Served, asked: Wanted) -> Answer:
    text = json.dumps(_content(key, asked), ensure_ascii=False, separators=(",", ":"))
    body = text.encode()
    return Answer(body, hashlib.sha256(body).hexdigest()[:20])


def _content(key: Served, asked: Wanted) -> dict[str, object]:
    sector = sectors.find(asked.sector or key.sector)
    words = sector.words(asked.language)
    source = {"src": key.key, "campaign": asked.campaign or None}
    slugs = key.offers if not asked.sector or asked.sector == key.sector else ()
    found = catalogue.cards(slugs or sector.widget.offers, asked.kind, asked.limit)
    return {
        "lang": asked.language,
        "title": words["offers"],
        "none": words["none"],
        "all": {"text": words["all"], "href": _url("catalogue.index", **source)},
        "theme": key.theme.tokens(),
        "offers": [_card(card, area, words, source) for card, area in found],
    }


def _card(
    card: catalogue.Card, area: str, words: sectors.Words, source: dict[str, str | None]
) -> dict[str, object]:
    return {
        "id": card.slug,
        "title": card.title,
        "text": card.summary,
        "by": f"{words[f'by_{card.owner}']}: {card.provider}",
        "place": area,
        "price": card.price,
        "example": words["example"] if card.demo else "",
        "href": _url("catalogue.offer", slug=card.slug, **source),
    }


def _url(endpoint: str, **values: str | None) -> str:
    return url_for(endpoint, _external=True, **values)
