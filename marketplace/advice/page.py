"""What the advice page shows, made from a stored document; pure but for gettext and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask_babel import format_date

from marketplace import money
from marketplace.advice import snapshot
from marketplace.advice.prices import aid_note, price_lines
from marketplace.advice.reasons import Texts, in_words, sentence, sentences
from marketplace.contract.values import Json, Line, Reason
from marketplace.i18n import _, n_
from marketplace.reference import municipality

Stored = Mapping[str, Json]
STRONG_REASONS = 3


@dataclass(frozen=True, slots=True)
class LineView:
    """One offer card; money in cents, texts ready to print. ``aid`` None: possible, not certain."""

    version_id: str
    title: str
    slug: str
    owner: str
    provider: str
    for_text: str
    gross: int
    aid: int | None
    net: int
    facts: Sequence[str]
    reasons: Sequence[str]
    more: Sequence[str]
    prices: Sequence[Mapping[str, object]]
    need: str
    orders: bool
    example_price: bool


@dataclass(frozen=True, slots=True)
class MissView:
    """One near miss with its sentences."""

    need: str
    title: str
    owner: str
    provider: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole page. ``alternatives`` are mappings for the macro of that name."""

    covered: int
    total: int
    people: str
    place: str
    net_cents: int
    budget_cents: int
    hours: int
    hours_budget: int
    lines: Sequence[LineView]
    uncovered: Sequence[Mapping[str, str]]
    misses: Sequence[tuple[str, str, Sequence[MissView]]]  # need id, need in words, misses
    partner_notes: Sequence[str]
    alternatives: Sequence[Mapping[str, object]]
    steps: Sequence[str]
    silent: Sequence[str]
    optimal: bool
    sector: Stored


class Reader:
    """Reads one stored document; every method makes one part of the page."""

    def __init__(self, document: snapshot.Document, known: Texts) -> None:
        self.document, self.known = document, known
        self.request = cast(Stored, document["request"])
        self.answer = cast(Stored, document["answer"])
        self.bundle = cast(Stored, self.answer["bundle"])
        self.titles = cast(Mapping[str, Stored], document["titles"])
        needs = cast(Sequence[Stored], self.request["needs"])
        self.needs = {str(need["id"]): need for need in needs}

    def plan(self) -> Plan:
        """Everything the page shows."""
        lines = snapshot.lines_of(self.document)
        budget = cast(Mapping[str, int], self.request["budget"])
        covered = {need for line in lines for need in line.needs}
        return Plan(
            covered=len(covered),
            total=len(self.needs),
            people=self._people(),
            place=self.place(),
            net_cents=cast(int, self.bundle["net_cents"]),
            budget_cents=budget["net_cents"],
            hours=cast(int, self.bundle["hours"]),
            hours_budget=budget["hours"],
            lines=[self.line(line) for line in lines],
            uncovered=[self._uncovered(miss) for miss in self._list("uncovered")],
            misses=[(need, self.need_text(need), views) for need, views in self._misses().items()],
            partner_notes=list(self._partner_notes(lines)),
            alternatives=self._alternatives(),
            steps=[self._step(step) for step in self._list("what_if")],
            silent=[str(source) for source in cast(Sequence[Json], self.answer["silent_sources"])],
            optimal=bool(self.answer["optimal"]),
            sector=self._sector(),
        )

    def line(self, line: Line) -> LineView:
        """The card of one chosen offer."""
        title = self.titles[line.version_id]
        told = sentences(line.reasons, self.known)
        return LineView(
            version_id=line.version_id,
            title=str(title["title"]),
            slug=line.offer,
            owner=line.owner,
            provider=str(title["provider_name"]),
            for_text=_(" en ").join(self.need_text(need) for need in line.needs),
            gross=line.gross_cents,
            aid=_counted_aid(line),
            net=line.net_cents,
            facts=[
                n_("%(num)d uur vrij te maken", "%(num)d uur vrij te maken", line.hours),
                _("start vanaf %(day)s", day=format_date(line.start, "d MMMM y")),
                *(text for aid in line.aid if (text := aid_note(aid))),
            ],
            reasons=told[:STRONG_REASONS],
            more=told[STRONG_REASONS:],
            prices=price_lines(line),
            need=line.needs[0],
            orders=line.owner == "agency",
            example_price=bool(title.get("example_price")),
        )

    def need_text(self, need_id: str) -> str:
        """``Nederlands op de werkvloer (12 medewerkers)``."""
        need = self.needs[need_id]
        group = cast(Stored, need["group"])
        return f"{in_words('topic', need['topic'])} ({_head_count(group)})"

    def place(self) -> str:
        """The name of the place of work."""
        refnis = str(cast(Stored, self.request["establishment"])["municipality"])
        found = municipality(refnis)
        return found.name if found else refnis

    def _sector(self) -> Stored:
        """What a sector plugin needs to know to show its panel."""
        employer = cast(Stored, self.request.get("employer") or {})
        return {key: employer.get(key) for key in ("joint_committees", "nace")}

    def _people(self) -> str:
        """The largest group per role: groups of several needs may be the same people."""
        most: dict[str, int] = {}
        for need in self.needs.values():
            group = cast(Stored, need["group"])
            role = str(group.get("role") or "workers")
            most[role] = max(most.get(role, 0), cast(int, group["count"]))
        return _(" en ").join(_head_count({"role": role, "count": n}) for role, n in most.items())

    def _list(self, key: str) -> Sequence[Stored]:
        return cast(Sequence[Stored], self.answer[key])

    def _sentences(self, stored: Stored) -> list[str]:
        reasons = cast(Sequence[Stored], stored["reasons"])
        return [
            sentence(Reason(str(one["code"]), cast(Stored, one["facts"])), self.known)
            for one in reasons
        ]

    def _uncovered(self, miss: Stored) -> Mapping[str, str]:
        return {
            "text": self.need_text(str(miss["need"])),
            "more_text": " ".join(self._sentences(miss)),
        }

    def _misses(self) -> Mapping[str, Sequence[MissView]]:
        found: dict[str, list[MissView]] = {}
        for miss in self._list("near_misses"):
            title = self.titles[str(miss["version_id"])]
            need = str(miss["need"])
            view = MissView(
                need,
                str(title["title"]),
                str(miss["owner"]),
                str(title["provider_name"]),
                self._sentences(miss),
            )
            found.setdefault(need, []).append(view)
        return {need: found[need] for need in self.needs if need in found}

    def _partner_notes(self, lines: Iterable[Line]) -> Iterable[str]:
        """A plain sentence wherever a partner was chosen: what the agency lacks for this need."""
        misses = self._misses()
        for line in lines:
            if line.owner != "partner":
                continue
            topic = in_words("topic", self.needs[line.needs[0]]["topic"])
            ours = [miss for miss in misses.get(line.needs[0], ()) if miss.owner == "agency"]
            if ours:
                yield _(
                    "Voor %(topic)s past een partner hier beter dan het agentschap. "
                    "%(offer)s (%(agency)s): %(reason)s",
                    topic=topic,
                    offer=ours[0].title,
                    agency=ours[0].provider,
                    reason=" ".join(ours[0].reasons),
                )
            else:
                yield _(
                    "Voor %(topic)s past een partner hier beter. Ook wat er het dichtst bij komt, "
                    "is niet van het agentschap.",
                    topic=topic,
                )

    def _alternatives(self) -> Sequence[Mapping[str, object]]:
        return [
            {
                "kind": one["kind"],
                "label": ALTERNATIVES[str(one["kind"])](),
                "net_cents": cast(Stored, one["bundle"])["net_cents"],
                "hours": cast(Stored, one["bundle"])["hours"],
                "covered": _covers(cast(Stored, one["bundle"])),
                "total": len(self.needs),
                "titles": self._titles(cast(Stored, one["bundle"])),
            }
            for one in self._list("alternatives")
        ]

    def _titles(self, bundle: Stored) -> Sequence[str]:
        lines = cast(Sequence[Stored], bundle["lines"])
        return [str(self.titles[str(line["version_id"])]["title"]) for line in lines]

    def _step(self, step: Stored) -> str:
        needs = cast(Sequence[str], step["covers"])
        covers = _(" en ").join(self.need_text(need) for need in needs)
        more = cast(int, step["more"])
        if step["resource"] == "hours":
            return _(
                "Met %(more)d vrije uren meer kan ook dit: %(covers)s.", more=more, covers=covers
            )
        return _("Met %(more)s meer kan ook dit: %(covers)s.", more=money.euro(more), covers=covers)


ALTERNATIVES = {
    "cheapest": lambda: _("Goedkoopst voor dezelfde noden"),
    "soonest": lambda: _("Eerst mogelijk"),
    "without-ceiling": lambda: _("Beste zonder grens op budget en uren"),
}


def _counted_aid(line: Line) -> int | None:
    counted = line.gross_cents - line.net_cents
    uncertain = any(aid.certainty != "certain" and not aid.wage_side for aid in line.aid)
    return None if not counted and uncertain else counted


def _covers(bundle: Stored) -> int:
    lines = cast(Sequence[Stored], bundle["lines"])
    return len({need for line in lines for need in cast(Sequence[str], line["needs"])})


def _head_count(group: Stored) -> str:
    count = cast(int, group["count"])
    role = str(group.get("role") or "workers")
    if role == "supervisors":
        return n_("%(num)d leidinggevende", "%(num)d leidinggevenden", count)
    if role == "teams":
        return n_("een team van %(num)d", "een team van %(num)d", count)
    return n_("%(num)d medewerker", "%(num)d medewerkers", count)
