"""What care shows on the sites of its federations."""

from __future__ import annotations

import tomllib
from pathlib import Path

from marketplace.contract.pages import Widget

from .views import SECTOR

ASKED = ("shift_system", "handover")
"""Few of the sector's questions: a form on another site is short, the wizard asks the rest."""
_WORDS = Path(__file__).parent / "data" / "widget.toml"

WIDGET = Widget(
    sector="zorg",
    title="Zorg en welzijn",
    offers=tuple(str(entry["slug"]) for entry in SECTOR.entries if "title" in entry),
    questions=tuple(one for one in SECTOR.questions if one.key in ASKED),
    words=tomllib.loads(_WORDS.read_text("utf-8")),
)
