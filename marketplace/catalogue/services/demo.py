"""The demo catalogue: real kinds of provider, with prices that are marked as examples."""

from __future__ import annotations

from importlib.resources import files
from typing import cast

from marketplace.catalogue import shape
from marketplace.catalogue.services.load import import_document
from marketplace.catalogue.services.store import Report


def demo_document() -> dict[str, object]:
    """All files of ``catalogue/demo`` as one catalogue file."""
    document: dict[str, list[object]] = {"providers": [], "offers": []}
    for file in sorted(files("marketplace.catalogue").joinpath("demo").iterdir(), key=str):
        if file.name.endswith(".json"):
            part = cast(dict[str, list[object]], shape.read(file.read_bytes()))
            for name, listed in document.items():
                listed += part[name]
    return {"format": 1, **document}


def seed_demo() -> Report:
    """Import the demo catalogue and commit; a second time changes nothing."""
    return import_document(demo_document())
