"""The shelf: providers and offers by slug while they are being changed.

The one place that writes the catalogue's rows. Use it inside ``guard.changing()``; it never
commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from sqlalchemy import delete, insert, select, update

from marketplace import states
from marketplace.audit import services as audit
from marketplace.catalogue import guard
from marketplace.catalogue.content import Entry, digest, full_content, full_provider
from marketplace.catalogue.facets import facets, search_words, sort_words
from marketplace.catalogue.models import Capacity, Offer, OfferFacet, OfferVersion, Provider
from marketplace.catalogue.vocabulary import TRANSITIONS
from marketplace.db import db, new_public_id
from marketplace.errors import DomainError
from marketplace.i18n import _

_CHUNK = 500


@dataclass
class Report:
    """What a change did, in numbers of providers, offers and versions."""

    providers: int = 0
    new_offers: int = 0
    new_versions: int = 0
    published: int = 0
    retired: int = 0
    unchanged: int = 0


@dataclass
class Shelf:
    """The rows in hand, and a report of what was done with them."""

    now: datetime
    source: str = ""
    providers: dict[str, Provider] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    versions: dict[int, OfferVersion] = field(default_factory=dict)
    capacities: dict[int, Capacity] = field(default_factory=dict)
    report: Report = field(default_factory=Report)

    def fetch(self, slugs: Iterable[str]) -> None:
        """Read every provider, and the offers with these slugs with their newest version."""
        self.providers = {one.slug: one for one in db.session.scalars(select(Provider))}
        for some in _chunks(sorted(set(slugs))):
            for offer in db.session.scalars(select(Offer).where(Offer.slug.in_(some))):
                self.offers[offer.slug] = offer
        for some in _chunks([offer.id for offer in self.offers.values()]):
            newest = (
                select(OfferVersion)
                .join(Offer, Offer.id == OfferVersion.offer_id)
                .where(Offer.id.in_(some), OfferVersion.number == Offer.current)
            )
            self.versions |= {one.offer_id: one for one in db.session.scalars(newest)}
            places = select(Capacity).where(Capacity.offer_id.in_(some))
            self.capacities |= {one.offer_id: one for one in db.session.scalars(places)}

    def digest_of(self, offer: Offer) -> str | None:
        """The digest of an offer's content, published or draft."""
        version = self.versions.get(offer.id)
        return version.digest if version else digest(offer.draft) if offer.draft else None

    def put_provider(self, entry: Entry) -> None:
        """Add a provider, or change one that differs."""
        wanted = full_provider(entry)
        provider = self.providers.get(str(wanted["slug"]))
        if provider is None:
            provider = Provider(source=self.source, **wanted)
            db.session.add(provider)
            self.providers[provider.slug] = provider
        elif all(getattr(provider, name) == value for name, value in wanted.items()):
            return
        else:
            self._change_provider(provider, wanted)
        self.report.providers += 1

    def _change_provider(self, provider: Provider, wanted: Mapping[str, object]) -> None:
        renamed = provider.name != wanted["name"]
        old = {name: getattr(provider, name) for name in wanted}
        for name, value in wanted.items():
            setattr(provider, name, value)
        audit.record("provider.changed", f"provider:{provider.slug}", old, wanted)
        if renamed:
            self._rename(provider)

    def _rename(self, provider: Provider) -> None:
        newest = (
            select(Offer, OfferVersion)
            .join(OfferVersion, OfferVersion.offer_id == Offer.id)
            .where(Offer.provider_id == provider.id, OfferVersion.number == Offer.current)
        )
        for offer, version in db.session.execute(newest):
            offer.search = search_words(version, provider.name)

    def put_offer(self, entry: Entry) -> None:
        """Add an offer or bring it to the content, status and places of the entry."""
        content, wanted = full_content(entry), str(entry.get("status", "published"))
        offer = self.offers.get(str(entry["slug"])) or self._new_offer(entry)
        before = (offer.status, offer.current, offer.draft)
        if wanted == "published":
            self.publish(offer, content)
        else:
            if offer.current == 0:
                offer.draft = content
            self.move(offer, wanted)
        places = self._set_places(offer, cast("int | None", entry.get("capacity")))
        if before == (offer.status, offer.current, offer.draft) and not places:
            self.report.unchanged += 1

    def _new_offer(self, entry: Entry) -> Offer:
        provider = self.providers[str(entry["provider"])]
        slug = str(entry["slug"])
        offer = Offer(slug=slug, provider=provider, source=self.source, status="draft", current=0)
        db.session.add(offer)
        db.session.flush()
        self.offers[slug] = offer
        self.report.new_offers += 1
        return offer

    def publish(self, offer: Offer, content: Entry) -> None:
        """Publish this content: a new version when it differs from the newest one."""
        mark = digest(content)
        if offer.current == 0 or self.versions[offer.id].digest != mark:
            offer.current += 1
            offer.draft = None
            version = OfferVersion(
                public_id=new_public_id(),
                offer_id=offer.id,
                number=offer.current,
                digest=mark,
                published_at=self.now,
                **_columns(content),
            )
            db.session.add(version)
            self.versions[offer.id] = version
            self._index(offer, version)
            self.report.new_versions += 1
            audit.record("offer.version", f"offer:{offer.slug}", new={"number": offer.current})
        self.move(offer, "published")

    def move(self, offer: Offer, wanted: str) -> None:
        """The only way an offer gets another status. Raises DomainError ``not-now``."""
        if offer.status == wanted:
            return
        states.check(TRANSITIONS, offer.status, wanted)
        audit.record(
            f"offer.{wanted}", f"offer:{offer.slug}", {"status": offer.status}, {"status": wanted}
        )
        offer.status = wanted
        self.report.published += wanted == "published"
        self.report.retired += wanted == "retired"

    def _index(self, offer: Offer, version: OfferVersion) -> None:
        provider = offer.provider
        offer.search, offer.sort = search_words(version, provider.name), sort_words(version)
        if offer.current > 1:
            old = delete(OfferFacet).where(OfferFacet.offer_id == offer.id)
            db.session.execute(old.execution_options(synchronize_session=False))
        found = facets(version, provider.kind)
        rows = [{"offer_id": offer.id, "facet": name, "value": value} for name, value in found]
        db.session.execute(insert(OfferFacet), rows)

    def _set_places(self, offer: Offer, total: int | None) -> bool:
        """Change how many places there are in all; what is booked stays booked."""
        capacity = self.capacities.get(offer.id)
        if (capacity.total if capacity else None) == total:
            return False
        guard.bump()
        if total is None:
            db.session.execute(delete(Capacity).where(Capacity.offer_id == offer.id))
        elif capacity is None:
            db.session.add(Capacity(offer_id=offer.id, total=total, left=total))
        else:
            _resize(offer.id, total)
        return True


def _resize(offer_id: int, total: int) -> None:
    left = Capacity.left + (total - Capacity.total)
    resized = db.session.execute(
        update(Capacity)
        .where(Capacity.offer_id == offer_id, left >= 0)
        .values(total=total, left=left)
        .execution_options(synchronize_session=False)
    )
    if resized.rowcount == 0:  # type: ignore[attr-defined]
        raise DomainError("capacity-booked", _("Er zijn al meer plaatsen besteld."), "capacity")


def _columns(content: Entry) -> dict[str, object]:
    """The content spread over the columns of a version."""
    price, group = cast(Entry, content["price"]), cast(Entry, content["group"])
    source, levels = cast(Entry, content["source"]), cast("Entry | None", content["levels"])
    tiers = cast(Sequence[Mapping[str, int]], price["tiers"])
    apart = {"price", "group", "source", "levels"}
    return {name: value for name, value in content.items() if name not in apart} | {
        "price_kind": price["kind"],
        "price_cents": price["cents"],
        "price_tiers": [[tier["up_to"], tier["cents"]] for tier in tiers],
        "price_note": price["note"],
        "group_min": group["min"],
        "group_max": group["max"],
        "level_from": levels["from"] if levels else None,
        "level_to": levels["to"] if levels else None,
        "source_title": source["title"],
        "source_url": source["url"],
        "checked_on": date.fromisoformat(str(source["checked_on"])),
    }


def content_of(version: OfferVersion) -> dict[str, object]:
    """The full content that a version was made of: the reverse of publishing."""
    same = (
        "title summary description audience approach nature activities topics roles demo hours "
        "hours_per_week weeks lead_days modes shifts languages reach location joint_committees "
        "nace_prefixes evidence tags vat"
    )
    made: dict[str, object] = {name: getattr(version, name) for name in same.split()}
    levels = {"from": version.level_from, "to": version.level_to} if version.level_from else None
    return made | {
        "price": {
            "kind": version.price_kind,
            "cents": version.price_cents,
            "tiers": [{"up_to": up_to, "cents": cents} for up_to, cents in version.price_tiers],
            "note": version.price_note,
        },
        "levels": levels,
        "group": {"min": version.group_min, "max": version.group_max},
        "source": {
            "title": version.source_title,
            "url": version.source_url,
            "checked_on": version.checked_on.isoformat(),
        },
    }


def _chunks(values: Sequence[str] | Sequence[int]) -> Iterator[Sequence[str] | Sequence[int]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
