"""Whose data and software is used, with the licence that asks to say so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import LazyString

from marketplace import reference
from marketplace.i18n import lazy_
from marketplace.reference import Source

TITLES: Mapping[str, LazyString] = {
    "holidays": lazy_("Feestdagen en schoolvakanties"),
    "joint_committees": lazy_("Paritaire comités"),
    "languages": lazy_("Namen van talen"),
    "legal_forms": lazy_("Rechtsvormen"),
    "municipalities": lazy_("Gemeenten"),
    "nace": lazy_("Activiteiten (NACE-BEL)"),
    "places": lazy_("Deelgemeenten en dorpen"),
}


def tables() -> list[tuple[object, Source]]:
    """Every table of reference data with the name people know it by."""
    return [(TITLES.get(source.table, source.table), source) for source in reference.sources()]


@cache
def packages(static_folder: str) -> tuple[Mapping[str, str], ...]:
    """The software that browsers get from us: name, version, licence and the licence's file."""
    file = Path(static_folder) / "vendor" / "vendor.json"
    return tuple(_package(entry) for entry in json.loads(file.read_text("utf-8")))


def _package(entry: Mapping[str, Any]) -> Mapping[str, str]:
    paths = [str(file["path"]) for file in entry["files"]]
    return {
        "name": str(entry["name"]),
        "version": str(entry["version"]),
        "licence": str(entry["licence"]),
        "licence_file": next(path for path in paths if path.endswith(".LICENSE")),
    }
