"""People, organisations, where they work, and who is signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Base, UtcDateTime, new_public_id

KINDS = ("employer", "agency", "partner", "federation")
ROLES = ("employer", "consultant", "partner", "federation", "administrator")


def _one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Organisation(Base):
    """A legal unit. ``headcount``, turnover and balance (whole euro) are its own figures.

    None in ``vat_recoverable`` and every other figure means that nobody knows. The enterprise
    number (ten digits) is not unique: typing a number proves nothing, so it locks nobody out.
    """

    __tablename__ = "organisations"
    __table_args__ = (_one_of("kind", KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    kind: Mapped[str] = mapped_column(String(12))
    slug: Mapped[str | None] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    enterprise_number: Mapped[str | None] = mapped_column(String(10), index=True)
    legal_form: Mapped[str | None] = mapped_column(String(40))
    headcount: Mapped[int | None]
    turnover_eur: Mapped[int | None] = mapped_column(BigInteger)
    balance_eur: Mapped[int | None] = mapped_column(BigInteger)
    vat_recoverable: Mapped[bool | None]
    nace: Mapped[str | None] = mapped_column(String(10))
    joint_committees: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    establishments: Mapped[list[Establishment]] = relationship(
        back_populates="organisation", order_by="Establishment.id", cascade="all, delete-orphan"
    )
    memberships: Mapped[list[Membership]] = relationship(back_populates="organisation")


class Establishment(Base):
    """A place of work; its municipality decides agency, subsidies and language law."""

    __tablename__ = "establishments"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    refnis: Mapped[str] = mapped_column(String(5))

    organisation: Mapped[Organisation] = relationship(back_populates="establishments")


class Person(Base):
    """Somebody with an account. Without a password hash nobody can sign in as this person."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="person", order_by="Membership.id", cascade="all, delete-orphan"
    )

    @property
    def verified(self) -> bool:
        """Whether the person showed that the mailbox is theirs."""
        return self.verified_at is not None


class Membership(Base):
    """The role of a person in an organisation; an administrator may have none."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id", "role"),
        _one_of("role", ROLES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(16))

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation | None] = relationship(back_populates="memberships")


class SignIn(Base):
    """One browser that is signed in. Deleting the row signs it out, whatever its cookie says."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    started: Mapped[datetime] = mapped_column(UtcDateTime)
    expires: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class LoginAttempt(Base):
    """One try that counts against a limit. Account and address are keyed digests, not the text."""

    __tablename__ = "login_attempts"
    __table_args__ = (
        Index("ix_login_attempts_kind_account_at", "kind", "account", "at"),
        Index("ix_login_attempts_kind_address_at", "kind", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Registration(Base):
    """What a visitor typed so far to register an employer: page name → answers. No password."""

    __tablename__ = "registrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    pages: Mapped[dict[str, dict[str, object]]] = mapped_column(JSON, default=dict)
    next_path: Mapped[str | None] = mapped_column(String(2000))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
