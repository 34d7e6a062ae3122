"""Keep what an answer was made of, each text once under its digest, and give it back checked."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping
from typing import cast

from sqlalchemy import select, text

from marketplace.advice.models import AdviceSource
from marketplace.advice.snapshot import Document
from marketplace.db import db

ADD = text(
    "INSERT INTO advice_sources (digest, name, body) VALUES (:digest, :name, :body)"
    " ON CONFLICT DO NOTHING"
)


class SourceLost(LookupError):
    """A source of an advice is gone or is not what it was; the message names it, in English."""


def digests_of(sources: Mapping[str, str]) -> dict[str, str]:
    """Name to SHA-256 of the text: what the document of an advice holds of its sources."""
    return {name: _digest(body) for name, body in sorted(sources.items())}


def keep(sources: Mapping[str, str]) -> None:
    """Store the texts that are not there yet, in the transaction in hand.

    In the order of their digests, so that two advices with the same new sources wait for each
    other and neither fails.
    """
    wanted = {_digest(body): (name, body) for name, body in sorted(sources.items())}
    known = set(
        db.session.scalars(select(AdviceSource.digest).where(AdviceSource.digest.in_(wanted)))
    )
    rows = [
        {"digest": digest, "name": name[:120], "body": zlib.compress(body.encode())}
        for digest, (name, body) in sorted(wanted.items())
        if digest not in known
    ]
    if rows:
        db.session.execute(ADD, rows)


def load(document: Document, wanted: Callable[[str], bool] = bool) -> dict[str, str]:
    """The sources of a stored advice by name, those ``wanted``; an older advice has none.

    Raises SourceLost when one is gone or does not have its digest any more.
    """
    held = cast(Mapping[str, str], document.get("sources", {}))
    asked = {name: digest for name, digest in held.items() if wanted(name)}
    rows = db.session.scalars(
        select(AdviceSource).where(AdviceSource.digest.in_(set(asked.values())))
    )
    bodies = {row.digest: row.body for row in rows}
    return {name: _checked(name, digest, bodies.get(digest)) for name, digest in asked.items()}


def _checked(name: str, digest: str, body: bytes | None) -> str:
    if body is None:
        raise SourceLost(f"source {name} is gone")
    try:
        found = zlib.decompress(body).decode()
    except (zlib.error, UnicodeDecodeError):
        raise SourceLost(f"source {name} cannot be read") from None
    if _digest(found) != digest:
        raise SourceLost(f"source {name} was changed")
    return found


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
