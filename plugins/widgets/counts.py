"""What each key brought: counted once per event, and shown so that no employer can be guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.contract.pages import Event
from marketplace.kit import clock
from marketplace.kit.i18n import lazy_
from marketplace.kit.models import session

from .models import EmbedDaily, EmbedKey, EmbedTold

LEAST = 5
"""A count below this, but above none, is not shown."""
COLUMNS: Mapping[str, str] = {
    "draft.made": "drafts",
    "draft.opened": "arrivals",
    "draft.claimed": "claims",
    "order.placed": "orders",
    "referral.made": "orders",
}
"""Event → the column that counts it."""
WORDS: Mapping[str, object] = {
    "drafts": lazy_("Ingevuld"),
    "arrivals": lazy_("Aangekomen"),
    "claims": lazy_("Aanvragen"),
    "orders": lazy_("Bestellingen"),
}
REMEMBERED = timedelta(days=60)


def count(event: Event) -> None:
    """Count an event of a key, in the transaction in hand; one that is told again is not."""
    column, key = COLUMNS.get(event.name), event.facts.get("source_key")
    if column is None or not key or event.facts.get("test"):
        return
    key_id, today = session.scalar(select(EmbedKey.id).where(EmbedKey.key == key)), clock.today()
    if key_id is None or not _first(event, today):
        return
    _ensure(key_id, today)
    field = getattr(EmbedDaily, column)
    row = EmbedDaily.key_id == key_id, EmbedDaily.day == today
    session.execute(update(EmbedDaily).where(*row).values({field: field + 1}))


def monthly(site_id: int) -> Sequence[Mapping[str, object]]:
    """Sums per month of all live keys of a site, the newest first; None: fewer than five."""
    months: dict[str, dict[str, int]] = {}
    fields = [getattr(EmbedDaily, name) for name in WORDS]
    query = (
        select(EmbedDaily.day, *(func.sum(field) for field in fields))
        .join(EmbedKey, EmbedKey.id == EmbedDaily.key_id)
        .where(EmbedKey.site_id == site_id, EmbedKey.mode == "live")
        .group_by(EmbedDaily.day)
    )
    for day, *sums in session.execute(query):
        month = months.setdefault(f"{day:%Y-%m}", dict.fromkeys(WORDS, 0))
        for name, number in zip(WORDS, sums, strict=True):
            month[name] += number
    return [
        {"month": month, **{name: shown(number) for name, number in sums.items()}}
        for month, sums in sorted(months.items(), reverse=True)
    ]


def shown(number: int) -> int | None:
    """The count, or None where it is so small that it could point at an employer."""
    return None if 0 < number < LEAST else number


def _first(event: Event, today: date) -> bool:
    session.execute(delete(EmbedTold).where(EmbedTold.day < today - REMEMBERED))
    try:
        with session.begin_nested():
            session.add(EmbedTold(name=event.name, subject=event.subject, day=today))
    except IntegrityError:
        return False
    return True


def _ensure(key_id: int, today: date) -> None:
    if session.get(EmbedDaily, (key_id, today)) is None:
        try:
            with session.begin_nested():
                session.add(EmbedDaily(key_id=key_id, day=today))
        except IntegrityError:  # counted at the same moment
            return
