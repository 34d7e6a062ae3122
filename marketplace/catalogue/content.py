"""The content of one offer or provider in its full form: every default written out.

Two entries that mean the same have the same full form, and so the same digest; that is how a
second import of a file makes no new version.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import TypeAlias, cast

Entry: TypeAlias = Mapping[str, object]
"""A provider or an offer as it stands in a catalogue file, checked."""

_PROVIDER: Entry = {
    "slug": "",
    "name": "",
    "kind": "",
    "about": "",
    "competence": [],
    "evidence": [],
    "website": None,
    "email": None,
    "phone": None,
}
_PROOF: Entry = {"code": "", "source": "", "url": None, "checked_on": ""}
PROVIDER_KEYS = tuple(_PROVIDER)
_CONTENT: Entry = {
    "title": "",
    "summary": "",
    "description": "",
    "audience": "",
    "approach": "",
    "nature": "",
    "activities": [],
    "topics": [],
    "roles": [],
    "price": {"kind": "", "cents": 0, "tiers": [], "note": ""},
    "demo": False,
    "hours": 0,
    "hours_per_week": None,
    "weeks": 1,
    "lead_days": 0,
    "levels": None,
    "group": {"min": 1, "max": None},
    "modes": [],
    "shifts": [],
    "languages": [],
    "reach": [],
    "location": None,
    "joint_committees": [],
    "nace_prefixes": [],
    "evidence": [],
    "tags": [],
    "vat": None,
    "source": {"title": "", "url": None, "checked_on": ""},
}


def full_provider(entry: Entry) -> dict[str, object]:
    """A provider with every default written out."""
    made = _filled(entry, _PROVIDER)
    made["evidence"] = [_filled(proof, _PROOF) for proof in cast(list[Entry], made["evidence"])]
    return made


def full_content(entry: Entry) -> dict[str, object]:
    """What a version of an offer holds: the entry without slug, provider, status and capacity."""
    return _filled(entry, _CONTENT)


def compact(full: Entry) -> dict[str, object]:
    """A full provider or content without what only repeats a default."""
    if "kind" not in full:
        return _compacted(full, _CONTENT)
    made = _compacted(full, _PROVIDER)
    if proofs := cast(list[Entry], made.get("evidence", [])):
        made["evidence"] = [_compacted(proof, _PROOF) for proof in proofs]
    return made


def digest(content: Entry) -> str:
    """SHA-256 of the content; equal for equal content whatever the order of its keys.

    A ``vat`` that nobody reviewed does not count: the digests of before that key still hold.
    """
    counted = {key: value for key, value in content.items() if (key, value) != ("vat", None)}
    text = json.dumps(counted, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def folded(*texts: str) -> str:
    """Lower-case words without accents or signs, for searching and sorting."""
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    kept = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def _filled(entry: Entry, defaults: Entry) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, default in defaults.items():
        value = entry.get(key, default)
        nested = isinstance(default, Mapping) and isinstance(value, Mapping)
        made[key] = _filled(cast(Entry, value), cast(Entry, default)) if nested else value
    return made


def _compacted(full: Entry, defaults: Entry) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in full.items():
        default = defaults.get(key)
        if isinstance(value, Mapping) and isinstance(default, Mapping):
            value = _compacted(cast(Entry, value), cast(Entry, default))
        if value != default and value != {}:
            made[key] = value
    return made
