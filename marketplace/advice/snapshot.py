"""The stored document of an advice: from values to canonical JSON, and back to a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import cast

from marketplace.contract.answers import Aid, Bundle, Line, Miss, Recommendation
from marketplace.contract.values import Json, Label, Reason, RequestFacts
from marketplace.requests.file import read_request, write_request

Document = Mapping[str, Json]
NOT_PUBLISHED = frozenset({"version_id", "participants", "vat", "value_bound", "screened"})
"""What is stored of an answer and not printed by ``flask advise``."""


def document_of(
    request: RequestFacts,
    salt: str,
    answer: Recommendation,
    titles: Mapping[str, Json],
    sources: Mapping[str, str],
) -> dict[str, Json]:
    """Everything needed to show, explain and replay the advice.

    ``titles`` are those of ``titles_of``, ``sources`` the digest of each source by name.
    """
    return {
        "request": write_request(request),
        "asked_on": request.asked_on.isoformat() if request.asked_on else None,
        "salt": salt,
        "answer": full_answer(answer),
        "titles": dict(titles),
        "sources": dict(sources),
    }


def titles_of(labels: Mapping[str, Label]) -> dict[str, Json]:
    """Who stood behind each offer version on the day of the advice."""
    titles = {label.version_id: plain(asdict(label)) for label in labels.values()}
    return dict(sorted(titles.items()))


def canonical(document: Json) -> str:
    """The one text of a document: sorted keys, no spaces, so equal documents are equal bytes."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(document: Json) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def full_answer(answer: Recommendation) -> dict[str, Json]:
    """The answer with the version of each offer, as it is stored."""
    return {
        "optimal": answer.optimal,
        "catalogue_version": answer.catalogue_version,
        "rules_version": answer.rules_version,
        "silent_sources": list(answer.silent_sources),
        "bundle": _bundle(answer.bundle),
        "uncovered": [{"need": miss.need, "reasons": _reasons(miss)} for miss in answer.uncovered],
        "alternatives": [
            {"kind": kind, "bundle": _bundle(bundle)} for kind, bundle in answer.alternatives
        ],
        "near_misses": [plain(asdict(miss)) for miss in answer.near_misses],
        "what_if": [plain(asdict(step)) for step in answer.what_if],
        "value_bound": answer.value_bound,
        "curve": [plain(asdict(step)) for step in answer.curve],
        "certificates": [plain(asdict(one)) for one in answer.certificates],
        "screened": [plain(asdict(one)) for one in answer.screened],
    }


def public_answer(answer: Recommendation) -> Json:
    """The answer in the published format of ``flask advise`` (docs/advice.md)."""
    return _without(full_answer(answer), NOT_PUBLISHED)


def lines_of(document: Document) -> tuple[Line, ...]:
    """The chosen lines of a stored advice, as values."""
    answer = cast(Mapping[str, Json], document["answer"])
    bundle = cast(Mapping[str, Json], answer["bundle"])
    return tuple(
        line_from(cast(Mapping[str, Json], line)) for line in cast(Sequence[Json], bundle["lines"])
    )


def request_of(document: Document) -> RequestFacts:
    """The request as it was frozen, as values."""
    request = read_request(document["request"])
    asked_on = document["asked_on"]
    return replace(request, asked_on=date.fromisoformat(str(asked_on)) if asked_on else None)


def _bundle(bundle: Bundle) -> Json:
    return plain(asdict(bundle))


def _reasons(miss: Miss) -> Json:
    return [plain(asdict(reason)) for reason in miss.reasons]


def plain(value: object) -> Json:
    """JSON of a value: dates as ISO text, tuples as lists; everything else is JSON already."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else cast(Json, value)


def _without(value: Json, keys: frozenset[str]) -> Json:
    if isinstance(value, Mapping):
        kept = {key: item for key, item in value.items() if key not in keys}
        if not kept.get("vat_cents"):  # only VAT that is a cost explains a net price
            kept.pop("vat_cents", None)
        return {key: _without(item, keys) for key, item in kept.items()}
    return [_without(item, keys) for item in value] if isinstance(value, list) else value


def line_from(stored: Mapping[str, Json]) -> Line:
    """A stored line, of an advice or an order, as a value; what an older one lacks is unknown."""
    fields: dict[str, object] = dict(stored)
    fields["needs"] = tuple(cast(Sequence[str], stored["needs"]))
    fields["start"] = date.fromisoformat(str(stored["start"]))
    fields["aid"] = tuple(_aid(aid) for aid in cast(Sequence[Mapping[str, Json]], stored["aid"]))
    for key in ("reasons", "refused"):
        fields[key] = tuple(
            Reason(str(reason["code"]), cast(Mapping[str, Json], reason["facts"]))
            for reason in cast(Sequence[Mapping[str, Json]], stored.get(key, ()))
        )
    return Line(**fields)  # type: ignore[arg-type]


def _aid(stored: Mapping[str, Json]) -> Aid:
    fields: dict[str, object] = dict(stored)
    for key in ("checked_on", "apply_by"):
        day = stored.get(key)
        fields[key] = date.fromisoformat(str(day)) if day else None
    return Aid(**fields)  # type: ignore[arg-type]
