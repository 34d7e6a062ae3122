"""What a federation keeps here: its sites with their origins and keys, and what they brought."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from marketplace.kit.models import UtcDateTime, new_public_id, plugin_registry


class Base(DeclarativeBase):
    """Tables of this plugin."""

    registry = plugin_registry("widgets")


class EmbedSite(Base):
    """A site of a federation (by its slug) with its sector, chosen offers and colours.

    No ``offers`` (slugs): all of the sector. ``theme`` holds the fields of a Theme.
    """

    __tablename__ = "x_widgets_sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    federation: Mapped[str] = mapped_column(String(80), index=True)
    name: Mapped[str] = mapped_column(String(80))
    sector: Mapped[str] = mapped_column(String(40), default="")
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)
    theme: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime] = mapped_column(UtcDateTime)

    origins: Mapped[list[EmbedOrigin]] = relationship(
        order_by="EmbedOrigin.id", cascade="all, delete-orphan"
    )
    keys: Mapped[list[EmbedKey]] = relationship(
        back_populates="site", order_by="EmbedKey.id", cascade="all, delete-orphan"
    )


class EmbedOrigin(Base):
    """Scheme, host and port of a page that may show the widgets; compared as it stands."""

    __tablename__ = "x_widgets_origins"
    __table_args__ = (UniqueConstraint("site_id", "origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(EmbedSite.id, ondelete="CASCADE"))
    origin: Mapped[str] = mapped_column(String(200))


class EmbedKey(Base):
    """A public key: no secret. It works until ``ends``; None: until somebody ends it."""

    __tablename__ = "x_widgets_keys"
    __table_args__ = (CheckConstraint("mode IN ('live', 'test')", name="mode"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(EmbedSite.id, ondelete="CASCADE"), index=True)
    mode: Mapped[str] = mapped_column(String(4))
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    ends: Mapped[datetime | None] = mapped_column(UtcDateTime)

    site: Mapped[EmbedSite] = relationship(back_populates="keys")


class EmbedDaily(Base):
    """What one key brought on one day in Brussels: counts, never who."""

    __tablename__ = "x_widgets_daily"

    key_id: Mapped[int] = mapped_column(
        ForeignKey(EmbedKey.id, ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    drafts: Mapped[int] = mapped_column(default=0)
    arrivals: Mapped[int] = mapped_column(default=0)
    claims: Mapped[int] = mapped_column(default=0)
    orders: Mapped[int] = mapped_column(default=0)


class EmbedTold(Base):
    """An event that was counted, so that one told twice counts once."""

    __tablename__ = "x_widgets_told"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)


class EmbedSeen(Base):
    """A page that asked for a key's widgets: its origin, whether it was let in, and when last."""

    __tablename__ = "x_widgets_seen"

    key_id: Mapped[int] = mapped_column(
        ForeignKey(EmbedKey.id, ondelete="CASCADE"), primary_key=True
    )
    origin: Mapped[str] = mapped_column(String(200), primary_key=True)
    major: Mapped[str] = mapped_column(String(4), primary_key=True)
    refused: Mapped[bool]
    last: Mapped[datetime] = mapped_column(UtcDateTime)
