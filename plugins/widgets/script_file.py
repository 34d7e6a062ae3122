"""The script as bytes: the newest one, and every one that a page may have pinned by its digest."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "script"
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Script:
    """One version: its bytes, also packed, its name in an address, and what a browser checks."""

    body: bytes
    packed: bytes
    name: str
    integrity: str


def read(path: Path) -> Script:
    """The script in a file. Raises OSError."""
    body = path.read_bytes()
    digest = base64.b64encode(hashlib.sha384(body).digest()).decode()
    name = hashlib.sha256(body).hexdigest()[:DIGITS]
    return Script(body, gzip.compress(body, 9, mtime=0), name, f"sha384-{digest}")


NEWEST = read(FOLDER / "widgets.js")
PINNED = {found.name: found for found in (NEWEST, *map(read, FOLDER.glob("pinned/*.js")))}
"""By name. A release that changes the script first copies the old one to ``pinned/``."""
