"""The rules of aid as the pages of consultants show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import url_for
from flask_babel import LazyString, format_date

from marketplace.contract.answers import Aid
from marketplace.kit import audit
from marketplace.kit.clock import local, today
from marketplace.kit.i18n import _, lazy_, n_
from marketplace.kit.money import euro

from .. import words as rule_words
from ..records import Record
from .models import RuleChange, RuleVersion

STATES: Mapping[str, tuple[LazyString, str]] = {
    "draft": (lazy_("ontwerp"), "info"),
    "published": (lazy_("gepubliceerd"), "ok"),
    "withdrawn": (lazy_("ingetrokken"), "neutral"),
}
BUNDLED = lazy_("meegeleverd")
CHANGES: Mapping[str, LazyString] = {
    "drafted": lazy_("ontworpen"),
    "changed": lazy_("gewijzigd"),
    "published": lazy_("gepubliceerd"),
    "withdrawn": lazy_("ingetrokken"),
}
OUTCOMES: Mapping[bool | None, LazyString] = {
    True: lazy_("de regel geldt"),
    False: lazy_("de regel geldt niet"),
    None: lazy_("niet bekend"),
}
CASES: Mapping[str, LazyString] = {
    "passes": lazy_("Geval dat voldoet"),
    "fails": lazy_("Geval dat niet voldoet"),
    "typed": lazy_("Uw geval"),
}


def state(version: RuleVersion) -> Mapping[str, object]:
    """The state of a version as a tag; a publication of which the day has not come says so."""
    word, tone = STATES[version.state]
    if version.state == "published" and version.published_from and version.published_from > today():
        return {"tag": _("vanaf %(day)s", day=day(version.published_from)), "tone": "info"}
    return {"tag": word, "tone": tone}


def day(found: object) -> str:
    """A date as people read it."""
    text: str = format_date(found, "d MMMM y")
    return text


def checked(record: Record) -> object:
    """When the source was read; a tag when that is too long ago."""
    said = day(record.checked_on)
    if record.stale(today()):
        return {"tag": _("sinds %(day)s niet nagekeken", day=said), "tone": "caution"}
    return said


def standing_row(records: Sequence[Record], newest: RuleVersion | None, who: str) -> list[object]:
    """A rule in the list: title, state of its newest version, periods, check, who changed it."""
    first = min(records, key=lambda one: one.checked_on)
    url = url_for(".rule", rule_id=first.id)
    tag = state(newest) if newest else {"tag": BUNDLED}
    periods = " ".join(dict.fromkeys(rule_words.period(one) for one in records))
    return [{"text": records[-1].title, "url": url}, tag, periods, checked(first), who]


def version_row(version: RuleVersion, names: Mapping[str, str]) -> list[object]:
    """A version in the list: number, state, from when, who changed it last and when."""
    url = url_for(".version", public_id=version.public_id)
    title = _("%(title)s, versie %(number)s", title=version.body[0]["title"], number=version.number)
    starts = day(version.published_from) if version.published_from else None
    last = version.changes[-1]
    return [{"text": title, "url": url}, state(version), starts, author(last, names), _when(last)]


def change_row(change: RuleChange, names: Mapping[str, str]) -> list[object]:
    """What was done: when, what, by whom, and why."""
    return [_when(change), CHANGES[change.what], author(change, names), change.reason or None]


def author(change: RuleChange, names: Mapping[str, str]) -> str:
    """Who did it; whoever is gone, and the command line, have no name."""
    return names.get(change.author) or _("systeem")


def names_in(versions: Iterable[RuleVersion]) -> Mapping[str, str]:
    """The names of everybody who changed these versions, in one query."""
    return audit.names({change.author for one in versions for change in one.changes})


def aid(found: Iterable[Aid]) -> str:
    """The aid of an example in one sentence: certain, possible, on wages, and without an amount."""
    sums: dict[str, int] = {}
    unknown = 0
    for one in found:
        kind = "wage" if one.wage_side else one.certainty
        if one.cents is None:
            unknown += 1
        else:
            sums[kind] = sums.get(kind, 0) + one.cents
    parts = [
        text % {"euro": euro(sums[kind])}
        for kind, text in (
            ("certain", _("%(euro)s zeker")),
            ("possible", _("%(euro)s mogelijk")),
            ("wage", _("%(euro)s op loon")),
        )
        if kind in sums
    ]
    if unknown:
        parts.append(n_("%(num)d steun zonder bedrag", "%(num)d keer steun zonder bedrag", unknown))
    return ", ".join(parts) or _("geen")


def _when(change: RuleChange) -> str:
    return day(local(change.at))
