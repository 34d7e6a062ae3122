"""A pot, what each employer holds of it, what each order reserved, and every movement of money."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
    event,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from marketplace.kit.models import UtcDateTime, new_public_id
from marketplace.kit.organisations import Organisation

from ..base import Base


class Pot(Base):
    """Money that a federation puts in: cents per participant, or percent of what is left of a
    price. ``first_day`` and ``last_day`` hold for the first day of an action. Empty lists of joint
    committees and offers mean any. ``version`` rises with every change of a person.
    """

    __tablename__ = "x_subsidies_pots"
    __table_args__ = (
        CheckConstraint("kind IN ('per_participant', 'percentage')", name="kind"),
        CheckConstraint("kind <> 'per_participant' OR amount_cents > 0", name="amount"),
        CheckConstraint("kind <> 'percentage' OR percent BETWEEN 1 AND 100", name="percent"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("reserved_cents >= 0 AND used_cents >= 0", name="taken"),
        CheckConstraint("reserved_cents + used_cents <= total_cents", name="left"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    page: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(16))
    amount_cents: Mapped[int | None] = mapped_column(BigInteger)
    percent: Mapped[int | None]
    training_cap_cents: Mapped[int | None] = mapped_column(BigInteger)
    employer_cap_cents: Mapped[int | None] = mapped_column(BigInteger)
    total_cents: Mapped[int] = mapped_column(BigInteger)
    reserved_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    used_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    joint_committees: Mapped[list[str]] = mapped_column(JSON, default=list)
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)
    stack_order: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    changed: Mapped[datetime] = mapped_column(UtcDateTime)
    closed: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(Organisation)

    @hybrid_property
    def left_cents(self) -> int:
        """What is neither reserved nor used."""
        return self.total_cents - self.reserved_cents - self.used_cents


class Share(Base):
    """What one employer has reserved and used of one pot; ``organisation`` is a public id."""

    __tablename__ = "x_subsidies_pot_shares"
    __table_args__ = (
        UniqueConstraint("pot_id", "organisation"),
        CheckConstraint("held_cents >= 0", name="held"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey(Pot.id))
    organisation: Mapped[str] = mapped_column(String(16))
    held_cents: Mapped[int] = mapped_column(BigInteger, default=0)


class Reservation(Base):
    """What one order or referral (``order_id``, a public id) takes from one pot; ``month`` is the
    first day of the month of booking.
    """

    __tablename__ = "x_subsidies_pot_reservations"
    __table_args__ = (
        UniqueConstraint("order_id", "pot_id"),
        CheckConstraint("state IN ('reserved', 'used', 'released')", name="state"),
        CheckConstraint("cents > 0", name="cents"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey(Pot.id), index=True)
    order_id: Mapped[str] = mapped_column(String(32))
    organisation: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8), default="reserved")
    cents: Mapped[int] = mapped_column(BigInteger)
    month: Mapped[date]
    changed: Mapped[datetime] = mapped_column(UtcDateTime)


class Movement(Base):
    """One change of the counters of a pot, in cents. Rows are added and never changed."""

    __tablename__ = "x_subsidies_pot_movements"

    id: Mapped[int] = mapped_column(primary_key=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey(Pot.id), index=True)
    reservation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Reservation.id, name="fk_x_subsidies_pot_movements_reservation")
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(8))
    total_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    reserved_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    used_cents: Mapped[int] = mapped_column(BigInteger, default=0)


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete a movement."""


@event.listens_for(Movement, "before_update")
@event.listens_for(Movement, "before_delete")
def _refuse(_mapper: Mapper[Movement], _connection: object, movement: Movement) -> None:
    raise AppendOnly(f"movement {movement.id} stays as it is")
