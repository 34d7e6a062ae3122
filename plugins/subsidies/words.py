"""The amount, period, deadline and confidence of a rule in Dutch, made from its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import format_date

from marketplace.kit.i18n import _, lazy_
from marketplace.kit.money import euro

from .records import Amount, Apply, Band, Record

GROUPS: Mapping[str, object] = {
    "kmo": lazy_("Kmo-portefeuille"),
    "sector": lazy_("Fondsen van de sectoren"),
    "brussel": lazy_("Brussel"),
    "verlof": lazy_("Opleidingsverlof en opleiding op de werkvloer"),
    "premies": lazy_("Andere premies"),
}
"""The headings of the page, in their order."""

CONFIDENCES: Mapping[str, object] = {
    "A": lazy_("Officiële bron, actueel"),
    "B": lazy_("Goede tweede bron, met datum"),
    "C": lazy_("Oude bron: het kan veranderd zijn"),
    "M": lazy_("Niet bevestigd: vraag het zeker na"),
}


def amount(record: Record) -> str:
    """One sentence on how much; an unknown amount is said to be unknown."""
    found = record.amount
    if found.kind == "none":
        return _("Geen steun meer.")
    if found.kind == "unknown":
        return _("Mogelijk; bedrag niet bekend; vraag na bij %(contact)s.", contact=record.contact)
    parts = [SAID[found.kind](found)]
    if record.stacking.base == "gross":
        parts.append(_("Gerekend op de hele prijs, ook na andere steun."))
    if found.hour_cap_cents:
        parts.append(_("Ten hoogste %(euro)s per uur vorming.", euro=euro(found.hour_cap_cents)))
    if found.hours_cap:
        parts.append(_("Ten hoogste %(hours)s uur per deelnemer.", hours=found.hours_cap))
    if found.cap_cents:
        parts.append(_("Ten hoogste %(euro)s per opleiding.", euro=euro(found.cap_cents)))
    if cap := record.stacking.year_cap_cents:
        parts.append(_("Ten hoogste %(euro)s per werkgever per jaar.", euro=euro(cap)))
    return " ".join(parts)


def _money(found: Amount) -> str:
    least = euro(found.cents or 0)
    if found.most_cents is None:
        return least
    return _("%(least)s tot %(most)s", least=least, most=euro(found.most_cents))


def _percentage(found: Amount) -> str:
    if found.most_percent is None:
        return _("%(percent)s %% van de prijs zonder btw.", percent=found.percent)
    return _(
        "%(least)s tot %(most)s %% van de prijs zonder btw.",
        least=found.percent,
        most=found.most_percent,
    )


def _table(found: Amount) -> str:
    return " ".join([_band(band) for band in found.bands])


def _band(band: Band) -> str:
    given = euro(band.cents or 0) if band.percent is None else f"{band.percent} %"
    if band.up_to is None:
        return _("Daarboven: %(given)s.", given=given)
    return _("Tot en met %(end)s: %(given)s.", end=band.up_to, given=given)


SAID: Mapping[str, Callable[[Amount], str]] = {
    "hourly": lambda found: _("%(euro)s per uur per deelnemer.", euro=_money(found)),
    "per_participant": lambda found: _("%(euro)s per deelnemer.", euro=_money(found)),
    "fixed": lambda found: _("%(euro)s per opleiding.", euro=_money(found)),
    "percentage": _percentage,
    "table": _table,
}
"""How much, by kind of amount."""


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


def deadline(apply: Apply) -> str:
    """Until when to ask for it; empty when the source does not say."""
    if apply.until:
        return _("Ten laatste op %(day)s.", day=_day(apply.until))
    if apply.days_after_start is not None:
        return _("Ten laatste %(days)s dagen na de start.", days=apply.days_after_start)
    if apply.days_before_start is not None:
        return _("Minstens %(days)s dagen vóór de start.", days=apply.days_before_start)
    return ""


def certainty(record: Record) -> str:
    """Whether it lowers the price, in a sentence."""
    if record.amount.kind == "none":
        return _("Deze steun bestaat niet meer.")
    if record.wage_side:
        return _("Steun op loon: ze gaat nooit van de factuur af.")
    if record.confirm:
        return _("Mogelijk. Zeker als u onze vraag erover met ja beantwoordt.")
    return _("Mogelijk. Wij trekken deze steun niet van de prijs af.")


def _day(day: date) -> str:
    text: str = format_date(day, "d MMMM y")
    return text
