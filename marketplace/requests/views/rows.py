"""A request as one line of a list."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for

from marketplace.i18n import _
from marketplace.requests import facts
from marketplace.requests.known import Known, topics
from marketplace.requests.models import Request
from marketplace.requests.vocabulary import STATUSES

TONES = {"draft": "neutral", "ready": "accent", "advised": "ok", "ordered": "ok"}


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a request, and where it leads."""

    title: str
    place: str | None
    saved: str
    status: object
    tone: str
    url: str


def row(asked: Request, known: Known, saved: str) -> Row:
    """The line of one request: its needs, its place, how far it is."""
    place = facts.place_of(known)
    names = ", ".join(str(topic.label) for topic in topics(known))
    return Row(
        title=names or str(_("Aanvraag zonder noden")),
        place=place.name if place else None,
        saved=saved,
        status=STATUSES[asked.status],
        tone=TONES[asked.status],
        url=latest_advice_url(asked) or url_for("requests.tasks", public_id=asked.public_id),
    )


def latest_advice_url(asked: Request) -> str | None:
    """Where the advice of a request is read, once there is one that still fits its answers."""
    if asked.status in {"advised", "ordered"} and "advice.latest" in current_app.view_functions:
        return url_for("advice.latest", public_id=asked.public_id)
    return None
