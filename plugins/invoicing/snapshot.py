"""A document as JSON, and back: what is kept beside the file, for pages and PDF years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from marketplace.contract.values import Json

from .values import Address, Buyer, CreditNote, Document, Invoice, InvoiceLine, Seller, VatRow

KINDS: Mapping[str, type[Invoice] | type[CreditNote]] = {"invoice": Invoice, "credit": CreditNote}
DAYS = ("issued", "due", "original_day")


def as_json(document: Document) -> Mapping[str, Json]:
    """The document with days as ISO text."""
    found = asdict(document)
    days = {name: found[name].isoformat() for name in DAYS if name in found}
    kind = "invoice" if isinstance(document, Invoice) else "credit"
    return cast(Mapping[str, Json], _lists({**found, **days, "kind": kind}))


def from_json(stored: Mapping[str, Json]) -> Document:
    """The document that ``as_json`` wrote."""
    found = cast(dict[str, Any], dict(stored))
    kind = KINDS[str(found.pop("kind"))]
    for name in DAYS:
        if name in found:
            found[name] = date.fromisoformat(found[name])
    for name, party in (("seller", Seller), ("buyer", Buyer)):
        found[name] = party(**{**found[name], "address": Address(**found[name]["address"])})
    found["lines"] = tuple(InvoiceLine(**line) for line in found["lines"])
    found["vat"] = tuple(VatRow(**row) for row in found["vat"])
    return kind(**found)


def _lists(value: object) -> object:
    """Tuples become lists, so that what is kept equals what is read."""
    if isinstance(value, dict):
        return {key: _lists(part) for key, part in value.items()}
    return [_lists(part) for part in value] if isinstance(value, tuple | list) else value
