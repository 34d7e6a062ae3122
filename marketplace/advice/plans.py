"""Other plans beside the best one: what each gains and costs, and what every budget buys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask_babel import format_date

from marketplace import money
from marketplace.advice.page import Reader, Stored, needs_in
from marketplace.i18n import _, n_

KINDS: Mapping[str, Callable[[], str]] = {
    "cheapest": lambda: _("Goedkoopst voor dezelfde noden"),
    "soonest": lambda: _("Eerst mogelijk"),
    "over-budget": lambda: _("Beste boven uw budget"),
    "without-ceiling": lambda: _("Beste zonder grens op budget en uren"),
}
"""The plans that are shown when they differ, in this order."""
SIDES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "agency-only": ("agency", lambda: _("Alleen aanbod van het agentschap")),
    "partner-only": ("partner", lambda: _("Alleen aanbod van partners")),
}
"""The two plans of one kind of owner: always both, always in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """One other plan; ``difference`` and ``note`` are ready to print."""

    label: str
    difference: str
    note: str
    net_cents: int
    hours: int
    covered: int
    total: int
    titles: Sequence[str]


@dataclass(frozen=True, slots=True)
class Side:
    """What is lost or won with the offers of one kind of owner only."""

    label: str
    difference: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What every budget buys: ``steps`` are (budget in cents, points); ``rows`` is the table."""

    steps: Sequence[tuple[int, int]]
    last_cents: int
    budget_cents: int
    value: int
    rows: Sequence[Sequence[str]]


def others(reader: Reader) -> Sequence[OtherPlan]:
    """The plans that really are others, in a fixed order."""
    found = _by_kind(reader)
    return [
        _other(reader, kind, found[kind])
        for kind in KINDS
        if kind in found and chosen(found[kind]) != chosen(reader.bundle)
    ]


def sides(reader: Reader) -> Sequence[Side]:
    """The plan with one kind of owner only, for each kind; none for an answer without them."""
    found = _by_kind(reader)
    if not found.keys() & SIDES.keys():
        return []
    return [
        Side(label(), _side(reader.bundle, owner, found.get(kind)))
        for kind, (owner, label) in SIDES.items()
    ]


def curve(reader: Reader) -> Curve | None:
    """The curve of value against budget; None when there is nothing to draw."""
    steps = reader.listed("curve")
    if len(steps) < 2:
        return None
    budget = cast(int, cast(Stored, reader.request["budget"])["net_cents"])
    points = [(cast(int, step["net_cents"]), cast(int, step["value"])) for step in steps]
    return Curve(
        steps=points,
        last_cents=max(budget * 5 // 4, points[-1][0]),
        budget_cents=budget,
        value=cast(int, reader.bundle["value"]),
        rows=[_row(step, len(reader.needs)) for step in steps],
    )


def proof(reader: Reader) -> str:
    """What is not proven of this plan, in words; empty when it is the best one."""
    if reader.answer["optimal"]:
        return ""
    value = cast(int, reader.bundle["value"])
    more = cast(int, reader.answer.get("value_bound", 0)) - value
    if more <= 0:
        return _("Er is misschien een nog beter pakket: de berekening is begrensd.")
    return _(
        "De berekening is begrensd. Een beter plan is hoogstens %(more)s punten meer waard"
        " dan de %(value)s punten van dit plan.",
        more=more,
        value=value,
    )


def difference(value: int, net_cents: int, hours: int) -> str:
    """``120 punten minder, 300 euro goedkoper``; hours only when they differ."""
    parts = [_points(value), _price(net_cents)]
    if hours:
        amount = n_("%(num)d uur", "%(num)d uur", abs(hours))
        parts.append(
            _("%(hours)s meer", hours=amount) if hours > 0 else _("%(hours)s minder", hours=amount)
        )
    return ", ".join(parts)


def _points(value: int) -> str:
    if not value:
        return _("evenveel punten")
    amount = n_("%(num)d punt", "%(num)d punten", abs(value))
    if value > 0:
        return _("%(points)s meer", points=amount)
    return _("%(points)s minder", points=amount)


def _price(net_cents: int) -> str:
    if not net_cents:
        return _("even duur")
    if net_cents > 0:
        return _("%(amount)s duurder", amount=money.euro(net_cents))
    return _("%(amount)s goedkoper", amount=money.euro(-net_cents))


def between(one: Stored, other: Stored) -> str:
    """The difference in words of a second bundle with a first one."""
    return difference(*(_number(other, key) - _number(one, key) for key in _FIGURES))


_FIGURES = ("value", "net_cents", "hours")


def _number(bundle: Stored, key: str) -> int:
    return cast(int, bundle[key])


def _by_kind(reader: Reader) -> Mapping[str, Stored]:
    return {str(one["kind"]): cast(Stored, one["bundle"]) for one in reader.listed("alternatives")}


def _other(reader: Reader, kind: str, bundle: Stored) -> OtherPlan:
    lines = lines_in(bundle)
    return OtherPlan(
        label=KINDS[kind](),
        difference=between(reader.bundle, bundle),
        note=_note(reader, kind, bundle),
        net_cents=_number(bundle, "net_cents"),
        hours=_number(bundle, "hours"),
        covered=len(covered(bundle)),
        total=len(reader.needs),
        titles=[str(reader.titles[str(line["version_id"])]["title"]) for line in lines],
    )


def _note(reader: Reader, kind: str, bundle: Stored) -> str:
    """What a plan is named after, where the difference does not say it."""
    if kind == "soonest" and lines_in(bundle):
        last = max(date.fromisoformat(str(line["start"])) for line in lines_in(bundle))
        return _("Alles is gestart op %(day)s.", day=format_date(last, "d MMMM y"))
    if kind not in {"over-budget", "without-ceiling"}:
        return ""
    budget = cast(Stored, reader.request["budget"])
    euro, hours = (_number(bundle, key) - _number(budget, key) for key in ("net_cents", "hours"))
    over = [money.euro(euro)] * (euro > 0) + [_("%(hours)d uur", hours=hours)] * (hours > 0)
    return _("%(over)s meer dan u wilt geven.", over=_(" en ").join(over)) if over else ""


def _side(best: Stored, owner: str, bundle: Stored | None) -> str:
    if bundle is None:
        same = all(line["owner"] == owner for line in lines_in(best))
        return _("geen verschil") if same else _("niet berekend")
    if _figures(bundle) == _figures(best):
        return _("geen verschil")
    if not lines_in(bundle):
        return _("dekt geen enkele nood")
    return between(best, bundle)


def _figures(bundle: Stored) -> Sequence[int]:
    return [_number(bundle, key) for key in _FIGURES]


def lines_in(bundle: Stored) -> Sequence[Stored]:
    """The stored lines of a bundle."""
    return cast(Sequence[Stored], bundle["lines"])


def covered(bundle: Stored) -> frozenset[str]:
    """The needs that a bundle covers."""
    return frozenset(need for line in lines_in(bundle) for need in needs_in(line))


def chosen(bundle: Stored) -> Mapping[tuple[str, ...], str]:
    """What a bundle consists of: offer version and needs, each with the version again."""
    versions = [(str(line["version_id"]), needs_in(line)) for line in lines_in(bundle)]
    return {(version, *needs): version for version, needs in versions}


def _row(step: Stored, total: int) -> Sequence[str]:
    needs = len(cast(Sequence[str], step["covers"]))
    return [
        money.euro(_number(step, "net_cents")),
        str(step["value"]),
        str(step["hours"]),
        _("%(covered)d van %(total)d", covered=needs, total=total),
    ]
