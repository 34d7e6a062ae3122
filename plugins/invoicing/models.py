"""Tables: sellers, buyers, papers and what was issued, money that came in, bank statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, NoReturn

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column, relationship

from marketplace.contract.values import Json
from marketplace.kit.clock import now
from marketplace.kit.models import UtcDateTime, new_public_id, plugin_registry

Cents = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """Tables of this plugin."""

    registry = plugin_registry("invoicing")


class SellerRow(Base):
    """Who invoices, by the slug of the provider. ``term_days`` is at most 60."""

    __tablename__ = "x_invoicing_sellers"
    __table_args__ = (CheckConstraint("term_days BETWEEN 0 AND 60", name="term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    enterprise_number: Mapped[str] = mapped_column(String(10))
    vat_number: Mapped[str | None] = mapped_column(String(12))
    street: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(10))
    city: Mapped[str] = mapped_column(String(80))
    iban: Mapped[str] = mapped_column(String(34), index=True)
    bic: Mapped[str] = mapped_column(String(11), default="")
    term_days: Mapped[int] = mapped_column(default=30)
    automatic: Mapped[bool] = mapped_column(default=False)


class BuyerRow(Base):
    """Where the invoices of an employer go, by the public id of its organisation."""

    __tablename__ = "x_invoicing_buyers"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column("organisation_id", String(32), unique=True)
    street: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(10))
    city: Mapped[str] = mapped_column(String(80))
    vat_taxpayer: Mapped[bool]
    public_body: Mapped[bool]


class Counter(Base):
    """The last number that a seller gave in a year. Its row is held until the commit."""

    __tablename__ = "x_invoicing_counters"

    seller_id: Mapped[int] = mapped_column(ForeignKey(SellerRow.id), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Paper(Base):
    """An invoice or credit note from draft to end. ``order``, ``organisation`` are public ids.

    ``origin`` says what it was made of: the same origin never makes two. Of an issued paper only
    what happens to it changes here; what it says stands in ``Issued``.
    """

    __tablename__ = "x_invoicing_papers"
    __table_args__ = (
        CheckConstraint("credited_net_cents <= net_cents", name="credited"),
        CheckConstraint("kind IN ('invoice', 'credit')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    origin: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(80))
    order: Mapped[str] = mapped_column("order_id", String(32), index=True)
    organisation: Mapped[str] = mapped_column("organisation_id", String(32), index=True)
    buyer_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(120))
    lines: Mapped[Sequence[Mapping[str, Json]]] = mapped_column(JSON)
    purchase_order: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    original_id: Mapped[int | None] = mapped_column(ForeignKey("x_invoicing_papers.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    number: Mapped[str | None] = mapped_column(String(20))
    issued_on: Mapped[date | None]
    due_on: Mapped[date | None]
    channel: Mapped[str | None] = mapped_column(String(10))
    sent_on: Mapped[date | None]
    net_cents: Mapped[Cents]
    total_cents: Mapped[Cents] = mapped_column(default=0)
    paid_cents: Mapped[Cents] = mapped_column(default=0)
    credited_net_cents: Mapped[Cents] = mapped_column(default=0)
    credited_cents: Mapped[Cents] = mapped_column(default=0)
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_on: Mapped[date | None]
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    issued: Mapped[Issued | None] = relationship(back_populates="paper")
    original: Mapped[Paper | None] = relationship(remote_side="Paper.id")

    @property
    def open_cents(self) -> int:
        """What is still to be paid."""
        return max(0, self.total_cents - self.credited_cents - self.paid_cents)


class Issued(Base):
    """What was issued, as it was: never changed and never deleted, in the database either."""

    __tablename__ = "x_invoicing_issued"
    __table_args__ = (UniqueConstraint("seller_id", "year", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey(Paper.id), unique=True)
    seller_id: Mapped[int] = mapped_column(ForeignKey(SellerRow.id))
    year: Mapped[int]
    sequence: Mapped[int]
    communication: Mapped[str | None] = mapped_column(String(12), unique=True)
    snapshot: Mapped[Mapping[str, Json]] = mapped_column(JSON)
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    paper: Mapped[Paper] = relationship(back_populates="issued")
    seller: Mapped[SellerRow] = relationship()

    @property
    def account(self) -> str:
        """The account that stands on the paper, whatever the seller's is by now."""
        seller = self.snapshot["seller"]
        return str(seller["iban"]) if isinstance(seller, Mapping) else ""


class Receipt(Base):
    """Money booked on a paper, once per reference."""

    __tablename__ = "x_invoicing_receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey(Paper.id), index=True)
    reference: Mapped[str] = mapped_column(String(120), unique=True)
    cents: Mapped[Cents]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class PaidOrder(Base):
    """What another plugin said was paid for an order, invoiced already or not yet."""

    __tablename__ = "x_invoicing_paid_orders"

    order: Mapped[str] = mapped_column("order_id", String(32), primary_key=True)
    paid_cents: Mapped[Cents]


class Entry(Base):
    """A line of a bank statement that brought money in, kept once.

    ``why`` says why it waits for a person: partial, over or unknown.
    """

    __tablename__ = "x_invoicing_entries"
    __table_args__ = (UniqueConstraint("account", "statement", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    account: Mapped[str] = mapped_column(String(34))
    statement: Mapped[str] = mapped_column(String(60))
    sequence: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    cents: Mapped[Cents]
    communication: Mapped[str | None] = mapped_column(String(12))
    message: Mapped[str] = mapped_column(String(400))
    payer: Mapped[str] = mapped_column(String(140))
    payer_account: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), index=True)
    why: Mapped[str] = mapped_column(String(12), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    over_cents: Mapped[Cents] = mapped_column(default=0)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey(Paper.id), index=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    paper: Mapped[Paper | None] = relationship()


class Unchangeable(RuntimeError):
    """Somebody tried to change what was issued."""


@event.listens_for(Issued, "before_update")
@event.listens_for(Issued, "before_delete")
def _refuse(_mapper: Mapper[Issued], _connection: Connection, target: Issued) -> NoReturn:
    """Sooner and clearer than the trigger in the database, which refuses it too."""
    raise Unchangeable(f"{target.year}-{target.sequence} was issued")
