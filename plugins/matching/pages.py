"""The page "Hoe wij rangschikken", made from the weights and rules that are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from flask import Blueprint, render_template

from marketplace.contract.rules import Rule
from marketplace.kit.ask import ask
from marketplace.kit.i18n import _

from .fit import FAR_KM, LATE_DAYS, NEAR_KM, NOT_STATED, SOON_DAYS, WEIGHTS
from .hold import current

blueprint = Blueprint("matching", __name__)


def title() -> str:
    """The name of the page."""
    return _("Hoe wij rangschikken")


@blueprint.get("/")
def ranking() -> str:
    """Conditions, weights and the tie rule, in plain Dutch."""
    book = current().book
    return render_template(
        "@matching/ranking.html",
        title=title(),
        not_stated=[(part_names()[name], share // 10) for name, share in NOT_STATED.items()],
        weights=[(part_names()[name], points) for name, points in WEIGHTS.items()],
        slopes={"near": NEAR_KM, "far": FAR_KM, "soon": SOON_DAYS, "late": LATE_DAYS},
        rules=by_effect(book.rules),
        situations="situation" in WEIGHTS,
        sentences=_sentences(),
        version=book.version,
    )


def by_effect(rules: Sequence[Rule]) -> Mapping[str, Sequence[Rule]]:
    """The rules under refuse, prefer and note; the heaviest preference first."""
    ordered = sorted(rules, key=lambda rule: -rule.weight)
    return {
        effect: [rule for rule in ordered if rule.effect == effect]
        for effect in ("refuse", "prefer", "note")
    }


def _sentences() -> Mapping[str, str]:
    """What each code means, in the words of the plugin whose rule it is."""
    found: dict[str, str] = {}
    for _plugin, sentences in ask("reason_texts", language="nl").values:
        found |= cast("Mapping[str, str]", sentences)
    return found


def part_names() -> Mapping[str, str]:
    """Each part of the fit as people read it."""
    return {
        "topic": _("Onderwerp: gaat het aanbod over uw vraag?"),
        "level": _("Niveau: brengt het de groep tot waar u wilt?"),
        "shift": _("Diensten: kan het in al uw diensten?"),
        "distance": _("Afstand: is het bij u, online of in de buurt?"),
        "start": _("Start: kan het snel beginnen?"),
        "group": _("Groep: past de grootte van uw groep?"),
        "sector": _("Sector: is het voor uw sector gemaakt?"),
        "language": _("Taal van de groep: is er vertaald materiaal?"),
        "situation": _("Uw situatie: past het bij wat u vertelde?"),
    }
