"""Offers as rows of the catalogue: written in bulk through its one door, read as ORM objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import insert

from marketplace import reference
from marketplace.catalogue import guard
from marketplace.catalogue.models import Capacity, Offer, OfferFacet, OfferVersion, Provider
from marketplace.contract import values
from marketplace.db import db, writing
from plugins.matching.generated import owner_of
from plugins.matching.generated.places import PLACES

REFNIS = {(place.latitude, place.longitude): place.refnis for place in PLACES}
PROVIDERS = {"agency": 1, "partner": 2}
LISTS = (
    "evidence",
    "joint_committees",
    "languages",
    "modes",
    "nace_prefixes",
    "reach",
    "roles",
    "shifts",
    "tags",
    "topics",
)
PLAIN = (
    "group_max",
    "group_min",
    "hours",
    "hours_per_week",
    "lead_days",
    "level_from",
    "level_to",
    "nature",
    "weeks",
)
TEXTS = ("title", "summary", "description", "audience", "approach", "price_note", "source_title")

Columns = dict[str, object]


def add_providers() -> None:
    """The two providers that stand behind all offers."""
    rows = [
        {"id": id_, "slug": kind, "name": kind, "kind": kind, "competence": [], "evidence": []}
        for kind, id_ in PROVIDERS.items()
    ]
    with writing(), guard.changing():
        db.session.execute(insert(Provider), rows)
        db.session.commit()


def add(offers: Sequence[values.Offer], seed: int, after: int) -> None:
    """Publish offers, the first with the id after ``after``; of the facets only the topics."""
    numbered = list(enumerate(offers, after + 1))
    with writing(), guard.changing():
        db.session.execute(insert(Offer), [_offer(id_, one, seed) for id_, one in numbered])
        db.session.execute(insert(OfferVersion), [_version(id_, one) for id_, one in numbered])
        facets = [
            {"offer_id": id_, "facet": "topic", "value": topic}
            for id_, one in numbered
            for topic in one.topics
        ]
        db.session.execute(insert(OfferFacet), facets)
        scarce = [
            {"offer_id": id_, "total": one.places_left, "left": one.places_left}
            for id_, one in numbered
            if one.places_left is not None
        ]
        db.session.execute(insert(Capacity), scarce)
    db.session.commit()


def _offer(id_: int, one: values.Offer, seed: int) -> Columns:
    provider = PROVIDERS[owner_of(seed, one.version_id)]
    row = {"id": id_, "slug": f"{id_}", "provider_id": provider, "sort": one.slug}
    return row | {"status": "published", "current": 1}


def _version(id_: int, one: values.Offer) -> Columns:
    made: Columns = {name: list(getattr(one, name)) for name in LISTS}
    made |= {name: getattr(one, name) for name in PLAIN}
    made |= dict.fromkeys(TEXTS, "")
    return made | {
        "id": id_,
        "public_id": one.version_id,
        "offer_id": id_,
        "number": 1,
        "digest": "",
        "published_at": datetime(2026, 1, 1, tzinfo=UTC),
        "activities": [],
        "price_kind": one.price.kind,
        "price_cents": one.price.cents,
        "price_tiers": [list(tier) for tier in one.price.tiers],
        "demo": True,
        "location": REFNIS[one.location] if one.location else None,
        "source_url": None,
        "checked_on": date(2026, 1, 1),
    }


def value_of(row: OfferVersion) -> values.Offer:
    """What a published version says, as the loop judges it."""
    lists: Mapping[str, tuple[str, ...]] = {name: tuple(getattr(row, name)) for name in LISTS}
    capacity = row.offer.capacity
    return values.Offer(
        version_id=row.public_id,
        slug=row.offer.slug,
        price=values.Price(
            row.price_kind, row.price_cents, tuple((most, cents) for most, cents in row.price_tiers)
        ),
        location=_point(row.location),
        places_left=capacity.left if capacity else None,
        **lists,  # type: ignore[arg-type]
        **{name: getattr(row, name) for name in PLAIN},
    )


def _point(refnis: str | None) -> tuple[float, float] | None:
    found = reference.municipality(refnis) if refnis else None
    return (found.latitude, found.longitude) if found else None
