"""The manifest of a plugin, ``plugin.toml``: read and judged before any of its code runs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields

API = 1
"""The level of the contract. It rises only when a plugin written for it would break."""

SCOPES = ("deployment", "federation")
_ID = re.compile(r"[a-z][a-z0-9]{1,19}")


class ManifestError(ValueError):
    """The manifest cannot be used; the message says why, for the list of plugins."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a plugin says about itself.

    ``order`` decides who is asked first (low first). ``default`` is the switch before anybody
    touched it. A plugin of scope ``federation`` can be switched by each federation for itself.
    ``needs`` names plugins without which this one is left out.
    """

    id: str
    title: str
    version: str
    api: int
    scope: str = "deployment"
    order: int = 100
    default: bool = True
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nl",)
    personal_data: bool = False


def read(text: str) -> Manifest:
    """The manifest in this TOML text. Raises ManifestError with the reason."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"plugin.toml is not TOML: {error}") from None
    _refuse_unknown(found)
    values = {key: _typed(key, value) for key, value in found.items()}
    return _judged(Manifest(**values))  # type: ignore[arg-type]


def _refuse_unknown(found: Mapping[str, object]) -> None:
    known = {field.name for field in fields(Manifest)}
    if unknown := sorted(set(found) - known):
        raise ManifestError(f"unknown key: {', '.join(unknown)}")
    if missing := sorted({"id", "title", "version", "api"} - set(found)):
        raise ManifestError(f"missing key: {', '.join(missing)}")


def _typed(key: str, value: object) -> object:
    wanted = {"api": int, "order": int, "default": bool, "personal_data": bool}.get(key, str)
    if key in {"needs", "languages"}:
        if isinstance(value, list) and all(type(part) is str for part in value):
            return tuple(value)
        raise ManifestError(f"{key} must be a list of texts")
    if type(value) is not wanted:
        raise ManifestError(f"{key} must be {wanted.__name__}, not {type(value).__name__}")
    return value


def _judged(manifest: Manifest) -> Manifest:
    if manifest.api != API:
        raise ManifestError(f"api {manifest.api}: this house speaks api {API}")
    if not _ID.fullmatch(manifest.id) or manifest.id == "core":
        raise ManifestError(f"id {manifest.id!r}: 2 to 20 small letters and digits, letter first")
    if manifest.scope not in SCOPES:
        raise ManifestError(f"scope {manifest.scope!r}: must be {' or '.join(SCOPES)}")
    for key in ("title", "version"):
        text = getattr(manifest, key)
        if not text.isprintable() or not 0 < len(text) <= 80:
            raise ManifestError(f"{key} must be one line of 1 to 80 characters")
    return manifest
