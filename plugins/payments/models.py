"""Tables: a payment per order, how it was tried, what came in and went out, and the books."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from marketplace.contract.values import Json
from marketplace.kit.clock import now
from marketplace.kit.models import UtcDateTime, new_public_id, plugin_registry

Cents = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """Tables of this plugin."""

    registry = plugin_registry("payments")


class Payment(Base):
    """What is to be paid for one order. ``order``, ``request``, ``organisation`` are public ids.

    ``version`` rises with every change: who raises it holds the payment until the commit.
    ``kept_cents`` is what refunds may still take; a refund takes it before it is asked for.
    """

    __tablename__ = "x_payments_payment"
    __table_args__ = (
        CheckConstraint("kept_cents >= 0", name="kept"),
        CheckConstraint("amount_cents >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[str] = mapped_column("order_id", String(32), unique=True)
    request: Mapped[str] = mapped_column("request_id", String(32), index=True)
    organisation: Mapped[str] = mapped_column("organisation_id", String(32), index=True)
    title: Mapped[str] = mapped_column(String(120))
    amount_cents: Mapped[Cents]
    state: Mapped[str] = mapped_column(String(20), default="created")
    cancelled: Mapped[bool] = mapped_column(default=False)
    paid_cents: Mapped[Cents] = mapped_column(default=0)
    refunded_cents: Mapped[Cents] = mapped_column(default=0)
    contested_cents: Mapped[Cents] = mapped_column(default=0)
    lost_cents: Mapped[Cents] = mapped_column(default=0)
    kept_cents: Mapped[Cents] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    communication: Mapped[str | None] = mapped_column(String(12), unique=True)
    due_on: Mapped[date | None]
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    attempts: Mapped[list[Attempt]] = relationship(order_by="Attempt.number")


class Attempt(Base):
    """One way that the employer chose to pay. ``reference`` is the session at the provider."""

    __tablename__ = "x_payments_attempt"
    __table_args__ = (UniqueConstraint("payment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("x_payments_payment.id"))
    number: Mapped[int]
    method: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(12), default="open")
    reference: Mapped[str | None] = mapped_column(String(255), unique=True)
    url: Mapped[str | None] = mapped_column(String(2000))
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Reference(Base):
    """Any name that a provider has for something of a payment."""

    __tablename__ = "x_payments_ref"
    __table_args__ = (UniqueConstraint("provider", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(255))
    payment_id: Mapped[int] = mapped_column(ForeignKey("x_payments_payment.id"), index=True)


class Receipt(Base):
    """Money that came in, once per reference: a payment at the provider, a line of a statement."""

    __tablename__ = "x_payments_receipt"
    __table_args__ = (UniqueConstraint("provider", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(255))
    payment_id: Mapped[int] = mapped_column(ForeignKey("x_payments_payment.id"), index=True)
    cents: Mapped[Cents]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Refund(Base):
    """Money that goes back. ``key`` is ours, and the idempotency key of the call is made of it."""

    __tablename__ = "x_payments_refund"
    __table_args__ = (UniqueConstraint("provider", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True, default=new_public_id)
    payment_id: Mapped[int] = mapped_column(ForeignKey("x_payments_payment.id"), index=True)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("x_payments_receipt.id"), index=True)
    provider: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(255))
    cents: Mapped[Cents]
    status: Mapped[str] = mapped_column(String(12), default="asked")
    asked_by: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Dispute(Base):
    """A bank that takes money back on behalf of who paid."""

    __tablename__ = "x_payments_dispute"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(255), unique=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("x_payments_payment.id"), index=True)
    cents: Mapped[Cents]
    status: Mapped[str] = mapped_column(String(12), default="open")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Message(Base):
    """A message of a provider, once per event id. Of the body only its SHA-256 is kept.

    The body may hold the name and address of who paid, and nothing is ever read from it: the
    worker fetches the object itself.
    """

    __tablename__ = "x_payments_inbox"
    __table_args__ = (UniqueConstraint("provider", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(20))
    event: Mapped[str] = mapped_column("event_id", String(255))
    kind: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default="new")  # new | done | ignored
    received: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Call(Base):
    """A call to a provider, written before it is made: a repeat uses the same key and body."""

    __tablename__ = "x_payments_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    operation: Mapped[str] = mapped_column(String(40))
    payment_id: Mapped[int] = mapped_column(ForeignKey("x_payments_payment.id"), index=True)
    body: Mapped[Mapping[str, Json]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    reference: Mapped[str | None] = mapped_column(String(255))  # what the answer made
    written: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answered: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Entry(Base):
    """A line of the books: never changed, never taken out; per payment and step they sum to 0."""

    __tablename__ = "x_payments_ledger"
    __table_args__ = (UniqueConstraint("payment_id", "step", "account"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("x_payments_payment.id"))
    step: Mapped[int]
    account: Mapped[str] = mapped_column(String(12))
    cents: Mapped[Cents]
    why: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Attention(Base):
    """Something that a person must look at; it stays until somebody says that it is settled."""

    __tablename__ = "x_payments_attention"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("x_payments_payment.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(255), default="")
    raised: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    settled: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str] = mapped_column(String(64), default="")
