"""The request and the answers given to it: one row per page, the last save wins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Establishment, Organisation
from marketplace.contract.values import Json
from marketplace.db import Base, UtcDateTime, new_public_id
from marketplace.errors import DomainError
from marketplace.i18n import lazy_

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"ready"}),
    "ready": frozenset({"draft", "advised"}),
    "advised": frozenset({"draft", "ready", "ordered"}),
    "ordered": frozenset(),
}
"""Status → the statuses it may become. Changing an answer makes a request a draft again."""
REFUSALS: Mapping[str, str] = {
    "draft": lazy_("Uw aanvraag is nog niet volledig. Vul eerst de open vragen in."),
    "ready": lazy_("Voor deze aanvraag is er nog geen advies. Vraag eerst het advies."),
    "advised": lazy_("Dit past niet bij deze aanvraag. Ga terug naar uw advies."),
    "ordered": lazy_("U bestelde al met deze aanvraag. Begin een nieuwe om iets te wijzigen."),
}
"""What a person reads when a request may not become what was asked."""


class Request(Base):
    """One employer's case: needs, budget and choices. It holds counts, never a person.

    Without an organisation it belongs to the browser that knows the secret of ``secret_hash``
    (SHA-256, hexadecimal). It came through the federation of this slug, by this public key and
    campaign. ``remark`` is what the employer wrote on a federation's site.
    """

    __tablename__ = "requests"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'ready', 'advised', 'ordered')", name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    establishment_id: Mapped[int | None] = mapped_column(
        ForeignKey("establishments.id", ondelete="SET NULL"), index=True
    )
    federation: Mapped[str | None] = mapped_column(String(80))
    source_key: Mapped[str | None] = mapped_column(String(40), index=True)
    campaign: Mapped[str | None] = mapped_column(String(80))
    remark: Mapped[str] = mapped_column(Text, default="", server_default="")
    secret_hash: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12), default="draft")
    locale: Mapped[str] = mapped_column(String(5), default="nl")
    mails_sent: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    updated: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    organisation: Mapped[Organisation | None] = relationship()
    establishment: Mapped[Establishment | None] = relationship()
    answers: Mapped[list[RequestAnswer]] = relationship(
        back_populates="request", cascade="all, delete-orphan"
    )

    def become(self, status: str) -> None:
        """Take a status of the transition table. Raises DomainError for any other."""
        if status != self.status and status not in TRANSITIONS[self.status]:
            raise DomainError(f"request-{self.status}", REFUSALS[self.status])
        self.status = status


class RequestAnswer(Base):
    """What was filled in on one page, as its form gave it."""

    __tablename__ = "request_answers"
    __table_args__ = (UniqueConstraint("request_id", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("requests.id", ondelete="CASCADE"), index=True
    )
    page: Mapped[str] = mapped_column(String(120))
    data: Mapped[dict[str, Json]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    request: Mapped[Request] = relationship(back_populates="answers")


class Draft(Base):
    """What somebody typed on a federation's site, before it is anybody's.

    ``token_hash`` is that of the address that opens it, ``secret_hash`` that of the first browser
    that did (both SHA-256, hexadecimal). After ``expires`` nobody can open or claim it.
    """

    __tablename__ = "request_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    secret_hash: Mapped[str | None] = mapped_column(String(64))
    told: Mapped[dict[str, Json]] = mapped_column(JSON)
    federation: Mapped[str] = mapped_column(String(80))
    source_key: Mapped[str] = mapped_column(String(40))
    campaign: Mapped[str] = mapped_column(String(80), default="")
    is_test: Mapped[bool] = mapped_column(default=False)
    claimed: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    expires: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("requests.id", ondelete="SET NULL"), index=True
    )

    request: Mapped[Request | None] = relationship()
