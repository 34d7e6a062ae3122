"""Engines that are not fair, each in one way: the controls of the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from marketplace.contract.values import Budget, Label, Offer
from plugins.matching.audit import Asked, Engine, Outcome, decide

Sift = Callable[[Sequence[Offer], Mapping[str, Label]], Sequence[Offer]]


def sifting(sift: Sift) -> Engine:
    """An engine that looks at a part of the catalogue only."""

    def engine(asked: Asked) -> Outcome:
        return decide(replace(asked, offers=sift(asked.offers, asked.labels)))

    return engine


def telling(change: Callable[[Outcome], Outcome]) -> Engine:
    """An engine that decides well and tells it otherwise."""

    def engine(asked: Asked) -> Outcome:
        return change(decide(asked))

    return engine


def within(change: Callable[[Budget], Budget]) -> Engine:
    """An engine that reckons with another budget than the employer's."""

    def engine(asked: Asked) -> Outcome:
        request = replace(asked.request, budget=change(asked.request.budget))
        return decide(replace(asked, request=request))

    return engine


def same(offer: Offer, *, price: bool = True) -> str:
    """What an offer is, without what it is called; and without its price when told so."""
    bare = replace(offer, version_id="", slug="")
    return repr(bare if price else replace(bare, price=None))  # type: ignore[arg-type]


def best_of_equals(rank: Callable[[Offer], object], *, price: bool = True) -> Sift:
    """Of offers that are the same, keeps those that rank first."""

    def sift(offers: Sequence[Offer], _labels: Mapping[str, Label]) -> Sequence[Offer]:
        first: dict[str, object] = {}
        for one in offers:
            key = same(one, price=price)
            first[key] = min(first.get(key, rank(one)), rank(one))  # type: ignore[type-var]
        return [one for one in offers if rank(one) == first[same(one, price=price)]]

    return sift


def for_agencies(offers: Sequence[Offer], labels: Mapping[str, Label]) -> Sequence[Offer]:
    """Partners are looked at only for what no agency does."""
    mine = [one for one in offers if labels[one.version_id].owner == "agency"]
    topics = {topic for one in mine for topic in one.topics}
    return [one for one in offers if one in mine or not topics & set(one.topics)]


def ties_for_agencies(offers: Sequence[Offer], labels: Mapping[str, Label]) -> Sequence[Offer]:
    """Of equals the agency's."""
    return best_of_equals(lambda one: labels[one.version_id].owner)(offers, labels)


def ties_by_input(offers: Sequence[Offer], labels: Mapping[str, Label]) -> Sequence[Offer]:
    """Of equals the one that stands first in the catalogue."""
    places = {one.version_id: at for at, one in enumerate(offers)}
    return best_of_equals(lambda one: places[one.version_id])(offers, labels)


def the_crowd(offers: Sequence[Offer], _labels: Mapping[str, Label]) -> Sequence[Offer]:
    """What is offered twice is taken to be better than what is offered once."""
    kinds = [same(one) for one in offers]
    twice = [one for one in offers if kinds.count(same(one)) > 1]
    topics = {topic for one in twice for topic in one.topics}
    return [one for one in offers if one in twice or not topics & set(one.topics)]


def distracted(offers: Sequence[Offer], labels: Mapping[str, Label]) -> Sequence[Offer]:
    """Something free and at once that cannot be had makes it give up what costs money."""
    bait = any((one.price.kind, one.hours, one.lead_days) == ("free", 0, 0) for one in offers)
    return [one for one in offers if one.price.kind == "free"] if bait else offers


def silent(outcome: Outcome) -> Outcome:
    """Gives no reason for what it chose."""
    lines = tuple(replace(line, reasons=()) for line in outcome.bundle.lines)
    return replace(outcome, bundle=replace(outcome.bundle, lines=lines))


def asks_more(outcome: Outcome) -> Outcome:
    """Says that it takes a cent or an hour more than it does."""
    return replace(outcome, what_if=tuple(replace(w, more=w.more + 1) for w in outcome.what_if))


def asks_less(outcome: Outcome) -> Outcome:
    """Says that a cent or an hour less would do."""
    return replace(outcome, what_if=tuple(replace(w, more=w.more - 1) for w in outcome.what_if))


def promises(outcome: Outcome) -> Outcome:
    """Says that the larger plan is worth a point more than it is."""
    return replace(outcome, what_if=tuple(replace(w, value=w.value + 1) for w in outcome.what_if))


def forgetful() -> Engine:
    """An engine that answers a question it has heard before in another way."""
    heard: list[Asked] = []

    def engine(asked: Asked) -> Outcome:
        outcome = decide(asked)
        if asked in heard:
            return replace(outcome, misses=())
        heard.append(asked)
        return outcome

    return engine
