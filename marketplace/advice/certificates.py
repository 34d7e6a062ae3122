"""Why an offer was not chosen: one sentence from the figures of its certificate, or one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from flask_babel import LazyString

from marketplace.advice import snapshot
from marketplace.advice.reasons import Texts, Told, Translation, told
from marketplace.advice.screening import Screened, offers_of, screened
from marketplace.advice.snapshot import Document
from marketplace.contract.values import Json, Reason
from marketplace.i18n import lazy_

SENTENCES: Sequence[tuple[str, tuple[str, ...], LazyString]] = (
    (
        "dominated",
        ("by", "by_value", "value"),
        lazy_("Punten {value}. {by} haalt er {by_value}, voor niet meer geld of uren."),
    ),
    ("dominated", ("by",), lazy_("{by} is minstens even goed, voor niet meer geld of uren.")),
    (
        "dominated",
        (),
        lazy_("Een ander aanbod is minstens even goed, voor niet meer geld of uren."),
    ),
    (
        "not-in-optimum",
        ("gap", "gap_cents"),
        lazy_("Kost {gap_cents} meer dan uw budget toelaat en vraagt {gap} uur te veel."),
    ),
    ("not-in-optimum", ("gap_cents",), lazy_("Kost {gap_cents} meer dan uw budget toelaat.")),
    ("not-in-optimum", ("gap",), lazy_("Vraagt {gap} uur meer dan u kunt vrijmaken.")),
    ("not-in-optimum", ("by_value", "value"), lazy_("Punten {value}, gekozen: {by_value}.")),
    ("not-in-optimum", ("regret",), lazy_("Uw hele plan zou {regret} punten minder waard zijn.")),
    ("not-in-optimum", (), lazy_("Samen met de andere noden is een ander pakket meer waard.")),
    ("blocked", ("with",), lazy_("Past niet samen met {with}.")),
    ("blocked", ("requires",), lazy_("Kan alleen samen met {requires}.")),
    ("blocked", ("left",), lazy_("Er zijn nu te weinig plaatsen vrij: {left}.")),
    ("blocked", ("cap_cents",), lazy_("De steun is begrensd op {cap_cents} en is al op.")),
    ("blocked", (), lazy_("Gaat niet samen met de rest van uw plan.")),
)
"""Kind, the figures a sentence needs, the sentence: the first whose figures are all there holds.
A plugin that gives a text for the kind itself comes before all of them."""
OFFERS = ("by", "with", "requires")
"""Figures that name another offer."""


def in_a_sentence(
    kind: str,
    figures: Mapping[str, Json],
    titles: Mapping[str, str],
    known: Texts,
    translation: Translation | None = None,
) -> Told:
    """The sentence of one certificate. ``titles`` gives slugs a name that people know."""
    named = {
        key: f"“{titles.get(str(value), value)}”" if key in OFFERS else value
        for key, value in figures.items()
        if value is not None
    }
    if kind in known:
        return told(Reason(kind, named), known, translation)
    for one, needed, text in SENTENCES:
        if one == kind and named.keys() >= set(needed):
            return told(Reason(kind, named), {kind: str(text)}, None)
    return told(Reason(kind, named), known, None)


def named_offers(stored: Mapping[str, Json]) -> list[str]:
    """The slugs of the offers that the figures of a stored certificate name."""
    figures = cast(Mapping[str, Json], stored.get("facts", {}))
    return [str(figures[key]) for key in OFFERS if figures.get(key) is not None]


def report(document: Document, sources: Mapping[str, str]) -> Iterator[str]:
    """One line per candidate: needs, offer, what became of it, its figures; between them a tab.

    Without the sources that name the offers, those that fail are counted per condition.
    """
    answer = cast(Mapping[str, Json], document["answer"])
    bundle = cast(Mapping[str, Json], answer["bundle"])
    for line in cast(Sequence[Mapping[str, Json]], bundle["lines"]):
        yield _row(line, "chosen")
    for one in cast(Sequence[Mapping[str, Json]], answer.get("certificates", [])):
        yield _row(one, str(one["kind"]), snapshot.canonical(one["facts"]))
    request = cast(Mapping[str, Json], document["request"])
    topics = {
        str(need["id"]): str(need["topic"])
        for need in cast(Sequence[Mapping[str, Json]], request["needs"])
    }
    for need, found in screened(document).items():
        yield from _refused(found, offers_of(found, topics[need], sources))


def _refused(found: Screened, offers: Sequence[Mapping[str, Json]] | None) -> Iterator[str]:
    if offers is None:
        for code, count in found.counts().items():
            yield "\t".join([found.need, f"{count} offers", "ineligible", code])
        return
    codes: dict[str, list[str]] = {}
    for code in sorted(found.refused):
        for offer in found.failing(code, offers):
            codes.setdefault(str(offer["slug"]), []).append(code)
    for slug, failed in sorted(codes.items()):
        yield "\t".join([found.need, slug, "ineligible", " ".join(failed)])


def _row(one: Mapping[str, Json], *rest: str) -> str:
    return "\t".join(["+".join(cast(Sequence[str], one["needs"])), str(one["offer"]), *rest])
