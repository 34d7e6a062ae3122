"""Who a key belongs to and where it may be used: looked up once in a while, not every time.

Each process keeps what it looked up for 30 seconds, so a key that is ended works at most that long
in another process; in the one that ended it, it stops at once.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from flask import abort, current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.kit import clock
from marketplace.kit.limits import Window
from marketplace.kit.models import session
from marketplace.kit.theme import Theme

from . import origins
from .models import EmbedKey, EmbedSite

KEPT = timedelta(seconds=30)
MOST_KEPT = 2_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Served:
    """A key with all that an answer needs; ``origins`` are those that this key may serve."""

    key_id: int
    key: str
    is_test: bool
    ends: datetime | None
    federation: str
    sector: str
    offers: tuple[str, ...]
    theme: Theme
    origins: tuple[str, ...]

    @property
    def has_ended(self) -> bool:
        """Whether somebody ended it, or its overlap is over."""
        return self.ends is not None and self.ends <= clock.now()


@dataclass(slots=True)
class Shelf:
    """What this process keeps of one application."""

    things: OrderedDict[object, tuple[datetime, object]] = field(default_factory=OrderedDict)
    hourly: dict[object, datetime] = field(default_factory=dict)
    reads: Window = field(default_factory=lambda: Window(60, timedelta(minutes=1)))

    def get(self, name: object, now: datetime) -> object | None:
        """What was put there in the last 30 seconds."""
        found = self.things.get(name)
        return found[1] if found and now - found[0] < KEPT else None

    def put(self, name: object, thing: T, now: datetime) -> T:
        """Keep it; the oldest one makes room."""
        self.things[name] = (now, thing)
        self.things.move_to_end(name)
        while len(self.things) > MOST_KEPT:
            self.things.popitem(last=False)
        return thing


def shelf() -> Shelf:
    """The shelf of the application in hand."""
    found: Shelf = current_app.extensions.setdefault("x_widgets", Shelf())
    return found


def forget() -> None:
    """A site or key changed: look everything up again."""
    shelf().things.clear()


def served(key: str) -> Served:
    """The key as it is served now. Answers 404 for an unknown key and 410 for one that ended."""
    now = clock.now()
    found = shelf().get(key, now) or shelf().put(key, look_up(key), now)
    if not isinstance(found, Served):
        abort(404)
    if found.has_ended:
        abort(410)
    return found


def look_up(key: str) -> Served | str:
    """The key with its site, from the database; '' when there is none."""
    query = (
        select(EmbedKey)
        .where(EmbedKey.key == key)
        .options(joinedload(EmbedKey.site).selectinload(EmbedSite.origins))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        return ""
    site, production = found.site, current_app.config["ENVIRONMENT"] == "production"
    allowed = (one.origin for one in site.origins)
    return Served(
        key_id=found.id,
        key=found.key,
        is_test=found.mode == "test",
        ends=found.ends,
        federation=site.federation,
        sector=site.sector,
        offers=tuple(site.offers),
        theme=theme_of(site),
        origins=tuple(one for one in allowed if origins.may_use(one, found.mode, production)),
    )


def theme_of(site: EmbedSite) -> Theme:
    """The colours of a site; those of the house where it chose none."""
    return Theme(**site.theme)  # type: ignore[arg-type]
