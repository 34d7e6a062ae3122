"""The answers as they are read on the page to check them: a sentence or a list per page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from marketplace import reference
from marketplace.contract.rules import Question
from marketplace.contract.values import Json
from marketplace.i18n import _, n_
from marketplace.money import euro
from marketplace.requests import facts
from marketplace.requests.flow import Step, every
from marketplace.requests.known import Known, topics
from marketplace.requests.pages import SECTIONS
from marketplace.requests.vocabulary import (
    LANES,
    LEVELS,
    MODES,
    ROLES,
    SHIFTS,
    TOPICS,
    UNKNOWN,
    WEIGHTS,
    Choice,
    Topic,
    label,
)

Read = Callable[[Known, str], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: its name, how it reads (None: not filled in), the page that changes it."""

    name: object
    value: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of a section, or of one need."""

    title: object
    rows: tuple[Row, ...]


def summary(known: Known) -> list[Part]:
    """Every answer of this branch, in the order of the pages."""
    return [_part(known, tuple(group)) for _key, group in groupby(every(known), _part_of)]


def _part_of(step: Step) -> tuple[str, Topic | None, bool]:
    return step.page.section, step.topic, step.asked is not None


def _part(known: Known, steps: Sequence[Step]) -> Part:
    first = steps[0]
    rows = (row for step in steps for row in _rows(known, step))
    title = first.page.short if first.asked else SECTIONS[first.page.section]
    return Part(first.topic.label if first.topic else title, tuple(rows))


def _rows(known: Known, step: Step) -> Iterable[Row]:
    if step.asked:
        said = _said(step.asked[1], known.answer(step.key, "answer"))
        yield Row(step.question(known), said or _unsaid(known, step), step.key)
    elif step.page.name == "priorities":
        for topic in topics(known):
            weight = known.text("priorities", topic.slug)
            name = _("Belang van “%(need)s”", need=topic.label)
            yield Row(name, str(label(WEIGHTS, weight)) if weight else None, step.key)
    else:
        given = step.key in known.answers or step.told(known)
        value = READ[step.page.name](known, step.key) if given else None
        yield Row(step.page.short, value or _unsaid(known, step), step.key)


def _unsaid(known: Known, step: Step) -> str | None:
    """What an empty answer means; None for a page that was not answered."""
    if step.key not in known.answers:
        return None
    indifferent = step.page.name in {"modes", "dates"}
    return str(_("Maakt niet uit") if indifferent else _("Weet ik niet"))


def _listed(known: Known, key: str, name: str, choices: Sequence[Choice]) -> str | None:
    return ", ".join(str(label(choices, code)) for code in known.several(key, name)) or None


def _place(known: Known, _key: str) -> str | None:
    place = facts.place_of(known)
    site = next((one for one in known.profile.sites if one.public_id == _site(known)), None)
    if place is None:
        return None
    return f"{site.name}, {place.name}" if site else place.name


def _site(known: Known) -> str | None:
    if "place" in known.answers:
        return known.text("place", "site")
    return known.profile.sites[0].public_id if known.profile.sites else None


def _sector(known: Known, _key: str) -> str | None:
    employer = facts.employer_of(known)
    found = (reference.joint_committee(code) for code in employer.joint_committees)
    lines = [f"{one.code} {one.name}" for one in found if one]
    heading = reference.nace(employer.nace) if employer.nace else None
    if heading:
        lines.append(_("NACE %(code)s %(name)s", code=heading.code, name=heading.name))
    return "; ".join(lines) or None


def _legal_form(known: Known, _key: str) -> str | None:
    form = reference.legal_form(facts.employer_of(known).legal_form or "")
    return form.name if form else None


def _headcount(known: Known, _key: str) -> str | None:
    count = facts.employer_of(known).headcount
    return None if count is None else str(count)


def _turnover(known: Known, _key: str) -> str | None:
    employer = facts.employer_of(known)
    parts = ((_("omzet"), employer.turnover_eur), (_("balans"), employer.balance_eur))
    return ", ".join(f"{name} {euro(n * 100)}" for name, n in parts if n is not None) or None


def _vat(known: Known, _key: str) -> str | None:
    return {True: str(_("Ja")), False: str(_("Nee")), None: None}[
        facts.employer_of(known).vat_recoverable
    ]


def _situations(known: Known, key: str) -> str | None:
    chosen = (TOPICS[slug] for slug in known.several(key, "topics") if slug in TOPICS)
    return "; ".join(str(topic.situation) for topic in chosen) or None


def _same(known: Known, key: str) -> str | None:
    chosen = known.text(key, "same")
    if chosen and chosen in TOPICS:
        return str(_("Zoals bij “%(need)s”", need=TOPICS[chosen].label))
    return str(_("Nee, een andere groep")) if chosen else None


def _group(known: Known, key: str) -> str | None:
    count = known.number(key, "count")
    if count is None:
        return None
    parts = [n_("%(num)d persoon", "%(num)d personen", count)]
    if (new := known.number(key, "under_12_months")) is not None:
        parts.append(_("%(count)d werken minder dan 12 maanden in Vlaanderen", count=new))
    if (temps := known.number(key, "temps")) is not None:
        parts.append(_("%(count)d zijn uitzendkracht", count=temps))
    return ", ".join(parts)


def _level(known: Known, key: str) -> str | None:
    now, goal = known.text(key, "level_from"), known.text(key, "level_to")
    words = [
        _("nu: %(level)s", level=label(LEVELS, now) if now else _("weet ik niet")),
        _("nodig: %(level)s", level=label(LEVELS, goal) if goal else _("weet ik niet")),
    ]
    mixed = known.text(key, "mixed_levels")
    if mixed:
        words.append(_("verschillende niveaus") if mixed == "yes" else _("ongeveer één niveau"))
    return "; ".join(words) if now or goal or mixed else None


def _languages(known: Known, key: str) -> str | None:
    found = (reference.language(code) for code in known.several(key, "languages"))
    return ", ".join(one.name for one in found if one) or None


def _time(known: Known, key: str) -> str | None:
    hours = known.number(key, "hours")
    return None if hours is None else str(_("%(hours)d uur per week", hours=hours))


def _dates(known: Known, key: str) -> str | None:
    start, end = known.day(key, "start"), known.day(key, "latest_end")
    parts = []
    if start:
        parts.append(_("vanaf %(day)s", day=f"{start:%-d/%-m/%Y}"))
    if end:
        parts.append(_("klaar op %(day)s", day=f"{end:%-d/%-m/%Y}"))
    return ", ".join(parts) or None


def _budget(known: Known, _key: str) -> str | None:
    budget = facts.budget_of(known)
    if budget is None:
        return None
    amount = euro(budget.net_cents)
    return str(_("ten hoogste %(euro)s en %(hours)d uur", euro=amount, hours=budget.hours))


def _said(question: Question, value: Json) -> str | None:
    if value is None or value == UNKNOWN:
        return None
    words = {"yes": str(_("Ja")), "no": str(_("Nee"))} | dict(question.choices)
    codes = value if isinstance(value, list | tuple) else [value]
    return ", ".join(words.get(str(code), str(code)) for code in codes) or None


READ: Mapping[str, Read] = {
    "place": _place,
    "sector": _sector,
    "legal-form": _legal_form,
    "headcount": _headcount,
    "turnover": _turnover,
    "vat": _vat,
    "lanes": lambda known, key: _listed(known, key, "lanes", LANES),
    "situations-language": _situations,
    "situations-together": _situations,
    "situations-people": _situations,
    "same": _same,
    "role": lambda known, key: str(label(ROLES, known.text(key, "role") or "")) or None,
    "group": _group,
    "level": _level,
    "languages": _languages,
    "shifts": lambda known, key: _listed(known, key, "shifts", SHIFTS),
    "time": _time,
    "modes": lambda known, key: _listed(known, key, "modes", MODES),
    "dates": _dates,
    "budget": _budget,
}
