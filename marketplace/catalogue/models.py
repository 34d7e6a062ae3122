"""Providers, offers and rules with their immutable versions, and places left.

An offer that was never published keeps its content in ``Offer.draft``; from the first publication
on the content is the newest ``OfferVersion``. Nothing here can rank: there is no field that an
owner could pay for.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Base, UtcDateTime

PLAIN_ORDER = String(240).with_variant(String(240, collation="C"), "postgresql")
"""Sorts by character code on both databases, so a list has the same order on both."""


class CatalogueVersion(Base):
    """One row: the number that moves with every change of the catalogue."""

    __tablename__ = "catalogue_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Provider(Base):
    """An agency or a partner. ``competence`` says where it works, ``evidence`` why we say so."""

    __tablename__ = "providers"
    __table_args__ = (CheckConstraint("kind IN ('agency', 'partner')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(40), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    competence: Mapped[list[str]] = mapped_column(JSON)
    evidence: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    website: Mapped[str | None] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))


class Offer(Base):
    """A product over time; ``current`` is the number of its newest version.

    ``source`` is the plugin that contributed it, empty for the house's own. ``search`` and
    ``sort`` are folded copies of the newest version's words, made again at every publication.
    """

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'published', 'retired')", name="status"),
        Index(None, "status", "sort"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey(Provider.id), index=True)
    source: Mapped[str] = mapped_column(String(40), default="", index=True)
    status: Mapped[str] = mapped_column(String(10), default="draft")
    current: Mapped[int] = mapped_column(default=0)
    draft: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    search: Mapped[str] = mapped_column(Text, default="")
    sort: Mapped[str] = mapped_column(PLAIN_ORDER, default="")

    provider: Mapped[Provider] = relationship()
    capacity: Mapped[Capacity | None] = relationship(back_populates="offer")


class OfferVersion(Base):
    """What was published, word for word. Rows are added and never changed."""

    __tablename__ = "offer_versions"
    __table_args__ = (UniqueConstraint("offer_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey(Offer.id))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)

    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    approach: Mapped[str] = mapped_column(Text)

    nature: Mapped[str] = mapped_column(String(24))
    activities: Mapped[list[str]] = mapped_column(JSON)
    topics: Mapped[list[str]] = mapped_column(JSON)
    roles: Mapped[list[str]] = mapped_column(JSON)
    price_kind: Mapped[str] = mapped_column(String(20))
    price_cents: Mapped[int]
    price_tiers: Mapped[list[list[int]]] = mapped_column(JSON)
    price_note: Mapped[str] = mapped_column(String(300))
    demo: Mapped[bool]
    hours: Mapped[int]
    hours_per_week: Mapped[int | None]
    weeks: Mapped[int]
    lead_days: Mapped[int]
    level_from: Mapped[str | None] = mapped_column(String(2))
    level_to: Mapped[str | None] = mapped_column(String(2))
    group_min: Mapped[int]
    group_max: Mapped[int | None]
    modes: Mapped[list[str]] = mapped_column(JSON)
    shifts: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    reach: Mapped[list[str]] = mapped_column(JSON)
    location: Mapped[str | None] = mapped_column(String(5))
    joint_committees: Mapped[list[str]] = mapped_column(JSON)
    nace_prefixes: Mapped[list[str]] = mapped_column(JSON)
    evidence: Mapped[list[str]] = mapped_column(JSON)
    tags: Mapped[list[str]] = mapped_column(JSON)
    vat: Mapped[str | None] = mapped_column(String(10))
    source_title: Mapped[str] = mapped_column(String(200))
    source_url: Mapped[str | None] = mapped_column(String(300))
    checked_on: Mapped[date]

    offer: Mapped[Offer] = relationship()


class OfferFacet(Base):
    """One value that the public list can filter an offer on; ``any`` matches every choice."""

    __tablename__ = "offer_facets"
    __table_args__ = (Index(None, "facet", "value", "offer_id"),)

    offer_id: Mapped[int] = mapped_column(ForeignKey(Offer.id), primary_key=True)
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)


class ConsultantRule(Base):
    """A rule that consultants keep over time; ``current`` is the number of its newest version.

    ``draft`` is what is being written, in the form of a rule file; None when nothing differs from
    the newest version. Who did what and when is in the audit log, which outlives a person.
    """

    __tablename__ = "rules"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'published', 'withdrawn')", name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    status: Mapped[str] = mapped_column(String(10), default="draft")
    current: Mapped[int] = mapped_column(default=0)
    draft: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))


class ConsultantRuleVersion(Base):
    """A rule as it was published: its file, sentences included. Rows are added, never changed."""

    __tablename__ = "rule_versions"
    __table_args__ = (UniqueConstraint("rule_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey(ConsultantRule.id))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[dict[str, object]] = mapped_column(JSON)


class Capacity(Base):
    """Places (participants) of a scarce offer. No row means unlimited."""

    __tablename__ = "capacities"
    __table_args__ = (
        CheckConstraint('"left" >= 0', name="not_oversold"),
        CheckConstraint('"left" <= total', name="not_undersold"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey(Offer.id), primary_key=True)
    total: Mapped[int]
    left: Mapped[int]

    offer: Mapped[Offer] = relationship(back_populates="capacity")
