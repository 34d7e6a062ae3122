"""Publish and retire one offer of the house."""

from __future__ import annotations

from marketplace import clock
from marketplace.catalogue import guard
from marketplace.catalogue.models import Offer
from marketplace.catalogue.services.store import Shelf, content_of
from marketplace.db import db
from marketplace.errors import NotFound


def publish(slug: str) -> None:
    """Publish a draft or a retired offer and commit.

    Raises NotFound, or DomainError ``not-now`` when its status does not allow it.
    """
    with guard.changing():
        shelf, offer = _fetch(slug)
        newest = shelf.versions.get(offer.id)
        shelf.publish(offer, content_of(newest) if newest else dict(offer.draft or {}))
    db.session.commit()


def retire(slug: str) -> None:
    """Stop offering an offer and commit; its versions stay readable.

    Raises NotFound, or DomainError ``not-now`` when its status does not allow it.
    """
    with guard.changing():
        shelf, offer = _fetch(slug)
        shelf.move(offer, "retired")
    db.session.commit()


def _fetch(slug: str) -> tuple[Shelf, Offer]:
    shelf = Shelf(clock.now())
    shelf.fetch([slug])
    offer = shelf.offers.get(slug)
    if offer is None or offer.source:
        raise NotFound
    return shelf, offer
