"""Offers that plugins contribute through the hook ``tailored_offers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace import clock
from marketplace.audit import services as audit
from marketplace.catalogue import guard, shape
from marketplace.catalogue.content import Entry
from marketplace.catalogue.faults import Fault, join
from marketplace.catalogue.models import Offer
from marketplace.catalogue.services.load import Entries, examine, put
from marketplace.catalogue.services.store import Report, Shelf
from marketplace.contract.values import Json
from marketplace.db import db
from marketplace.host import ask


@dataclass(frozen=True, slots=True)
class Synced:
    """What a plugin's contribution came to; ``left_out`` names each entry and its reason."""

    plugin: str
    report: Report
    left_out: tuple[Fault, ...]


def sync_all() -> tuple[tuple[Synced, ...], tuple[str, ...]]:
    """Ask every plugin that is on for its offers and store them; also the plugins that failed.

    A silent plugin keeps the offers it had.
    """
    answers = ask.ask("tailored_offers")
    given: dict[str, list[Mapping[str, Json]]] = {}
    for plugin, entries in answers.values:
        given.setdefault(plugin, []).extend(entries if isinstance(entries, (list, tuple)) else ())
    done = tuple(sync_tailored(plugin, entries) for plugin, entries in sorted(given.items()))
    return done, tuple(answers.silent)


def sync_tailored(plugin_id: str, entries: Sequence[Mapping[str, Json]]) -> Synced:
    """Store a plugin's providers and offers and commit; what it dropped is retired.

    An entry with a key ``provider`` is an offer, any other is a provider; both as in a catalogue
    file. An entry that is wrong is left out with its reason, and a version that was already
    published stays: only offers that the plugin no longer names are retired.
    """
    try:
        with guard.changing():
            synced = _sync(plugin_id, entries)
        db.session.commit()
    except Exception:
        db.session.rollback()
        raise
    return synced


def _sync(plugin_id: str, entries: Sequence[Mapping[str, Json]]) -> Synced:
    shaped, faults = _shaped(entries)
    shelf = Shelf(clock.now(), source=plugin_id)
    shelf.fetch([*_named(entries), *_contributed(plugin_id)])
    good, more = examine(shaped, shelf)
    put(good, shelf)
    _retire_dropped(plugin_id, _named(entries), shelf)
    left_out = (*faults, *more)
    if left_out or shelf.report != Report(unchanged=shelf.report.unchanged):
        new = vars(shelf.report) | {"left_out": [str(fault) for fault in left_out]}
        audit.record("catalogue.synced", f"plugin:{plugin_id}", new=new)
    return Synced(plugin_id, shelf.report, left_out)


def _shaped(entries: Sequence[Mapping[str, Json]]) -> tuple[Entries, list[Fault]]:
    providers: list[tuple[str, Entry]] = []
    offers: list[tuple[str, Entry]] = []
    found: list[Fault] = []
    for number, entry in enumerate(entries):
        path = join("entries", number)
        is_offer = isinstance(entry, Mapping) and "provider" in entry
        value = _as_json(entry)
        faults = list(
            shape.faults(value, shape.definition("offer" if is_offer else "provider"), path)
        )
        found += faults
        if not faults and isinstance(value, dict):
            (offers if is_offer else providers).append((path, value))
    return Entries(tuple(providers), tuple(offers)), found


def _as_json(value: object) -> object:
    """Tuples and read-only mappings of Python as the lists and objects of a file."""
    if isinstance(value, Mapping):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(inner) for inner in value]
    return value


def _named(entries: Sequence[Mapping[str, Json]]) -> set[str]:
    return {str(entry.get("slug")) for entry in entries if isinstance(entry, Mapping)}


def _contributed(plugin_id: str) -> list[str]:
    return list(db.session.scalars(select(Offer.slug).where(Offer.source == plugin_id)))


def _retire_dropped(plugin_id: str, kept: set[str], shelf: Shelf) -> None:
    for slug, offer in sorted(shelf.offers.items()):
        if offer.source == plugin_id and slug not in kept:
            shelf.move(offer, "retired")
