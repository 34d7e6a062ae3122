"""Versions of rules that consultants keep, what was done to each, and the counter of the set."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.kit.models import UtcDateTime, new_public_id

from ..base import Base

Rows = list[dict[str, object]]
"""The body of a rule: its records, as in a rule file, all of one id."""


class RuleVersion(Base):
    """One version of a rule; ``body`` may change while it is a draft, and never after that.

    ``published_from`` is the day from which it counts, in Brussels; None for what was never
    published. ``seen`` moves with every change, so that who was later than somebody else is told.
    """

    __tablename__ = "x_subsidies_rules"
    __table_args__ = (
        UniqueConstraint("rule_id", "number"),
        CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state"),
        CheckConstraint("state = 'draft' OR published_from IS NOT NULL", name="from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(64), unique=True, default=new_public_id)
    rule_id: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    body: Mapped[Rows] = mapped_column(JSON)
    published_from: Mapped[date | None]
    seen: Mapped[int] = mapped_column(default=1)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    changed: Mapped[datetime] = mapped_column(UtcDateTime)

    changes: Mapped[list[RuleChange]] = relationship(
        order_by="RuleChange.id", lazy="selectin", back_populates="version"
    )


class RuleChange(Base):
    """What somebody did to a version, and why. Rows are added, never changed.

    ``author`` is who the audit log names (``person:<public id>``, or ``system`` on the command
    line), so it says no more of a person than that log does.
    """

    __tablename__ = "x_subsidies_rules_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(RuleVersion.id), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author: Mapped[str] = mapped_column(String(80))
    what: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500), default="")

    version: Mapped[RuleVersion] = relationship(back_populates="changes")


class RuleCount(Base):
    """One row that moves, in the same transaction, with every change of the published set.

    ``stamp`` is drawn anew each time: a number that was rolled back comes again, a stamp does not.
    """

    __tablename__ = "x_subsidies_rules_count"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    stamp: Mapped[str] = mapped_column(String(16))
