"""The line of an advice that a person wants to act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from flask_babel import format_date

from marketplace.advice.models import Advice
from marketplace.advice.page import LineView, Reader
from marketplace.advice.reasons import in_words, texts
from marketplace.advice.snapshot import Document, line_from, lines_of
from marketplace.contract.answers import Line
from marketplace.contract.values import Json
from marketplace.errors import NotFound
from marketplace.i18n import _
from marketplace.orders.models import Agreed

MOST_NOTE = 4000


def line_of(advice: Advice, version_id: str) -> Line:
    """The chosen line with this offer version. Raises NotFound when the advice has none."""
    for line in lines_of(cast(Document, advice.document)):
        if line.version_id == version_id:
            return line
    raise NotFound(version_id)


def price_of(agreed: Agreed) -> LineView:
    """The line that was agreed as it was shown then, with its price."""
    reader = Reader(cast(Document, agreed.advice.document), texts())
    return reader.line(line_from(agreed.line))


def hand_over_note(advice: Advice, line: Line) -> str:
    """A first text for the partner, from the needs only: the employer reads and changes it."""
    reader = Reader(cast(Document, advice.document), {})
    text = [_("Wij vragen uw aanbod “%(title)s” aan.", title=reader.line(line).title)]
    for need_id in line.needs:
        text.append("– " + reader.need_text(need_id) + _levels(reader.needs[need_id]))
        shifts = cast(Sequence[str], reader.needs[need_id].get("shifts") or [])
        if shifts:
            text.append(_("  Diensten: %(shifts)s.", shifts=in_words("shifts", list(shifts))))
    text.append(_("Plaats van het werk: %(place)s.", place=reader.place()))
    text.append(_("Gewenste start: vanaf %(day)s.", day=format_date(line.start, "d MMMM y")))
    return "\n".join(text)


def _levels(need: Mapping[str, Json]) -> str:
    group = cast(Mapping[str, Json], need["group"])
    begin, end = group.get("level_from"), group.get("level_to")
    return _(", van %(begin)s naar %(end)s", begin=begin, end=end) if begin and end else ""
