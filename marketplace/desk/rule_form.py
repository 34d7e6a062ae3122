"""The form of a consultant's rule. Criteria and cases are typed as JSON, as in a rule file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from marketplace.catalogue import shape
from marketplace.catalogue.faults import Fault, FileRefused
from marketplace.catalogue.rule_documents import Document
from marketplace.i18n import lazy_
from marketplace.web.forms import Choice, Day, Form, LongText, Text, Whole

EFFECTS = (
    ("refuse", lazy_("Ze weigert aanbod dat niet voldoet")),
    ("prefer", lazy_("Ze laat aanbod dat voldoet, voorgaan")),
    ("note", lazy_("Ze geeft uitleg bij aanbod dat voldoet")),
)
TYPED = ("when", "require", "passes", "fails")
"""Fields that hold JSON."""
MOST = 10_000


class RuleForm(Form):
    """A rule, its sentence and its two cases."""

    slug = Text(
        lazy_("Code van de regel"),
        60,
        hint=lazy_("Kleine letters, cijfers en streepjes. De code blijft altijd dezelfde."),
    )
    sentence_nl = Text(
        lazy_("Wat leest de werkgever?"), 300, hint=lazy_("Eén of twee korte zinnen.")
    )
    sentence_fr = Text(lazy_("De zin in het Frans"), 300, required=False)
    sentence_en = Text(lazy_("De zin in het Engels"), 300, required=False)
    effect = Choice(lazy_("Wat doet de regel?"), EFFECTS)
    weight = Whole(
        lazy_("Gewicht"),
        0,
        100,
        required=False,
        hint=lazy_("Alleen als aanbod voorgaat: 1 tot 100."),
    )
    when = LongText(
        lazy_("Wanneer geldt de regel?"),
        MOST,
        hint=lazy_('Zo: [{"subject": "need.topic", "op": "is", "value": "onboarding"}]'),
    )
    require = LongText(
        lazy_("Waaraan moet het aanbod dan voldoen?"),
        MOST,
        required=True,
        hint=lazy_('Zo: [{"subject": "offer.nature", "op": "in", "value": ["tool"]}]'),
    )
    passes = LongText(
        lazy_("Een geval dat voldoet"),
        MOST,
        required=True,
        hint=lazy_('Zo: {"need.topic": "onboarding", "offer.nature": "tool"}'),
    )
    fails = LongText(
        lazy_("Een geval dat niet voldoet"),
        MOST,
        required=True,
        hint=lazy_('Zo: {"need.topic": "onboarding", "offer.nature": "training"}'),
    )
    source = Text(lazy_("Bron"), 300, hint=lazy_("Een adres, een tekst of een afspraak."))
    checked_on = Day(lazy_("Wanneer keek u de bron na?"))
    valid_from = Day(lazy_("Geldt vanaf"), required=False)
    valid_to = Day(lazy_("Geldt tot en met"), required=False)
    why = Text(lazy_("Waarom deze regel? Alleen collega's lezen dit."), 500, required=False)

    def document(self, slug: str) -> Document | None:
        """The rule file that was typed; None when a field holds no JSON, which then says so."""
        typed = {name: self._json(name) for name in TYPED}
        if any(self[name].errors for name in TYPED):
            return None
        sentence = {code: self[f"sentence_{code}"].data or None for code in ("fr", "en")}
        return {
            "slug": slug,
            "sentence": {"nl": self.sentence_nl.data} | sentence,
            "why": self.why.data or "",
            "rule": typed
            | {
                "effect": self.effect.data,
                "weight": self.weight.data or 0,
                "source": self.source.data,
                "checked_on": _iso(self.checked_on.data),
                "valid_from": _iso(self.valid_from.data),
                "valid_to": _iso(self.valid_to.data),
            },
        }

    def blame(self, faults: Iterable[Fault]) -> None:
        """Put every fault of a rule file beside the field that it is about."""
        for fault in faults:
            path = fault.path.removeprefix("rule.")
            name = path.replace("sentence.", "sentence_").split(".")[0].split("[")[0]
            inside = name in TYPED and path != name
            self.refuse(f"{path}: {fault.message}" if inside else fault.message, name)

    def _json(self, name: str) -> object:
        try:
            return shape.read((self[name].data or "[]").encode())
        except FileRefused as refused:
            self.blame([Fault(name, one.code, one.facts) for one in refused.faults])
            return None


class ChangeForm(RuleForm):
    """The form of a rule that is kept: its code stays."""

    slug = None  # type: ignore[assignment]  # how WTForms takes a field away


def filled(document: Document) -> dict[str, object]:
    """The values of the form for a rule that is kept."""
    content = cast(Document, document["rule"])
    sentence = cast("Mapping[str, str | None]", document["sentence"])
    days = {
        name: date.fromisoformat(str(content[name])) if content.get(name) else None
        for name in ("checked_on", "valid_from", "valid_to")
    }
    return (
        {f"sentence_{code}": text for code, text in sentence.items()}
        | {name: _shown(content[name]) for name in TYPED}
        | {name: content[name] or None for name in ("effect", "weight", "source")}
        | days
        | {"why": document["why"]}
    )


def _shown(value: object) -> str:
    """JSON with one criterion on a line."""
    if isinstance(value, list):
        lines = ",\n ".join(
            json.dumps(row, ensure_ascii=False) for row in cast("Sequence[object]", value)
        )
        return f"[{lines}]"
    return json.dumps(value, ensure_ascii=False)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
