"""Offers that add nothing change nothing; an exact copy wins as often as what it copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from marketplace.contract.values import Offer, Price

from .engine import Outcome
from .trial import Audited, Trial, ways

SALTS = 4
EXTRA_CENTS = 1_000
NOWHERE = "00000"


def ineligible(audited: Audited) -> Iterator[str]:
    """One more offer, free and at once, that works nowhere or has no place left."""
    for version_id in audited.some("tempting", [*audited.chosen(), *audited.beaten()]):
        tempting = replace(
            audited.trial.offer(version_id), price=Price("free"), hours=0, lead_days=0
        )
        if audited.trial.lot("full", 2):
            trial, name = _with_copy(audited.trial, replace(tempting, places_left=0), left=0)
        else:
            trial, name = _with_copy(audited.trial, replace(tempting, reach=(NOWHERE,)))
        after = trial.ask(audited.engine)
        yield "an offer for nobody can serve" if ways(after, name) else _unchanged(audited, after)


def dominated(audited: Audited) -> Iterator[str]:
    """One more offer, equal to a chosen one and dearer; nothing is asked where aid makes it not."""
    for version_id in audited.some("dominated", audited.chosen()):
        offer = audited.trial.offer(version_id)
        dearer = replace(offer, price=_dearer(offer.price))
        trial, name = _with_copy(audited.trial, dearer)
        after = trial.ask(audited.engine)
        rivals = ways(after, name)
        if all(
            needs in rivals and rivals[needs].net_cents > way.net_cents
            for needs, way in ways(audited.outcome, version_id).items()
        ):
            yield _unchanged(audited, after)


def copy_of_a_loser(audited: Audited) -> Iterator[str]:
    """One more offer, equal in all to one that was not chosen."""
    before = audited.outcome.bundle
    for version_id in audited.some("loser", audited.beaten()):
        trial, _name = _with_copy(audited.trial, audited.trial.offer(version_id))
        after = trial.ask(audited.engine).bundle
        old, new = ((one.value, one.net_cents, one.hours) for one in (before, after))
        yield "" if old == new else f"a copy of {version_id} turns {old} into {new}"


def twins(audited: Audited) -> Iterator[tuple[bool, bool]]:
    """A chosen offer and its exact copy, one of an agency and one of a partner, over some salts.

    Says per salt whether the agency's won and whether the original did; nothing where both or
    neither is in the bundle.
    """
    for version_id in audited.some("twin", audited.chosen()):
        trial, name = _with_copy(audited.trial, audited.trial.offer(version_id))
        for number in range(SALTS):
            agency = (version_id, name)[trial.lot(f"owner/{number}", 2)]
            labels = {
                one: replace(trial.labels[one], owner="agency" if one == agency else "partner")
                for one in (version_id, name)
            }
            salt = f"{trial.salt}/{trial.seed}/{number}"
            salted = replace(trial, salt=salt, labels={**trial.labels, **labels})
            lines = salted.ask(audited.engine).bundle.lines
            winners = {line.version_id for line in lines} & labels.keys()
            if len(winners) == 1:
                yield winners == {agency}, winners == {version_id}


def _with_copy(trial: Trial, offer: Offer, left: int | None = None) -> tuple[Trial, str]:
    """The trial with a copy of the offer under a version id drawn by lot, and that id."""
    name = f"copy-{trial.lot('copy', 1 << 16)}"
    label = replace(trial.labels[offer.version_id], version_id=name)
    copied = replace(offer, version_id=name, slug=f"{offer.slug}-copy")
    return trial.adding(copied, label, left), name


def _dearer(price: Price) -> Price:
    if price.kind == "free":
        return Price("fixed", EXTRA_CENTS)
    tiers = tuple((people, cents + EXTRA_CENTS) for people, cents in price.tiers)
    return replace(price, cents=price.cents + EXTRA_CENTS, tiers=tiers)


def _unchanged(audited: Audited, after: Outcome) -> str:
    old, new = audited.outcome.bundle, after.bundle
    if old == new:
        return ""
    return f"the bundle of value {old.value} becomes another one of value {new.value}"
