"""Deadlines as an iCalendar file (RFC 5545), with an alarm a week before each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day to remember. ``key`` names it for ever within its owner."""

    key: str
    day: date
    title: str
    text: str


def calendar(
    entries: Iterable[Entry], owner: str, made: datetime, host: str, url: str
) -> bytes | None:
    """The file with a whole day per entry; None when there are none, as an empty file is invalid.

    ``owner`` is the public id of what the deadlines belong to: with the key it makes an identity
    that stays, so that importing again changes an entry and never doubles it.
    """
    from icalendar import Calendar  # takes half a second, which no start of the house has to spare

    found = Calendar()
    found.add("prodid", "-//taal en diversiteit op het werk//deadlines//NL")
    found.add("version", "2.0")
    for entry in entries:
        found.add_component(_event(entry, owner, made, host, url))
    return found.to_ical() if found.subcomponents else None


def _event(entry: Entry, owner: str, made: datetime, host: str, url: str) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    digest = hashlib.sha256(entry.key.encode()).hexdigest()[:16]
    event.add("uid", f"{owner}-{digest}@{host}")
    event.add("dtstamp", made)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("url", url)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", -BEFORE)
    event.add_component(alarm)
    return event
