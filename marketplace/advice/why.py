"""Every offer that was looked at for one need: chosen, not chosen and why, or ineligible."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from marketplace.advice import sources
from marketplace.advice.page import Reader, Stored, needs_in
from marketplace.advice.reasons import Told, told
from marketplace.advice.screening import Screened, is_offers, offers_of, screened
from marketplace.catalogue import services as catalogue
from marketplace.contract.values import Label, Reason
from marketplace.errors import NotFound
from marketplace.i18n import _
from marketplace.web.pages import Page

PER_PAGE = 50
SENTENCE = re.compile(r"[^.]+\.?")
FACT = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One offer with its sentences; title and provider are None when nobody knows them any more."""

    slug: str
    title: str | None
    owner: str
    provider: str | None
    reasons: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that offers fail, and how many do."""

    code: str
    text: Told
    count: int


@dataclass(frozen=True, slots=True)
class Why:
    """The page. ``rows`` are the offers that could serve and were not chosen, or those that fail
    the condition ``shown``; ``named`` says whether the offers of a condition can be listed.
    """

    need: str
    looked_at: int | None
    eligible: int
    chosen: Sequence[Candidate]
    rows: Page[Candidate]
    conditions: Sequence[Condition]
    shown: Condition | None
    named: bool


def for_need(reader: Reader, need: str, code: str | None, number: int) -> Why:
    """Everything about one need. Raises NotFound for an unknown need or condition."""
    if need not in reader.needs:
        raise NotFound(need)
    found = screened(reader.document).get(need)
    conditions = _conditions(reader, found)
    shown = next((one for one in conditions if one.code == code), None)
    if code and not shown:
        raise NotFound(code)
    failing = _failing(reader, found, code) if found and code else None
    lines = [line for line in _lines(reader) if need in needs_in(line)]
    return Why(
        need=reader.need_text(need),
        looked_at=found.looked_at if found else None,
        eligible=found.eligible if found else 0,
        chosen=[_candidate(reader, line, reader.titles) for line in lines],
        rows=_page(reader, _rivals(reader, need) if failing is None else failing, number),
        conditions=conditions,
        shown=shown,
        named=any(map(is_offers, cast(Stored, reader.document.get("sources", {})))),
    )


def _lines(reader: Reader) -> Sequence[Stored]:
    return cast(Sequence[Stored], reader.bundle["lines"])


def _rivals(reader: Reader, need: str) -> Sequence[Stored]:
    """The certificates of a need; an older answer has only its near misses."""
    certificates = reader.listed("certificates")
    if certificates:
        return [one for one in certificates if need in needs_in(one)]
    return [miss for miss in reader.listed("near_misses") if miss["need"] == need]


def _failing(reader: Reader, found: Screened, code: str) -> Sequence[Stored]:
    topic = str(reader.needs[found.need]["topic"])
    try:
        offers = offers_of(found, topic, sources.load(reader.document, is_offers))
    except sources.SourceLost:
        offers = None
    return found.failing(code, offers) if offers else []


def _page(reader: Reader, rows: Sequence[Stored], number: int) -> Page[Candidate]:
    """One page of rows with the titles of these rows and of the offers they name, in one query."""
    number = min(number, max(1, -(-len(rows) // PER_PAGE)))
    window = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    versions = {str(one["offer"]): str(one["version_id"]) for one in rows if "offer" in one}
    compared = [cast(Stored, row["facts"]).get("by") for row in window if "facts" in row]
    named = {str(slug) for slug in compared if slug in versions}
    wanted = {str(row["version_id"]) for row in window} | {versions[slug] for slug in named}
    labels = catalogue.labels(wanted - reader.titles.keys())
    names = {slug: labels[versions[slug]].title for slug in named if versions[slug] in labels}
    titles = {**{version: _title(label) for version, label in labels.items()}, **reader.titles}
    views = [_candidate(reader, row, titles, names) for row in window]
    return Page(views, number, PER_PAGE, len(rows))


def _title(label: Label) -> Stored:
    return {"title": label.title, "owner": label.owner, "provider_name": label.provider_name}


def _candidate(
    reader: Reader,
    row: Stored,
    titles: Mapping[str, Stored],
    names: Mapping[str, str] | None = None,
) -> Candidate:
    title = titles.get(str(row["version_id"]), {})
    return Candidate(
        slug=str(row.get("offer") or row.get("slug")),
        title=cast("str | None", title.get("title")),
        owner=str(title.get("owner", "")),
        provider=cast("str | None", title.get("provider_name")),
        reasons=_reasons(reader, row, names),
    )


def _reasons(reader: Reader, row: Stored, names: Mapping[str, str] | None) -> Sequence[Told]:
    if "kind" in row:
        both = [Told(_("Voor deze en een andere nood samen."))] if len(needs_in(row)) > 1 else []
        return [*reader.certified(row, names), *both]
    return reader.said(row) if "reasons" in row else []


def _conditions(reader: Reader, found: Screened | None) -> Sequence[Condition]:
    counts = found.counts() if found else {}
    return [Condition(code, _in_general(reader, code), count) for code, count in counts.items()]


def _in_general(reader: Reader, code: str) -> Told:
    """The sentence of a condition without the figures of one offer.

    Its first part without figures; else its first part with dots for them.
    """
    reason = Reason(code)
    sentence = reader.known.get(code)
    if sentence is None:
        return told(reason, reader.known, None)
    language = "nl"
    if reader.translation and code in reader.translation.texts:
        sentence, language = reader.translation.texts[code], reader.translation.language
    parts = SENTENCE.findall(sentence.replace("{place}", reader.place()))
    bare = next((part for part in parts if not FACT.search(part)), None)
    if bare:
        return Told(bare.strip(), language)
    head, colon, _facts = parts[0].partition(": ")
    general = f"{head}: …" if colon else FACT.sub("…", head)
    return Told(general.replace("….", "…"), language)
