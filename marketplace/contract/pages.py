"""Small values of the web hooks: menu links, panels, health findings, events, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .rules import Question
from .values import Json

SLOTS: Mapping[str, str] = {
    "home": "the start page, under the introduction; no subject",
    "offer": "an offer page, under the facts; subject: offer (slug)",
    "request.check": "check your answers, before the button; subject: request (public id)",
    "advice": "the advice page, under the bundle; subject: joint_committees, nace",
    "advice.foot": "the advice page, last line; no subject",
    "order": "the page of an order or referral, under the facts; subject: order (public id)",
    "account": "the employer's own page; subject: organisation (public id)",
    "desk": "the consultant's first page; no subject",
    "desk.request": "a dossier on the desk; subject: request (public id)",
}
"""The places on core pages where plugins may show panels, and what ``subject`` holds there."""


class Refused(Exception):
    """A plugin says no to what a person asked: a Dutch sentence with what to do next."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link in the main menu, or with ``place="footer"`` at the foot of every page.

    ``roles`` empty means everybody.
    """

    label: str
    endpoint: str
    roles: tuple[str, ...] = ()
    place: str = "menu"


@dataclass(frozen=True, slots=True)
class Panel:
    """A template of the plugin (``@id/name.html``) rendered in a slot with this context."""

    template: str
    context: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """A health finding for the plugin page. ``level``: ok | warning | error."""

    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Companion:
    """A program that ``flask demo serve`` runs beside the demo, and what it adds to the
    environment of all of them. ``command`` is given to ``flask``.
    """

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Through whom an employer came: the slug of a federation, its public key, its campaign."""

    federation: str
    key: str
    campaign: str = ""
    is_test: bool = False  # never becomes a request


@dataclass(frozen=True, slots=True)
class Widget:
    """What a sector brings to a federation's own site: offers by slug, questions, and words.

    ``words`` maps language (nl, fr, en) to name to text; docs/widgets.md lists the names.
    """

    sector: str
    title: str
    offers: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened; ``name`` such as ``order.placed``, ``subject`` a public id."""

    name: str
    subject: str
    facts: Mapping[str, Json] = field(default_factory=dict)
