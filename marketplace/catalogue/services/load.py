"""``flask catalogue import``: a whole file, or nothing of it and every reason why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from marketplace import clock
from marketplace.audit import services as audit
from marketplace.catalogue import guard, shape
from marketplace.catalogue.check import Known, offer_faults, provider_faults
from marketplace.catalogue.content import Entry, digest, full_content
from marketplace.catalogue.faults import Fault, FileRefused, join
from marketplace.catalogue.services.store import Report, Shelf
from marketplace.catalogue.vocabulary import OWNERS, may_become
from marketplace.db import db

_NUMBERED = re.compile(r"(providers|offers)\[\d+\]")


@dataclass(frozen=True, slots=True)
class Entries:
    """Providers and offers that have the right shape, each with its path in the input."""

    providers: tuple[tuple[str, Entry], ...]
    offers: tuple[tuple[str, Entry], ...]


def import_file(raw: bytes) -> Report:
    """Import the bytes of a catalogue file. Raises FileRefused; nothing is changed then."""
    return import_document(shape.read(raw))


def import_document(document: object) -> Report:
    """Import a parsed catalogue file in one transaction and commit it.

    Importing the same file again changes nothing. Raises FileRefused with every fault.
    """
    try:
        with guard.changing():
            shelf = _import(document)
        db.session.commit()
    except Exception:
        db.session.rollback()
        raise
    return shelf.report


def _import(document: object) -> Shelf:
    found = list(shape.faults(document))
    entries = _well_shaped(document, found)
    shelf = Shelf(clock.now())
    shelf.fetch(str(entry["slug"]) for _, entry in entries.offers)
    _good, more = examine(entries, shelf)
    if found or more:
        raise FileRefused([*found, *more])
    put(entries, shelf)
    audit.record("catalogue.imported", "catalogue:file", new=vars(shelf.report))
    return shelf


def put(entries: Entries, shelf: Shelf) -> None:
    """Store entries that were examined."""
    for _, provider in entries.providers:
        shelf.put_provider(provider)
    for _, offer in entries.offers:
        shelf.put_offer(offer)


def _well_shaped(document: object, found: Sequence[Fault]) -> Entries:
    """The entries without a fault in their shape, so that one run reports as much as it can."""
    bad = {match[0] for fault in found if (match := _NUMBERED.match(fault.path))}

    def good(name: str) -> Iterator[tuple[str, Entry]]:
        listed = document.get(name) if isinstance(document, dict) else None
        for number, entry in enumerate(listed if isinstance(listed, list) else []):
            path = join(name, number)
            if path not in bad and isinstance(entry, dict):
                yield path, entry

    return Entries(tuple(good("providers")), tuple(good("offers")))


def examine(entries: Entries, shelf: Shelf) -> tuple[Entries, list[Fault]]:
    """The entries that may be stored beside what is there, and every fault of the others."""
    found: list[Fault] = []
    kinds = {slug: provider.kind for slug, provider in shelf.providers.items()}
    known = Known(kinds, clock.today(), shelf.source)
    providers, offers = [], []
    for path, entry in _each_once(entries.providers, found):
        faults = [*provider_faults(entry, path, known), *_provider_history(entry, path, shelf)]
        found += faults
        if not faults:
            kinds[str(entry["slug"])] = str(entry["kind"])
            providers.append((path, entry))
    for path, entry in _each_once(entries.offers, found):
        faults = [*offer_faults(entry, path, known), *_offer_history(entry, path, shelf)]
        found += faults
        if not faults:
            offers.append((path, entry))
    return Entries(tuple(providers), tuple(offers)), found


def _each_once(
    entries: Sequence[tuple[str, Entry]], found: list[Fault]
) -> Iterator[tuple[str, Entry]]:
    seen: dict[object, str] = {}
    for path, entry in entries:
        first = seen.setdefault(entry["slug"], path)
        if first == path:
            yield path, entry
        else:
            found.append(Fault(join(path, "slug"), "slug-twice", {"other": first}))


def _provider_history(entry: Entry, path: str, shelf: Shelf) -> Iterator[Fault]:
    provider = shelf.providers.get(str(entry["slug"]))
    if provider is None:
        return
    if provider.source != shelf.source:
        yield Fault(join(path, "slug"), "foreign-source", {"owner": _owner(provider.source)})
    if provider.kind != entry["kind"]:
        yield Fault(join(path, "kind"), "kind-fixed", {"kind": str(OWNERS[provider.kind])})


def _offer_history(entry: Entry, path: str, shelf: Shelf) -> Iterator[Fault]:
    offer = shelf.offers.get(str(entry["slug"]))
    if offer is None:
        return
    wanted = str(entry.get("status", "published"))
    if offer.source != shelf.source:
        yield Fault(join(path, "slug"), "foreign-source", {"owner": _owner(offer.source)})
    if offer.provider.slug != entry["provider"]:
        yield Fault(join(path, "provider"), "provider-fixed", {"provider": offer.provider.slug})
    if not may_become(offer.status, wanted):
        facts: Mapping[str, str | int] = {"status": offer.status, "wanted": wanted}
        yield Fault(join(path, "status"), "transition", facts)
    if wanted == "retired" and offer.current and _differs(entry, offer.id, shelf):
        yield Fault(join(path, "status"), "retired-changed")
    yield from _capacity_faults(entry, path, shelf)


def _differs(entry: Entry, offer_id: int, shelf: Shelf) -> bool:
    return shelf.versions[offer_id].digest != digest(full_content(entry))


def _capacity_faults(entry: Entry, path: str, shelf: Shelf) -> Iterator[Fault]:
    capacity = shelf.capacities.get(shelf.offers[str(entry["slug"])].id)
    total = cast("int | None", entry.get("capacity"))
    if capacity and total is not None and total < (booked := capacity.total - capacity.left):
        yield Fault(join(path, "capacity"), "capacity-booked", {"least": booked})


def _owner(source: str) -> str:
    return source or "flask catalogue import"
