"""What has to be asked for, on the screen and as a file for an agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Response, current_app

from marketplace import clock
from marketplace.advice.page import LineView
from marketplace.advice.prices import safe_address
from marketplace.errors import NotFound
from marketplace.i18n import _
from marketplace.pricing.agenda import Entry, calendar


@dataclass(frozen=True, slots=True)
class ToAsk:
    """An aid to ask for; ``late`` when its last day is past, ``day`` None when nobody knows it."""

    key: str
    day: date | None
    title: str
    offer: str
    text: str
    more: str | None
    late: bool


def to_ask(lines: Iterable[LineView]) -> Sequence[ToAsk]:
    """Every aid of these lines that has to be asked for, the first to end first."""
    today = clock.today()
    found = [
        ToAsk(
            key=f"{line.version_id}/{one.aid.rule}",
            day=one.day,
            title=one.aid.title or one.aid.rule,
            offer=line.title,
            text=one.aid.apply,
            more=safe_address(one.aid.more),
            late=one.day is not None and one.day < today,
        )
        for line in lines
        for one in line.price.deadlines
    ]
    return sorted(found, key=lambda one: (one.day or date.max, one.title, one.key))


def download(asks: Sequence[ToAsk], owner: str, made: datetime, url: str) -> Response:
    """The deadlines as an iCalendar file. Raises NotFound when none has a date.

    ``owner`` is the public id of an advice or an order, ``url`` the address of its page.
    """
    entries = [
        Entry(
            key=one.key,
            day=one.day,
            title=_("Laatste dag: %(title)s aanvragen", title=one.title),
            text="\n".join(part for part in (one.offer, one.text) if part),
        )
        for one in asks
        if one.day
    ]
    host = urlsplit(str(current_app.config["PUBLIC_URL"])).hostname or "localhost"
    body = calendar(entries, owner, made, host, url)
    if body is None:
        raise NotFound(owner)
    headers = {
        "Content-Disposition": f'attachment; filename="steun-{owner}.ics"',
        "Cache-Control": "no-store",
    }
    return Response(body, mimetype="text/calendar", headers=headers)
