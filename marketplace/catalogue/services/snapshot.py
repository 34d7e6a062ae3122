"""The published catalogue as frozen values, read in one Core query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import cast

from sqlalchemy import ColumnElement, RowMapping, select

from marketplace import reference
from marketplace.catalogue.models import Capacity, Offer, OfferVersion, Provider
from marketplace.catalogue.services.sources import switched_on
from marketplace.contract import values
from marketplace.db import db

_CHUNK = 500
_LISTS = (
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
_PLAIN = (
    "group_max",
    "group_min",
    "hours",
    "hours_per_week",
    "lead_days",
    "level_from",
    "level_to",
    "nature",
    "vat",
    "weeks",
)


def visible() -> ColumnElement[bool]:
    """The condition that an offer is published and its plugin, if it has one, is switched on."""
    return (Offer.status == "published") & Offer.source.in_(("", *switched_on()))


def published() -> tuple[values.Offer, ...]:
    """Every published offer in its newest version, by slug, without owner or provider.

    ``reach`` holds regions, REFNIS codes and working areas of agencies (``area:agii``).

    ``places_left`` is that of this moment; see ``places_left()`` for a later one.
    """
    return _offers((OfferVersion.number == Offer.current) & visible())


def published_offer(slug: str) -> values.Offer | None:
    """The newest version of a published offer; None when there is none."""
    newest = (OfferVersion.number == Offer.current) & visible()
    return next(iter(_offers(newest & (Offer.slug == slug))), None)


def offers_by_version(version_ids: Iterable[str]) -> Mapping[str, values.Offer]:
    """The offers of these versions as they were published, old and retired ones included."""
    wanted = sorted(set(version_ids))
    return {one.version_id: one for one in _offers(OfferVersion.public_id.in_(wanted))}


def provider_email(slug: str) -> str | None:
    """Where a provider takes requests; None when it takes none by mail."""
    return db.session.scalar(select(Provider.email).where(Provider.slug == slug))


def _offers(condition: ColumnElement[bool]) -> tuple[values.Offer, ...]:
    picked = [getattr(OfferVersion, name) for name in (*_LISTS, *_PLAIN)]
    rows = db.session.execute(
        select(
            OfferVersion.public_id,
            Offer.slug,
            OfferVersion.price_kind,
            OfferVersion.price_cents,
            OfferVersion.price_tiers,
            OfferVersion.location,
            OfferVersion.evidence,
            Provider.evidence.label("proofs"),
            Capacity.left.label("places_left"),
            *picked,
        )
        .select_from(Offer)
        .join(OfferVersion, OfferVersion.offer_id == Offer.id)
        .join(Provider, Provider.id == Offer.provider_id)
        .outerjoin(Capacity, Capacity.offer_id == Offer.id)
        .where(condition)
        .order_by(Offer.slug)
    )
    return tuple(_value(row) for row in rows.mappings())


def labels(version_ids: Iterable[str]) -> Mapping[str, values.Label]:
    """Who stands behind each version, old and retired ones included; unknown ids are left out."""
    wanted = sorted(set(version_ids))
    found: dict[str, values.Label] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = db.session.execute(
            select(
                OfferVersion.public_id,
                OfferVersion.title,
                Provider.slug,
                Provider.name,
                Provider.kind,
                OfferVersion.demo,
            )
            .join(Offer, Offer.id == OfferVersion.offer_id)
            .join(Provider, Provider.id == Offer.provider_id)
            .where(OfferVersion.public_id.in_(wanted[start : start + _CHUNK]))
        )
        found |= {row[0]: values.Label(*row) for row in rows}
    return found


def titles(slugs: Iterable[str]) -> Mapping[str, str]:
    """The title of each of these offers that is published, by slug."""
    wanted = sorted(set(slugs))
    rows = db.session.execute(
        select(Offer.slug, OfferVersion.title)
        .join(OfferVersion, OfferVersion.offer_id == Offer.id)
        .where(OfferVersion.number == Offer.current, visible(), Offer.slug.in_(wanted))
    )
    return {row[0]: row[1] for row in rows}


def owner_kinds() -> Mapping[str, str]:
    """Kind of owner by version id of every published offer; kept apart from what is scored."""
    rows = db.session.execute(
        select(OfferVersion.public_id, Provider.kind)
        .join(Offer, Offer.id == OfferVersion.offer_id)
        .join(Provider, Provider.id == Offer.provider_id)
        .where((OfferVersion.number == Offer.current) & visible())
    )
    return {row[0]: row[1] for row in rows}


def price_of(kind: str, cents: int, tiers: Sequence[Sequence[int]]) -> values.Price:
    """The stored columns of a price as the contract's value."""
    return values.Price(kind, cents, tuple((up_to, total) for up_to, total in tiers))


def _value(got: RowMapping) -> values.Offer:
    plain = {name: got[name] for name in _PLAIN}
    lists = {name: tuple(cast(Sequence[str], got[name])) for name in _LISTS}
    proofs = {str(proof["code"]) for proof in cast(Sequence[Mapping[str, str]], got["proofs"])}
    return values.Offer(
        version_id=cast(str, got["public_id"]),
        slug=cast(str, got["slug"]),
        price=price_of(
            cast(str, got["price_kind"]),
            cast(int, got["price_cents"]),
            cast(Sequence[Sequence[int]], got["price_tiers"]),
        ),
        location=_point(cast("str | None", got["location"])),
        evidence=tuple(sorted(proofs | set(cast(Sequence[str], got["evidence"])))),
        places_left=cast("int | None", got["places_left"]),
        **lists,  # type: ignore[arg-type]
        **plain,
    )


@lru_cache(maxsize=4096)
def _point(refnis: str | None) -> tuple[float, float] | None:
    found = reference.municipality(refnis) if refnis else None
    return (found.latitude, found.longitude) if found else None
