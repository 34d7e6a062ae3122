"""Make a stored advice again from its own sources, and compare the two byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from marketplace.advice import snapshot, sources
from marketplace.advice.models import Advice
from marketplace.advice.snapshot import Document
from marketplace.contract.answers import Recommendation
from marketplace.contract.values import Json
from marketplace.host import ask


class NotTheSame(Exception):
    """The advice cannot be made again, or not as it was; the message says where, in English."""


class NoSources(NotTheSame):
    """The advice was given before answers kept their sources."""


def replay(advice: Advice) -> dict[str, Json]:
    """The document made again, equal to the stored one in every byte. Raises NotTheSame.

    Titles are the stored ones: a provider may have taken another name since.
    """
    document = cast(Document, advice.document)
    if snapshot.digest(document) != advice.digest:
        raise NotTheSame(f"the stored document is not the one with digest {advice.digest}")
    if not document.get("sources"):
        raise NoSources("given before answers kept their sources; it cannot be made again")
    again = _again(document)
    if where := first_difference(document, again):
        raise NotTheSame(where)
    return again


def _again(document: Document) -> dict[str, Json]:
    try:
        kept = sources.load(document)
    except sources.SourceLost as error:
        raise NotTheSame(str(error)) from None
    request, salt = snapshot.request_of(document), str(document["salt"])
    answer = ask.first("replay", request=request, salt=salt, sources=kept)
    if not isinstance(answer, Recommendation):
        raise NotTheSame("no plugin made the answer again")
    titles = cast(Mapping[str, Json], document["titles"])
    digests = cast(Mapping[str, str], document["sources"])
    return snapshot.document_of(request, salt, answer, titles, digests)


def first_difference(stored: Json, again: Json, path: str = "") -> str | None:
    """The path of the first value that differs, with both values; None when all bytes agree."""
    if isinstance(stored, Mapping) and isinstance(again, Mapping):
        for key in sorted({*stored, *again}):
            here = f"{path}.{key}" if path else key
            if key not in stored or key not in again:
                return f"{here}: {'only replayed' if key in again else 'only stored'}"
            if found := first_difference(stored[key], again[key], here):
                return found
        return None
    if _is_list(stored) and _is_list(again):
        return _in_list(cast(Sequence[Json], stored), cast(Sequence[Json], again), path)
    one, two = snapshot.canonical(stored), snapshot.canonical(again)
    return None if one == two else f"{path}: stored {_short(one)}, replayed {_short(two)}"


def _in_list(stored: Sequence[Json], again: Sequence[Json], path: str) -> str | None:
    for index, (one, two) in enumerate(zip(stored, again, strict=False)):
        if found := first_difference(one, two, f"{path}[{index}]"):
            return found
    if len(stored) != len(again):
        return f"{path}: stored {len(stored)} items, replayed {len(again)}"
    return None


def _is_list(value: Json) -> bool:
    return isinstance(value, list | tuple)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
