"""``flask catalogue export``: the house's own catalogue as a file that imports to itself."""

from __future__ import annotations

import json

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from marketplace.catalogue.content import PROVIDER_KEYS, compact, full_provider
from marketplace.catalogue.models import Offer, OfferVersion, Provider
from marketplace.catalogue.services.store import content_of
from marketplace.db import db


def export_document() -> dict[str, object]:
    """Everything that was imported, without what plugins contribute, by slug."""
    own = select(Offer.provider_id).where(Offer.source == "")
    providers = select(Provider).where(or_(Provider.source == "", Provider.id.in_(own)))
    return {
        "format": 1,
        "providers": [_provider(one) for one in db.session.scalars(providers.order_by("slug"))],
        "offers": [_offer(offer, version) for offer, version in _offers()],
    }


def export_text() -> str:
    """The file itself, with a line break at the end."""
    return json.dumps(export_document(), ensure_ascii=False, indent=2) + "\n"


def _offers() -> list[tuple[Offer, OfferVersion | None]]:
    newest = (OfferVersion.offer_id == Offer.id) & (OfferVersion.number == Offer.current)
    rows = db.session.execute(
        select(Offer, OfferVersion)
        .outerjoin(OfferVersion, newest)
        .where(Offer.source == "")
        .order_by(Offer.slug)
        .options(joinedload(Offer.provider), joinedload(Offer.capacity))
    )
    return [(row[0], row[1]) for row in rows]


def _provider(provider: Provider) -> dict[str, object]:
    return compact(full_provider({name: getattr(provider, name) for name in PROVIDER_KEYS}))


def _offer(offer: Offer, version: OfferVersion | None) -> dict[str, object]:
    content = content_of(version) if version else dict(offer.draft or {})
    head: dict[str, object] = {"slug": offer.slug, "provider": offer.provider.slug}
    if offer.status != "published":
        head["status"] = offer.status
    tail = {"capacity": offer.capacity.total} if offer.capacity else {}
    return head | _complete(compact(content)) | tail


def _complete(content: dict[str, object]) -> dict[str, object]:
    """A required key stays even when its value is a default: an offer of 0 hours says so."""
    return {"hours": 0} | content
