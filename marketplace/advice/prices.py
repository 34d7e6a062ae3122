"""The price card: gross, VAT that stays, each aid with its certainty and source, net."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from flask_babel import format_date

from marketplace import money
from marketplace.contract.answers import Aid, Line
from marketplace.i18n import _


def price_lines(line: Line) -> Sequence[Mapping[str, object]]:
    """The rows of the card: gross, VAT that stays, each aid with certainty and source, net."""
    rows: list[Mapping[str, object]] = [
        {"label": _("Brutoprijs, zonder btw"), "cents": line.gross_cents, "kind": "gross"}
    ]
    if line.vat_cents:
        label = _("Btw die u niet terugkrijgt")
        rows.append({"label": label, "cents": line.vat_cents, "kind": "vat"})
    for aid in line.aid:
        rows.append(
            {
                "label": aid.title or aid.rule,
                "cents": -aid.cents if aid.cents else aid.cents,
                "certainty": aid.certainty,
                **_source(aid),
                "note": _wage_note(aid),
                "kind": "aid",
            }
        )
    return [*rows, {"label": _("Netto voor u"), "cents": line.net_cents, "kind": "net"}]


def _source(aid: Aid) -> Mapping[str, object]:
    """Where the rule stands and when somebody last looked; an address becomes a link."""
    if not aid.source:
        return {}
    is_address = aid.source.startswith("https://")
    shown = urlsplit(aid.source).hostname if is_address else aid.source
    if aid.checked_on:
        day = format_date(aid.checked_on, "d MMMM y")
        shown = _("%(source)s, nagekeken op %(day)s", source=shown, day=day)
    return {"source": shown, "source_url": aid.source if is_address else None}


def _wage_note(aid: Aid) -> str:
    return _("Komt op uw loonkosten, niet op de factuur.") if aid.wage_side else ""


def aid_note(aid: Aid) -> str | None:
    """What may still lower the cost but is not counted."""
    if aid.certainty == "certain" and aid.cents is not None and not aid.wage_side:
        return None
    if aid.cents is None:
        return _("mogelijk steun: %(title)s, bedrag niet bekend", title=aid.title or aid.rule)
    return _(
        "mogelijk %(cents)s: %(title)s", cents=money.euro(aid.cents), title=aid.title or aid.rule
    )
