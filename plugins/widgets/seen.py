"""Which pages ask for the widgets of a key, for the federation that wonders why nothing shows."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from marketplace.kit import clock
from marketplace.kit.models import session, writing

from . import origins
from .models import EmbedSeen
from .serving import Served, shelf

MOST_ORIGINS = 40  # of one key; anybody can invent an origin
AGAIN = timedelta(hours=1)


def note(key: Served, text: str | None, major: str) -> None:
    """Keep that this origin asked: once an hour per process, and never at the cost of an answer."""
    origin, now = (origins.normal(text) if text else None), clock.now()
    if origin is None or origin != text:
        return
    name, kept = ("seen", key.key, origin, major), shelf().hourly
    if now - kept.get(name, now - AGAIN) < AGAIN:
        return
    if len(kept) > MOST_ORIGINS * 50:
        kept.clear()
    kept[name] = now
    try:
        with writing():
            session.rollback()
            _keep(key, origin, major, now)
            session.commit()
    except (OperationalError, IntegrityError):  # a busy database: the next hour notes it
        session.rollback()


def _keep(key: Served, origin: str, major: str, now: datetime) -> None:
    found = session.get(EmbedSeen, (key.key_id, origin, major))
    if found is None:
        found = EmbedSeen(key_id=key.key_id, origin=origin, major=major)
        _make_room(key.key_id)
        session.add(found)
    found.refused, found.last = origin not in key.origins, now


def _make_room(key_id: int) -> None:
    """Of too many refused origins the oldest goes."""
    mine = EmbedSeen.key_id == key_id
    count = session.scalar(select(func.count()).select_from(EmbedSeen).where(mine)) or 0
    if count >= MOST_ORIGINS:
        oldest = select(func.min(EmbedSeen.last)).where(mine, EmbedSeen.refused)
        session.execute(
            delete(EmbedSeen).where(
                mine, EmbedSeen.refused, EmbedSeen.last == oldest.scalar_subquery()
            )
        )
