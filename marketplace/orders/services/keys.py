"""Idempotency keys: the same post again gives the same answer, another post is refused."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import func, select

from marketplace.db import db, new_public_id
from marketplace.errors import DomainError
from marketplace.i18n import _
from marketplace.orders.models import Order, Referral

Kind = TypeVar("Kind", Order, Referral)


def new_key() -> str:
    """A key for one page: posting the page again gives the same order."""
    return new_public_id()


def claim(key: str) -> None:
    """Hold the key until the transaction ends. Raises DomainError ``in-flight`` when another post
    with it is being answered. On SQLite writers stand in line: the second waits, and then finds
    what the first made.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return
    number = func.hashtextextended(key, 0)
    if not db.session.scalar(select(func.pg_try_advisory_xact_lock(number))):
        raise DomainError(
            "in-flight",
            _("Uw vorige klik wordt nog verwerkt. Wacht even en laad de pagina opnieuw."),
        )


def made_with(kind: type[Kind], key: str, body: tuple[object, ...]) -> Kind | None:
    """What this key made before. Raises DomainError ``key-reused`` when that was another post."""
    found = db.session.scalars(select(kind).where(kind.key == key)).one_or_none()
    if found is not None and body != body_of(found):
        raise DomainError(
            "key-reused", _("Deze pagina is al gebruikt voor iets anders. Laad ze opnieuw.")
        )
    return found


def body_of(agreed: Order | Referral) -> tuple[object, ...]:
    """What the post said: the line of the advice, and the note to a partner."""
    line = (agreed.advice_id, agreed.version_id)
    return (*line, agreed.note, agreed.contact) if isinstance(agreed, Referral) else line
