"""The offers for one need side by side: chosen ones first, then the near misses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask import url_for

from marketplace import money
from marketplace.advice.page import Reader, Stored
from marketplace.advice.reasons import Texts, in_words
from marketplace.advice.snapshot import Document
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.vocabulary import NATURES, OWNERS
from marketplace.contract.values import Json, Offer
from marketplace.errors import NotFound
from marketplace.i18n import _

MOST_COLUMNS = 4
"""More than four side by side cannot be read."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison macro takes: one column per offer, one property per row."""

    need: str
    offers: Sequence[Mapping[str, str]]
    properties: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Column:
    """One offer: its version as published, its words, and what the advice said of it."""

    offer: Offer
    title: Mapping[str, Json]
    verdict: str
    count: int


def for_need(document: Document, need_id: str, known: Texts) -> Comparison:
    """The comparison of one need. Raises NotFound when the request has no such need."""
    reader = Reader(document, known)
    if need_id not in reader.needs:
        raise NotFound(need_id)
    columns = _columns(reader, need_id)
    return Comparison(
        need=reader.need_text(need_id),
        offers=[
            {
                "title": str(column.title["title"]),
                "url": url_for("catalogue.offer", slug=column.offer.slug),
                "owner_word": _owner(column.title),
            }
            for column in columns
        ],
        properties=[_property(label(), [show(one) for one in columns]) for label, show in ROWS],
    )


def _columns(reader: Reader, need_id: str) -> list[Column]:
    bundle = cast(Sequence[Stored], reader.bundle["lines"])
    chosen = [line for line in bundle if need_id in cast(Sequence[str], line["needs"])]
    misses = cast(Sequence[Stored], reader.answer["near_misses"])
    near = [miss for miss in misses if miss["need"] == need_id]
    near = near[: MOST_COLUMNS - len(chosen)]
    versions = [str(row["version_id"]) for row in (*chosen, *near)]
    offers = catalogue.offers_by_version(versions)
    count = cast(int, cast(Stored, reader.needs[need_id]["group"])["count"])
    verdicts = [_("Gekozen in uw plan.")] * len(chosen)
    verdicts += [" ".join(reader.why_not(miss)) for miss in near]
    return [
        Column(offers[version], reader.titles[version], verdict, count)
        for version, verdict in zip(versions, verdicts, strict=True)
    ]


def _owner(title: Mapping[str, Json]) -> str:
    word = str(OWNERS[str(title["owner"])])
    return f"{word}: {title['provider_name']}"


def _property(label: str, values: Sequence[str]) -> Mapping[str, object]:
    return {"label": label, "values": values, "same": len(set(values)) == 1}


def _listed(name: str, codes: Sequence[str]) -> str:
    return in_words(name, list(codes)) if codes else _("geen voorwaarde")


def _gross(one: Column) -> str:
    return money.euro(catalogue.gross_cents(one.offer.price, one.count, one.offer.group_max))


def _levels(one: Column) -> str:
    if one.offer.level_from is None:
        return _("geen voorwaarde")
    return _("van %(begin)s tot %(end)s", begin=one.offer.level_from, end=one.offer.level_to)


def _group(one: Column) -> str:
    if one.offer.group_max is None:
        return _("vanaf %(least)d", least=one.offer.group_min)
    return _("%(least)d tot %(most)d", least=one.offer.group_min, most=one.offer.group_max)


ROWS: Sequence[tuple[Callable[[], str], Callable[[Column], str]]] = (
    (lambda: _("In dit advies"), lambda one: one.verdict),
    (lambda: _("Soort"), lambda one: str(NATURES[one.offer.nature])),
    (lambda: _("Brutoprijs voor uw groep"), _gross),
    (
        lambda: _("Vrij te maken uren"),
        lambda one: _("%(hours)d uur", hours=one.offer.hours * one.count),
    ),
    (lambda: _("Niveau"), _levels),
    (lambda: _("Diensten"), lambda one: _listed("shifts", one.offer.shifts)),
    (lambda: _("Waar"), lambda one: _listed("modes", one.offer.modes)),
    (lambda: _("Groep"), _group),
    (lambda: _("Duur"), lambda one: _("%(weeks)d weken", weeks=one.offer.weeks)),
    (
        lambda: _("Wachttijd"),
        lambda one: _("%(days)d dagen", days=one.offer.lead_days),
    ),
)
