"""Better is never worse: a cheaper or earlier offer, more money, more hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from marketplace.contract.values import Offer, Price

from .trial import Audited, Trial, ways


def cheaper(audited: Audited) -> Iterator[str]:
    """One chosen and one other offer get a lower price."""
    percent = 50 + audited.trial.lot("percent", 50)
    for offer in _two(audited):
        price = _at(offer.price, percent)
        if price != offer.price:
            yield from _holds_its_own(audited, replace(offer, price=price))


def earlier(audited: Audited) -> Iterator[str]:
    """One chosen and one other offer can start at once, where no rule comes or goes meanwhile."""
    for offer in _two(audited):
        start = max(way.start for way in ways(audited.outcome, offer.version_id).values())
        if offer.lead_days and not _rules_change(audited.trial, start):
            yield from _holds_its_own(audited, replace(offer, lead_days=0))


def more_budget(audited: Audited) -> Iterator[str]:
    """A cent more, and up to half as much again and a hundred euro."""
    cents = audited.trial.request.budget.net_cents
    for more in (1, 1 + audited.trial.lot("cents", cents // 2 + 10_000)):
        yield _not_less(audited, net_cents=more)


def more_hours(audited: Audited) -> Iterator[str]:
    """An hour more, and up to half as many again and twenty."""
    hours = audited.trial.request.budget.hours
    for more in (1, 1 + audited.trial.lot("hours", hours // 2 + 20)):
        yield _not_less(audited, hours=more)


def raised(trial: Trial, net_cents: int = 0, hours: int = 0) -> Trial:
    """The same trial with a larger budget."""
    old = trial.request.budget
    budget = replace(old, net_cents=old.net_cents + net_cents, hours=old.hours + hours)
    return replace(trial, request=replace(trial.request, budget=budget))


def _not_less(audited: Audited, net_cents: int = 0, hours: int = 0) -> str:
    value = raised(audited.trial, net_cents, hours).ask(audited.engine).bundle.value
    before = audited.outcome.bundle.value
    more = f"{net_cents} cents and {hours} hours more"
    return "" if value >= before else f"{more}: value falls from {before} to {value}"


def _two(audited: Audited) -> list[Offer]:
    found = [*audited.some("chosen", audited.chosen()), *audited.some("other", audited.beaten())]
    return [audited.trial.offer(version_id) for version_id in found]


def _at(price: Price, percent: int) -> Price:
    tiers = tuple((people, cents * percent // 100) for people, cents in price.tiers)
    return replace(price, cents=price.cents * percent // 100, tiers=tiers)


def _rules_change(trial: Trial, until: date) -> bool:
    """Whether a rule begins or ends before this day: other rules then judge an earlier start."""
    edges = [edge for rule in trial.rules for edge in (rule.valid_from, rule.valid_to)]
    first = trial.request.start or trial.request.asked_on or until
    return any(edge is not None and first <= edge <= until for edge in edges)


def _holds_its_own(audited: Audited, better: Offer) -> Iterator[str]:
    """Whether an offer that became better fits no less and stays, and the plan is worth no less.

    Where aid is lost by it, it did not become better for the employer and nothing is asked.
    """
    name = better.version_id
    after = audited.trial.changing(better).ask(audited.engine)
    new = ways(after, name)
    for needs, way in ways(audited.outcome, name).items():
        if needs not in new or new[needs].points < way.points:
            yield f"{name} is better and fits {', '.join(needs)} less"
            return
        if new[needs].net_cents > way.net_cents:
            return
    before = audited.outcome.bundle
    lost = {line.version_id for line in before.lines} - {o.version_id for o in after.bundle.lines}
    if after.bundle.value < before.value:
        yield f"{name} is better and the value falls from {before.value} to {after.bundle.value}"
    elif name in lost:
        yield f"{name} is better and falls out of the bundle"
    else:
        yield ""
