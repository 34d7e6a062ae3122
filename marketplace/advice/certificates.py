"""Why an offer was not chosen: one sentence from the figures of its certificate, or one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from flask_babel import LazyString

from marketplace.advice import snapshot
from marketplace.advice.reasons import Texts, Told, Translation, told
from marketplace.advice.screening import Screened, offers_of, screened
from marketplace.advice.snapshot import Document
from marketplace.contract.answers import Certificate
from marketplace.contract.values import Json, Reason
from marketplace.i18n import lazy_

Facts = Mapping[str, Json]
TEXTS: Mapping[str, LazyString] = {
    "beaten-by": lazy_("Ander aanbod past minstens even goed en kost niet meer: {by}."),
    "worth-nothing": lazy_("Voegt niets toe aan uw plan."),
    "loses-the-draw": lazy_("Even goed als het gekozen aanbod. Het lot koos."),
    "over-budget": lazy_("Kost {gap_cents} meer dan uw budget toelaat."),
    "over-hours": lazy_("Vraagt {gap} uren meer dan u kunt vrijmaken."),
    "over-both": lazy_("Kost {gap_cents} te veel en vraagt {gap} uren te veel."),
    "over-either": lazy_("Kan pas met {gap_cents} meer budget, of met {gap} uren meer."),
    "over-something": lazy_("Past niet binnen uw budget en uw uren."),
    "costs-points": lazy_("Met dit aanbod erbij is het beste plan {points} punten minder waard."),
    "costs-more": lazy_(
        "Met dit aanbod erbij is het beste plan even goed, maar {gap_cents} duurder."
    ),
    "takes-more-hours": lazy_(
        "Met dit aanbod erbij is het beste plan even goed, maar {gap} uren langer."
    ),
    "at-most": lazy_("Met dit aanbod erbij haalt geen enkel plan meer dan {at_most} punten."),
    "excluded-by": lazy_("Past niet samen met {by}."),
    "places-taken": lazy_("De vrije plaatsen gaan naar een andere nood in uw plan."),
    "needs-excluded": lazy_("Wat bij dit aanbod hoort, past niet samen met {by}."),
    "contradicted": lazy_("Wat bij dit aanbod hoort, past niet samen."),
    "points": lazy_("Punten: {value}, het andere aanbod: {by_value}."),
}
"""What a certificate says, when no plugin has a sentence for the code."""


def in_a_sentence(
    stored: Facts, titles: Mapping[str, str], known: Texts, translation: Translation | None = None
) -> list[Told]:
    """The sentence of a stored certificate, and the points where two offers are compared.

    ``titles`` gives slugs a name that people know.
    """
    facts = cast(Facts, stored["facts"])
    reason = REASONS.get(str(stored["kind"]), _unknown)(stored, facts)
    reasons = [reason]
    if reason.code == "beaten-by" and facts.get("value") != facts.get("by_value"):
        reasons.append(Reason("points", facts))
    house = {code: str(text) for code, text in TEXTS.items()}
    return [told(named(one, titles), {**house, **known}, translation) for one in reasons]


def reason_of(one: Certificate) -> Reason:
    """A certificate as a reason: the code of its sentence with the facts that it needs."""
    return REASONS.get(one.kind, _unknown)({"offer": one.offer, "kind": one.kind}, one.facts)


def named(reason: Reason, titles: Mapping[str, str]) -> Reason:
    """The reason with the title of the other offer for its slug."""
    if "by" not in reason.facts:
        return reason
    slug = str(reason.facts["by"])
    return Reason(reason.code, {**reason.facts, "by": f"“{titles.get(slug, slug)}”"})


def _dominated(_stored: Facts, facts: Facts) -> Reason:
    if "by" not in facts:
        return Reason("worth-nothing")
    if all(facts.get(name) == facts.get(f"by_{name}") for name in ("value", "net", "hours")):
        return Reason("loses-the-draw")
    return Reason("beaten-by", {"by": facts["by"]})


def _not_in_optimum(_stored: Facts, facts: Facts) -> Reason:
    if "regret" not in facts:
        at_most = "at_most" in facts
        return Reason("at-most", facts) if at_most else _over(facts, "over-either")
    for name, code, fact in (
        ("regret", "costs-points", "points"),
        ("net_difference", "costs-more", "gap_cents"),
        ("hours_difference", "takes-more-hours", "gap"),
    ):
        if facts.get(name):
            return Reason(code, {fact: facts[name]})
    return Reason("loses-the-draw")


def _blocked(stored: Facts, facts: Facts) -> Reason:
    if facts.get("relation") == "over-both-budgets":
        return _over(facts, "over-both")
    if "by" not in facts:
        return Reason("contradicted")
    if facts["by"] == stored["offer"]:
        return Reason("places-taken")
    code = "needs-excluded" if facts.get("relation") == "requires" else "excluded-by"
    return Reason(code, {"by": facts["by"]})


def _over(facts: Facts, both: str) -> Reason:
    """How much more it would take; a mere lower bound of that is no figure to show."""
    over = {"gap_cents": facts.get("more_cents"), "gap": facts.get("more_hours")}
    found = {name: more for name, more in over.items() if more is not None}
    codes = {("gap_cents",): "over-budget", ("gap",): "over-hours", ("gap_cents", "gap"): both}
    return Reason(codes.get(tuple(found), "over-something"), found)


def _unknown(stored: Facts, facts: Facts) -> Reason:
    return Reason(str(stored["kind"]), facts)


REASONS: Mapping[str, Callable[[Facts, Facts], Reason]] = {
    "dominated": _dominated,
    "not-in-optimum": _not_in_optimum,
    "blocked": _blocked,
}
"""From the figures of each kind of certificate to a reason (docs/matching.md lists them)."""


def report(document: Document, sources: Mapping[str, str]) -> Iterator[str]:
    """One line per candidate: needs, offer, what became of it, its figures; between them a tab.

    Without the sources that name the offers, those that fail are counted per condition.
    """
    answer = cast(Mapping[str, Json], document["answer"])
    bundle = cast(Mapping[str, Json], answer["bundle"])
    for line in cast(Sequence[Mapping[str, Json]], bundle["lines"]):
        yield _row(line, "chosen")
    for one in cast(Sequence[Mapping[str, Json]], answer.get("certificates", [])):
        yield _row(one, str(one["kind"]), snapshot.canonical(one["facts"]))
    request = cast(Mapping[str, Json], document["request"])
    topics = {
        str(need["id"]): str(need["topic"])
        for need in cast(Sequence[Mapping[str, Json]], request["needs"])
    }
    for need, found in screened(document).items():
        yield from _refused(found, offers_of(found, topics[need], sources))


def _refused(found: Screened, offers: Sequence[Mapping[str, Json]] | None) -> Iterator[str]:
    if offers is None:
        for code, count in found.counts().items():
            yield "\t".join([found.need, f"{count} offers", "ineligible", code])
        return
    codes: dict[str, list[str]] = {}
    for code in sorted(found.refused):
        for offer in found.failing(code, offers):
            codes.setdefault(str(offer["slug"]), []).append(code)
    for slug, failed in sorted(codes.items()):
        yield "\t".join([found.need, slug, "ineligible", " ".join(failed)])


def _row(one: Mapping[str, Json], *rest: str) -> str:
    return "\t".join(["+".join(cast(Sequence[str], one["needs"])), str(one["offer"]), *rest])
