"""The price card on the screen: its rows in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import format_date

from marketplace import money
from marketplace.contract.answers import Aid, Line
from marketplace.i18n import _
from marketplace.pricing.calculator import APART, Deadline, PriceCard, Row, counts, price_card
from marketplace.reference import vat_treatment

Shown = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PriceView:
    """The price of one line, ready to print. ``aid`` None: possible, nothing is certain.

    ``rows`` lead to the net price; ``apart`` is told and not counted.
    """

    rows: Sequence[Shown]
    apart: Sequence[Shown]
    aid: int | None
    hints: Sequence[str]
    deadlines: Sequence[Deadline]


def price_view(line: Line, recoverable: bool | None) -> PriceView:
    """The price of a line for an employer who gets VAT back, does not, or did not say."""
    card = price_card(line.gross_cents, line.aid, line.refused, line.vat, recoverable)
    unsure = any(not counts(aid) and not aid.wage_side for aid in line.aid)
    return PriceView(
        rows=[_shown(row, card) for row in card.rows if _worth_a_row(row, card)],
        apart=[_shown(row, card) for row in card.rows if row.kind in APART],
        aid=None if unsure and not card.aid_cents else card.aid_cents,
        hints=[_hint(aid) for aid in line.aid if not counts(aid)],
        deadlines=card.deadlines,
    )


def _worth_a_row(row: Row, card: PriceCard) -> bool:
    """On the screen a sum that only repeats the net price is left out, and VAT on nothing."""
    if row.kind == "vat":
        return bool(card.rows[0].cents)
    if row.kind in {"now", "after_claims"}:
        return row.cents != card.net_cents
    return row.kind not in APART


def _shown(row: Row, card: PriceCard) -> Shown:
    if row.aid is None:
        kind = "net" if row.kind in {"net", "net_unrecovered"} else row.kind
        return {"kind": kind, "cents": row.cents, **_words(row.kind, card)}
    aid = row.aid
    return {
        "kind": row.kind,
        "label": aid.title or aid.rule,
        "cents": row.cents,
        "text": _range(row.cents, row.most_cents),
        "certainty": aid.certainty,
        "note": _note(row.kind, aid),
        "deadline": aid.apply_by,
        "more": safe_address(aid.more),
        **_source(aid),
    }


def _words(kind: str, card: PriceCard) -> Shown:
    """The label of a row that is no aid, and its note."""
    if kind == "vat":
        return _vat_words(card)
    labels = {
        "gross": _("Brutoprijs, zonder btw"),
        "now": _("U betaalt op de factuur"),
        "after_claims": _("Na wat u terugvraagt"),
        "vat_back": _("Btw die u terugkrijgt"),
        "net": _("Netto voor u"),
        "net_unrecovered": _("Netto als u de btw niet terugkrijgt"),
    }
    return {"label": labels[kind]}


def _vat_words(card: PriceCard) -> Shown:
    if card.vat is None:
        return {"label": _("Btw"), "note": _not_reviewed(card)}
    treatment = vat_treatment(card.vat)
    if not treatment.percent:
        return {"label": _("Btw"), "note": treatment.reason}
    notes = {
        True: _("U betaalt de btw op de factuur en krijgt ze terug."),
        False: _("U krijgt de btw niet terug. Daarom telt ze mee."),
        None: _("We weten niet of u de btw terugkrijgt. Daarom ziet u twee nettoprijzen."),
    }
    label = _("Btw, %(percent)s %%", percent=treatment.percent)
    return {"label": label, "note": notes[card.recoverable]}


def _not_reviewed(card: PriceCard) -> str:
    if card.vat_cents is None:
        return _("Nog niet nagekeken, dus niet meegeteld.")
    return _("Nog niet nagekeken. Wij rekenen voorzichtig het gewone tarief.")


def _note(kind: str, aid: Aid) -> str:
    if aid.cents is None and aid.contact:
        return _("Mogelijk; bedrag niet bekend; vraag na bij %(contact)s.", contact=aid.contact)
    notes = {
        "claim": _("U betaalt eerst de factuur en vraagt dit daarna terug."),
        "possible": _("Eerst na te kijken, dus niet meegeteld."),
        "wage": _("Komt op uw loonkosten, niet op de factuur."),
    }
    return notes.get(kind, "")


def _range(cents: int | None, most_cents: int | None) -> str | None:
    """The text of an amount that has an upper end; None for any other."""
    if most_cents is None or most_cents == cents:
        return None
    if cents is None:
        return _("ten hoogste %(most)s", most=money.euro(most_cents))
    return _("%(least)s tot %(most)s", least=money.plain(cents), most=money.euro(most_cents))


def _source(aid: Aid) -> Shown:
    """Where the rule stands and when somebody last looked; an address becomes a link."""
    if not aid.source:
        return {}
    is_address = aid.source.startswith("https://")
    shown = urlsplit(aid.source).hostname if is_address else aid.source
    if aid.checked_on:
        day = format_date(aid.checked_on, "d MMMM y")
        shown = _("%(source)s, nagekeken op %(day)s", source=shown, day=day)
    return {"source": shown, "source_url": aid.source if is_address else None}


def safe_address(more: str | None) -> str | None:
    """Only a page of this site or a safe address is a link; a plugin may write anything."""
    local = bool(more) and str(more).startswith("/") and not str(more).startswith(("//", "/\\"))
    return more if more and (local or more.startswith("https://")) else None


def _hint(aid: Aid) -> str:
    """What may still lower the cost but is not counted."""
    title = aid.title or aid.rule
    amount = _range(aid.cents, aid.most_cents)
    if amount is None and aid.cents is None:
        return _("mogelijk steun: %(title)s, bedrag niet bekend", title=title)
    return _(
        "mogelijk %(cents)s: %(title)s", cents=amount or money.euro(aid.cents or 0), title=title
    )
