"""One advice is one row that never changes: what was asked, what was answered, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from marketplace.db import Base, UtcDateTime, new_public_id
from marketplace.requests.models import Request


class Advice(Base):
    """The snapshot of one recommendation.

    ``document`` holds request, salt, answer and titles, and the digest of each source.
    """

    __tablename__ = "advices"
    __table_args__ = (UniqueConstraint("request_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    number: Mapped[int]
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    catalogue_version: Mapped[int]
    rules_version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, object]] = mapped_column(JSON)

    request: Mapped[Request] = relationship()


class AdviceSource(Base):
    """What answers were made of besides the request, once for all advices that share it.

    ``body`` is the zlib-compressed JSON text whose SHA-256 is ``digest``; ``name`` is what the
    first advice called it.
    """

    __tablename__ = "advice_sources"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ImmutableError(RuntimeError):
    """Something tried to change an advice that was given."""


@event.listens_for(Advice, "before_update")
@event.listens_for(Advice, "before_delete")
def _never(_mapper: Mapper[Advice], _connection: Connection, advice: Advice) -> None:
    raise ImmutableError(f"advice {advice.public_id} was given and never changes")
