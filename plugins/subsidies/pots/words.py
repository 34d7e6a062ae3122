"""A pot in Dutch: a row of a list, the facts of its page, a month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import url_for
from flask_babel import format_date

from marketplace.kit.i18n import _
from marketplace.kit.money import euro

from .figures import FEWEST, Month
from .models import Pot


def rows(pots: Iterable[Pot], endpoint: str, by_whom: bool = False) -> Sequence[Sequence[object]]:
    """One row per pot, with a link to its page; ``by_whom`` adds the federation."""
    return [
        [
            {"text": pot.title, "url": url_for(f"x_subsidies.{endpoint}", public_id=pot.public_id)},
            *([pot.organisation.name] if by_whom else []),
            _state(pot),
            euro(pot.total_cents),
            euro(pot.left_cents),
        ]
        for pot in pots
    ]


def facts(pot: Pot, titles: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """The terms by name; ``titles`` of offers by code, one that is gone is named by its code."""
    offers = [titles.get(code, code) for code in pot.offers]
    return [
        (_("Federatie"), pot.organisation.name),
        (_("De pot betaalt"), gives(pot)),
        (_("Start van de opleiding"), period(pot)),
        (_("Paritaire comités"), ", ".join(pot.joint_committees) or _("alle")),
        (_("Aanbod"), ", ".join(offers) or _("alle")),
        (_("Volgorde"), str(pot.stack_order)),
    ]


def gives(pot: Pot) -> str:
    """How much, in one or more sentences."""
    if pot.kind == "percentage":
        said = [_("%(percent)s %% van wat nog te betalen is.", percent=pot.percent)]
    else:
        said = [_("%(euro)s per deelnemer.", euro=euro(pot.amount_cents or 0))]
    if pot.training_cap_cents:
        said.append(_("Ten hoogste %(euro)s per opleiding.", euro=euro(pot.training_cap_cents)))
    if pot.employer_cap_cents:
        said.append(_("Ten hoogste %(euro)s per werkgever.", euro=euro(pot.employer_cap_cents)))
    return " ".join(said)


def period(pot: Pot) -> str:
    """From which first day of a training to which."""
    first, last = (format_date(day, "d MMMM y") for day in (pot.first_day, pot.last_day))
    return _("van %(first)s tot en met %(last)s", first=first, last=last)


def month(one: Month) -> Sequence[str]:
    """A row: the month, how many employers, how much."""
    few = _("minder dan %(fewest)s", fewest=FEWEST)
    return [
        format_date(one.first_day, "MMMM y"),
        few if one.employers is None else str(one.employers),
        _("niet getoond") if one.cents is None else euro(one.cents),
    ]


def _state(pot: Pot) -> Mapping[str, str]:
    if pot.closed is not None:
        return {"tag": _("gesloten"), "tone": "neutral"}
    return {"tag": _("open"), "tone": "ok"} if pot.left_cents else {"tag": _("leeg")}
