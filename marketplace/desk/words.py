"""How the desk says what it shows: a word and a tone for every state."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import format_datetime

from marketplace.catalogue.vocabulary import EFFECTS, RULE_STATUSES
from marketplace.contract.rules import Rule
from marketplace.i18n import _, lazy_

Word = tuple[object, str]
"""The Dutch word and the tone of its tag."""

PLUGIN_STATES: Mapping[str, Word] = {
    "on": (lazy_("aan"), "ok"),
    "off": (lazy_("uit"), "neutral"),
    "failing": (lazy_("faalt"), "danger"),
    "schema behind": (lazy_("tabellen lopen achter"), "caution"),
    "left out": (lazy_("doet niet mee"), "danger"),
    "gone": (lazy_("verdwenen"), "caution"),
}
PLUGIN_ADVICE: Mapping[str, object] = {
    "failing": lazy_(
        "De site werkt verder zonder haar antwoord. Lost u de oorzaak op, wis dan de fouten."
    ),
    "schema behind": lazy_(
        "Ze doet niet mee tot haar tabellen kloppen. Voer op de server dit uit:"
        " flask schema upgrade"
    ),
    "left out": lazy_(
        "Ze kon niet starten en de site werkt zonder haar. Herstel de oorzaak en herstart."
    ),
    "gone": lazy_(
        "De code is weg, de tabellen staan er nog. Zet ze terug, of ruim op met flask plugin purge."
    ),
}
"""What to do about a plugin in this state."""
CHECK_LEVELS: Mapping[str, Word] = {
    "ok": (lazy_("in orde"), "ok"),
    "warning": (lazy_("let op"), "caution"),
    "error": (lazy_("fout"), "danger"),
}
SCOPES: Mapping[str, object] = {
    "deployment": lazy_("het hele platform"),
    "federation": lazy_("het platform en elke federatie"),
}
JOB_STATES: Mapping[str, Word] = {
    "dead": (lazy_("mislukt"), "danger"),
    "waiting": (lazy_("wacht"), "neutral"),
    "leased": (lazy_("bezig"), "accent"),
    "done": (lazy_("klaar"), "ok"),
}
RULE_STATES: Mapping[str, Word] = {
    "draft": (RULE_STATUSES["draft"], "neutral"),
    "published": (RULE_STATUSES["published"], "ok"),
    "changed": (lazy_("gepubliceerd, met een ontwerp"), "caution"),
    "withdrawn": (RULE_STATUSES["withdrawn"], "neutral"),
}
OUTCOMES: Mapping[str, tuple[object, object]] = {
    "refuse": (lazy_("niet geweigerd"), lazy_("geweigerd")),
    "prefer": (lazy_("gaat voor"), lazy_("gaat niet voor")),
    "note": (lazy_("krijgt uitleg"), lazy_("krijgt geen uitleg")),
}
"""Effect of a rule → what becomes of a case that meets it, and of one that does not."""
REQUEST_TONES: Mapping[str, str] = {
    "draft": "neutral",
    "ready": "accent",
    "advised": "ok",
    "ordered": "ok",
}
AGREED_TONES: Mapping[str, str] = {
    "placed": "caution",
    "confirmed": "ok",
    "delivered": "neutral",
    "cancelled": "neutral",
    "sent": "caution",
    "accepted": "ok",
    "declined": "danger",
    "withdrawn": "neutral",
    "closed": "neutral",
}


def tag(words: Mapping[str, Word], key: str) -> dict[str, object]:
    """A cell with a tag; an unknown key reads as itself."""
    word, tone = words.get(key, (key, "neutral"))
    return {"tag": word, "tone": tone}


def effect(rule: Rule) -> str:
    """What a rule does, with the weight of a preference."""
    word = str(EFFECTS[rule.effect])
    return f"{word} ({rule.weight})" if rule.weight else word


def when(moment: object) -> str:
    """Day and time on a Brussels clock, short enough for a table; "–" for None."""
    return str(format_datetime(moment, "d/M/y HH:mm")) if moment else str(_("–"))
