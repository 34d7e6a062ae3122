"""An order takes places of an agency offer; a referral hands an employer over to a partner."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.advice.models import Advice
from marketplace.contract.values import Json
from marketplace.db import Base, UtcDateTime, new_public_id
from marketplace.i18n import lazy_
from marketplace.states import Transitions

ORDER_STATES: Transitions = {
    "placed": frozenset({"confirmed", "cancelled"}),
    "confirmed": frozenset({"delivered", "cancelled"}),
    "delivered": frozenset(),
    "cancelled": frozenset(),
}
REFERRAL_STATES: Transitions = {
    "sent": frozenset({"accepted", "declined", "withdrawn"}),
    "accepted": frozenset({"closed"}),
    "declined": frozenset(),
    "withdrawn": frozenset(),
    "closed": frozenset(),
}


STATUS_WORDS: Mapping[str, object] = {
    "placed": lazy_("besteld"),
    "confirmed": lazy_("bevestigd"),
    "delivered": lazy_("uitgevoerd"),
    "cancelled": lazy_("geannuleerd"),
    "sent": lazy_("bij de partner"),
    "accepted": lazy_("aanvaard"),
    "declined": lazy_("geweigerd"),
    "withdrawn": lazy_("ingetrokken"),
    "closed": lazy_("afgesloten"),
}


class Agreed:
    """What an order and a referral share: the line of the advice, frozen as it was shown."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    version_id: Mapped[str] = mapped_column(String(24))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    provider: Mapped[str] = mapped_column(String(60))
    provider_name: Mapped[str] = mapped_column(String(120))
    participants: Mapped[int]
    start: Mapped[date]
    gross_cents: Mapped[int]
    net_cents: Mapped[int]
    hours: Mapped[int]
    line: Mapped[Mapping[str, Json]] = mapped_column(JSON)
    placed_by: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    changed: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str]

    @declared_attr
    def organisation_id(cls) -> Mapped[int]:
        """The employer."""
        return mapped_column(ForeignKey("organisations.id"), index=True)

    @declared_attr
    def advice_id(cls) -> Mapped[int]:
        """The advice that the line came from."""
        return mapped_column(ForeignKey("advices.id"), index=True)

    @declared_attr
    def organisation(cls) -> Mapped[Organisation]:
        """The employer."""
        return relationship(Organisation)

    @declared_attr
    def advice(cls) -> Mapped[Advice]:
        """The advice that the line came from."""
        return relationship(Advice)


class Order(Agreed, Base):
    """An order of an agency offer. ``live`` is 1 until it is cancelled, then null."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("advice_id", "version_id", "live"),
        CheckConstraint(
            "status IN ('placed', 'confirmed', 'delivered', 'cancelled')", name="status"
        ),
    )

    status: Mapped[str] = mapped_column(String(12), default="placed")
    live: Mapped[int | None] = mapped_column(default=1)


class Referral(Agreed, Base):
    """A hand-over to a partner with a note that the employer wrote and read."""

    __tablename__ = "referrals"
    __table_args__ = (
        UniqueConstraint("advice_id", "version_id", "live"),
        CheckConstraint(
            "status IN ('sent', 'accepted', 'declined', 'withdrawn', 'closed')", name="status"
        ),
    )

    status: Mapped[str] = mapped_column(String(12), default="sent")
    live: Mapped[int | None] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(200))
