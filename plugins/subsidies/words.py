"""The amount and the period of a rule in Dutch, made from its data."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date

from marketplace.kit.i18n import _
from marketplace.kit.money import euro

from .records import Record


def amount(record: Record) -> str:
    """One sentence on how much; an unknown amount is said to be unknown."""
    found = record.amount
    if found.kind == "none":
        return _("Geen steun meer.")
    if found.kind == "percentage":
        parts = [_("%(percent)s %% van de prijs zonder btw.", percent=found.percent)]
    elif found.kind == "hourly":
        parts = [_("%(euro)s per uur per deelnemer.", euro=euro(found.cents or 0))]
    elif found.kind == "per_participant":
        parts = [_("%(euro)s per deelnemer.", euro=euro(found.cents or 0))]
    else:
        return _("Bedrag niet bekend.")
    if found.hour_cap_cents:
        parts.append(_("Ten hoogste %(euro)s per uur vorming.", euro=euro(found.hour_cap_cents)))
    if found.hours_cap:
        parts.append(_("Ten hoogste %(hours)s uur per deelnemer.", hours=found.hours_cap))
    if found.cap_cents:
        parts.append(_("Ten hoogste %(euro)s per opleiding.", euro=euro(found.cap_cents)))
    if cap := record.stacking.year_cap_cents:
        parts.append(_("Ten hoogste %(euro)s per werkgever per jaar.", euro=euro(cap)))
    return " ".join(parts)


def period(record: Record) -> str:
    """From when to when it counts, by the first day of the action."""
    if record.valid_from and record.valid_to:
        return _(
            "Voor een start van %(first)s tot en met %(last)s.",
            first=_day(record.valid_from),
            last=_day(record.valid_to),
        )
    if record.valid_from:
        return _("Voor een start vanaf %(first)s.", first=_day(record.valid_from))
    if record.valid_to:
        return _("Voor een start tot en met %(last)s.", last=_day(record.valid_to))
    return _("De bron noemt geen begin- of einddatum.")


def _day(day: date) -> str:
    text: str = format_date(day, "d MMMM y")
    return text
