"""What the advice page shows, made from a stored document; pure but for gettext and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask_babel import format_date

from marketplace.advice import certificates, snapshot
from marketplace.advice.prices import PriceView, price_view
from marketplace.advice.reasons import Texts, Told, Translation, in_words, told
from marketplace.contract.answers import Line
from marketplace.contract.values import Json, Reason
from marketplace.host.state import host_of
from marketplace.i18n import _, n_
from marketplace.reference import municipality

Stored = Mapping[str, Json]
STRONG_REASONS = 3


@dataclass(frozen=True, slots=True)
class LineView:
    """One offer card; money in cents, texts ready to print. ``no_aid`` says why other aid fails."""

    version_id: str
    title: str
    slug: str
    owner: str
    provider: str
    for_text: str
    gross: int
    vat: int
    net: int
    facts: Sequence[str]
    reasons: Sequence[Told]
    more: Sequence[Told]
    price: PriceView
    no_aid: Sequence[Told]
    need: str
    orders: bool
    example_price: bool


@dataclass(frozen=True, slots=True)
class MissView:
    """One near miss with its sentences."""

    title: str
    owner: str
    provider: str
    reasons: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands on the page of one answer; ``plans`` tells of its alternatives."""

    covered: int
    total: int
    people: str
    place: str
    net_cents: int
    budget_cents: int
    hours: int
    hours_budget: int
    lines: Sequence[LineView]
    uncovered: Sequence[Mapping[str, object]]
    misses: Sequence[tuple[str, str, Sequence[MissView]]]  # need id, need in words, misses
    partner_notes: Sequence[str]
    silent: Sequence[str]
    sector: Stored


class Reader:
    """Reads one stored document; every method makes one part of the page."""

    def __init__(
        self, document: snapshot.Document, known: Texts, translation: Translation | None = None
    ) -> None:
        self.document, self.known, self.translation = document, known, translation
        self.request = cast(Stored, document["request"])
        self.answer = cast(Stored, document["answer"])
        self.bundle = cast(Stored, self.answer["bundle"])
        self.titles = cast(Mapping[str, Stored], document["titles"])
        needs = cast(Sequence[Stored], self.request["needs"])
        self.needs = {str(need["id"]): need for need in needs}
        self.names = {
            str(one["offer"]): str(self.titles[str(one["version_id"])]["title"])
            for one in self._offers()
            if one.get("version_id") in self.titles
        }

        self.rivals = {  # by need and offer; the certificate for the fewest needs at once
            (need, one["version_id"]): one
            for one in sorted(self.listed("certificates"), key=lambda one: -len(needs_in(one)))
            for need in needs_in(one)
        }

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
            uncovered=[self._uncovered(miss) for miss in self.listed("uncovered")],
            misses=[(need, self.need_text(need), views) for need, views in self._misses().items()],
            partner_notes=list(self._partner_notes(lines)),
            silent=[
                _source(str(one)) for one in cast(Sequence[Json], self.answer["silent_sources"])
            ],
            sector=self._sector(),
        )

    def line(self, line: Line) -> LineView:
        """The card of one chosen offer."""
        title = self.titles[line.version_id]
        reasons = [told(reason, self.known, self.translation) for reason in line.reasons]
        price = price_view(line, self._recoverable())
        return LineView(
            version_id=line.version_id,
            title=str(title["title"]),
            slug=line.offer,
            owner=line.owner,
            provider=str(title["provider_name"]),
            for_text=_(" en ").join(self.need_text(need) for need in line.needs),
            gross=line.gross_cents,
            vat=line.vat_cents,
            net=line.net_cents,
            facts=[
                n_("%(num)d uur vrij te maken", "%(num)d uur vrij te maken", line.hours),
                _("start vanaf %(day)s", day=format_date(line.start, "d MMMM y")),
                *price.hints,
            ],
            reasons=reasons[:STRONG_REASONS],
            more=reasons[STRONG_REASONS:],
            price=price,
            no_aid=[told(reason, self.known, self.translation) for reason in line.refused],
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

    def _recoverable(self) -> bool | None:
        """Whether the employer gets VAT back."""
        employer = cast(Stored, self.request.get("employer") or {})
        return cast("bool | None", employer.get("vat_recoverable"))

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

    def listed(self, key: str) -> Sequence[Stored]:
        """A list of the answer; an older answer may not have it."""
        return cast(Sequence[Stored], self.answer.get(key, ()))

    def said(self, stored: Stored) -> list[Told]:
        """The sentences of the reasons of a stored line or miss."""
        reasons = [
            Reason(str(one["code"]), cast(Stored, one["facts"]))
            for one in cast(Sequence[Stored], stored["reasons"])
        ]
        return [
            told(certificates.named(one, self.names), self.known, self.translation)
            for one in reasons
        ]

    def why_not(self, miss: Stored) -> list[Told]:
        """The sentences of a stored near miss: its certificate says more than its reasons."""
        key = (miss["need"], miss["version_id"])
        return self.certified(self.rivals[key]) if key in self.rivals else self.said(miss)

    def certified(self, stored: Stored, names: Mapping[str, str] | None = None) -> list[Told]:
        """The sentences of a stored certificate; ``names`` are titles by slug besides our own."""
        titles = {**(names or {}), **self.names}
        return certificates.in_a_sentence(stored, titles, self.known, self.translation)

    def _offers(self) -> Iterable[Stored]:
        """Everything in the answer that names an offer and its version."""
        yield from cast(Sequence[Stored], self.bundle["lines"])
        yield from self.listed("near_misses")
        yield from self.listed("certificates")
        for other in self.listed("alternatives"):
            yield from cast(Sequence[Stored], cast(Stored, other["bundle"])["lines"])

    def _uncovered(self, miss: Stored) -> Mapping[str, object]:
        budget = cast(Stored, self.request["budget"])
        tries = []
        for step in self.listed("what_if"):
            resource = str(step["resource"])
            if miss["need"] in cast(Sequence[str], step["covers"]):
                enough = cast(int, budget[resource]) + cast(int, step["more"])
                tries.append({**budget, resource: enough})
        need = str(miss["need"])
        text = self.need_text(need)
        return {"need": need, "text": text, "reasons": self.said(miss), "tries": tries}

    def _misses(self) -> Mapping[str, Sequence[MissView]]:
        """Per need, in the order of the needs."""
        found: dict[str, list[MissView]] = {need: [] for need in self.needs}
        for miss in self.listed("near_misses"):
            title = self.titles[str(miss["version_id"])]
            view = MissView(
                str(title["title"]),
                str(miss["owner"]),
                str(title["provider_name"]),
                self.why_not(miss),
            )
            found[str(miss["need"])].append(view)
        return {need: views for need, views in found.items() if views}

    def _partner_notes(self, lines: Iterable[Line]) -> Iterable[str]:
        """A plain sentence wherever a partner was chosen: what the agency lacks for this need."""
        misses = Reader(self.document, self.known)._misses()  # a Dutch sentence quotes Dutch ones
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


def needs_in(stored: Stored) -> Sequence[str]:
    """The needs of a stored line or certificate."""
    return cast(Sequence[str], stored["needs"])


def _head_count(group: Stored) -> str:
    count = cast(int, group["count"])
    role = str(group.get("role") or "workers")
    if role == "supervisors":
        return n_("%(num)d leidinggevende", "%(num)d leidinggevenden", count)
    if role == "teams":
        return n_("een team van %(num)d", "een team van %(num)d", count)
    return n_("%(num)d medewerker", "%(num)d medewerkers", count)


def _source(silent: str) -> str:
    """A silent source as people know it: the title of its plugin, or what is no plugin."""
    words = {
        "catalogue": _("de nieuwste catalogus"),
        "consultants": _("een regel van een consulent"),
    }
    plugin = host_of().plugins.get(silent)
    return plugin.manifest.title if plugin else words.get(silent, silent)
