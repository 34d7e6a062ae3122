"""What the public pages show. Every page takes the same few queries, however long the list is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import contains_eager

from marketplace.catalogue.content import folded
from marketplace.catalogue.facets import ANY
from marketplace.catalogue.models import Capacity, Offer, OfferFacet, OfferVersion, Provider
from marketplace.catalogue.services.snapshot import visible
from marketplace.catalogue.services.sources import switched_on
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.reference import Municipality
from marketplace.web.pages import Page, paginate

PER_PAGE = 20
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor looks for; ``facets`` holds one wanted value per facet."""

    text: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    place: Municipality | None = None


@dataclass(frozen=True, slots=True)
class OfferPage:
    """One offer in its newest published version; ``left`` None means unlimited places."""

    offer: Offer
    version: OfferVersion
    provider: Provider
    left: int | None


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """A provider and what it offers now."""

    provider: Provider
    versions: list[OfferVersion] = field(default_factory=list)


def find(search: Search, number: int) -> Page[OfferVersion]:
    """One page of offers that fit the search, by title.

    The order knows no owner, provider or price: the title, then the slug.
    """
    query = _newest().where(visible())
    for word in folded(search.text).split()[:_MOST_WORDS]:
        query = query.where(Offer.search.contains(word, autoescape=True))
    for facet, value in search.facets:
        query = query.where(_has(facet, value))
    if place := search.place:
        inside = (place.refnis, place.region, f"area:{place.agency}")
        query = query.where(_has("area", *inside))
    return paginate(query.order_by(Offer.sort, Offer.slug), number, PER_PAGE)


def shown(slugs: Sequence[str], nature: str, most: int) -> list[OfferVersion]:
    """At most so many published offers, by title: of these slugs, or of all when there are none."""
    query = _newest().where(visible())
    if slugs:
        query = query.where(Offer.slug.in_(slugs))
    if nature:
        query = query.where(OfferVersion.nature == nature)
    return list(db.session.scalars(query.order_by(Offer.sort, Offer.slug).limit(most)).unique())


def offer_page(slug: str) -> OfferPage:
    """A published or retired offer. Raises NotFound for a draft and for a plugin that is off."""
    known = Offer.status.in_(("published", "retired")) & Offer.source.in_(("", *switched_on()))
    query = _newest().where(Offer.slug == slug, known)
    version = db.session.scalars(query).unique().one_or_none()
    if version is None:
        raise NotFound
    offer = version.offer
    left = db.session.scalar(select(Capacity.left).where(Capacity.offer_id == offer.id))
    return OfferPage(offer, version, offer.provider, left)


def provider_page(slug: str) -> ProviderPage:
    """A provider with its published offers by title.

    Raises NotFound when there is none, or when a plugin that is off contributed it.
    """
    known = Provider.source.in_(("", *switched_on()))
    provider = db.session.scalar(select(Provider).where(Provider.slug == slug, known))
    if provider is None:
        raise NotFound
    query = _newest().where(visible(), Offer.provider_id == provider.id)
    rows = db.session.scalars(query.order_by(Offer.sort, Offer.slug).limit(200))
    return ProviderPage(provider, list(rows.unique()))


def _newest() -> Select[OfferVersion]:
    newest = and_(OfferVersion.offer_id == Offer.id, OfferVersion.number == Offer.current)
    return (
        select(OfferVersion)
        .join(Offer, newest)
        .join(Provider, Provider.id == Offer.provider_id)
        .options(contains_eager(OfferVersion.offer).contains_eager(Offer.provider))
    )


def _has(facet: str, *wanted: str) -> ColumnElement[bool]:
    rows = select(OfferFacet.offer_id).where(
        OfferFacet.facet == facet, OfferFacet.value.in_((*wanted, ANY))
    )
    return Offer.id.in_(rows)
