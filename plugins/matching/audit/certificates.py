"""Certificates held against the bundle problem: each kind has one check, and a fault is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from marketplace.contract.answers import Certificate
from marketplace.contract.values import Budget, Option, Problem

from ..solver import Solution, solve
from .engine import Eligible
from .trial import Audited

FAR = 10**9
"""More than any bundle is worth, so that a choice is forced."""


def with_more(problem: Problem, net_cents: int = 0, hours: int = 0) -> Problem:
    """The same problem with a larger budget."""
    old = problem.budget
    return replace(problem, budget=Budget(old.net_cents + net_cents, old.hours + hours))


def dominated(audited: Audited, one: Certificate) -> str:
    """The offer named is in no way worse, for the same needs or for a part of them."""
    mine = _option(audited, one.needs, one.version_id)
    named = {offer.version_id for offer in audited.trial.offers if offer.slug == one.facts["by"]}
    rivals = [
        _option(audited, rival.needs, rival.version_id)
        for rival in audited.outcome.eligible
        if rival.version_id in named and set(rival.needs) <= set(one.needs)
    ]
    roomy = _roomy_pools(audited)
    fair = _without_pools(mine, roomy)
    good = any(_no_worse(_without_pools(rival, roomy), fair) for rival in rivals)
    return "" if good else "the rival is worse"


def _roomy_pools(audited: Audited) -> frozenset[str]:
    """The pools that whatever is not dominated can never draw to their cap."""
    beaten = {
        (one.needs, one.version_id)
        for one in audited.outcome.certificates
        if one.kind == "dominated"
    }
    most: dict[str, dict[str, int]] = {}
    for way, option in _ways(audited):
        if (way.needs, way.version_id) not in beaten:
            for pool, cents in option.subsidy_cents.items():
                drawn = most.setdefault(pool, {})
                drawn[way.needs[0]] = max(cents, drawn.get(way.needs[0], 0))
    pools = audited.outcome.problem.pools
    return frozenset(pool for pool, cap in pools.items() if sum(most.get(pool, {}).values()) <= cap)


def _without_pools(option: Option, pools: frozenset[str]) -> Option:
    """The option with what these pools pay taken off its price."""
    paid = sum(cents for pool, cents in option.subsidy_cents.items() if pool in pools)
    rest = {pool: cents for pool, cents in option.subsidy_cents.items() if pool not in pools}
    return replace(option, gross_cents=option.gross_cents - paid, subsidy_cents=rest)


def not_in_optimum(audited: Audited, one: Certificate) -> str:
    """With this offer forced in, the best bundle has the figures said, or takes so much more."""
    problem, mine = audited.outcome.problem, _option(audited, one.needs, one.version_id)
    more = {
        resource: int(str(one.facts[fact]))
        for fact, resource in (("more_cents", "net_cents"), ("more_hours", "hours"))
        if one.facts.get(fact) is not None
    }
    if not more:
        forced = _forced(problem, mine)
        if any(fact.endswith(("at_most", "_at_least")) for fact in one.facts):  # cut short
            most = int(str(one.facts.get("at_most", 0)))
            return "" if forced is None or forced.value <= most else f"{forced.value} is found"
        figures = ("value", "net_cents", "hours")
        told = {figure: one.facts[figure] for figure in figures}
        found = {figure: getattr(forced, figure) for figure in figures} if forced else None
        return "" if found == told else f"{told} is told, {found} is found"
    if _forced(with_more(problem, **more), mine) is None:
        return f"{more} more is not enough"
    for resource, much in more.items():
        if _forced(with_more(problem, **{**more, resource: much - 1}), mine) is not None:
            return f"less {resource} is enough"
    return ""


def blocked(audited: Audited, one: Certificate) -> str:
    """A chosen offer, the one named, excludes this one or takes its places; or both ceilings stand
    in the way, and without one of them the other would have to rise as said.
    """
    problem, mine = audited.outcome.problem, _option(audited, one.needs, one.version_id)
    if one.facts["relation"] == "over-both-budgets":
        return _over_both(
            problem, mine, int(str(one.facts["more_cents"])), int(str(one.facts["more_hours"]))
        )
    for line in audited.outcome.bundle.lines:
        if line.offer == one.facts["by"]:
            other = _option(audited, line.needs, line.version_id)
            if {(mine.id, other.id), (other.id, mine.id)} & set(problem.excludes):
                return ""
    return "nothing that was chosen excludes it"


def _over_both(problem: Problem, mine: Option, cents: int, hours: int) -> str:
    tries = (
        (cents, FAR, True),
        (cents - 1, FAR, False),
        (FAR, hours, True),
        (FAR, hours - 1, False),
    )
    for more_cents, more_hours, possible in tries:
        if (_forced(with_more(problem, more_cents, more_hours), mine) is not None) != possible:
            return f"{cents} cents or {hours} hours are not the least"
    return ""


KINDS: Mapping[str, Callable[[Audited, Certificate], str]] = {
    "dominated": dominated,
    "not-in-optimum": not_in_optimum,
    "blocked": blocked,
}


def _option(audited: Audited, needs: tuple[str, ...], version_id: str) -> Option:
    return next(
        option
        for one, option in _ways(audited)
        if (one.needs, one.version_id) == (needs, version_id)
    )


def _ways(audited: Audited) -> Iterator[tuple[Eligible, Option]]:
    """Every candidate with its option: they stand in the same order."""
    return zip(audited.outcome.eligible, audited.outcome.problem.options, strict=True)


def _no_worse(rival: Option, mine: Option) -> bool:
    pools = {*rival.subsidy_cents, *mine.subsidy_cents}
    lost = sum(
        max(0, mine.subsidy_cents.get(pool, 0) - rival.subsidy_cents.get(pool, 0)) for pool in pools
    )
    return (
        rival.value >= mine.value
        and rival.hours <= mine.hours
        and rival.gross_cents + lost <= mine.gross_cents
    )


def _forced(problem: Problem, mine: Option) -> Solution | None:
    """The best choice with this option in it; None when there is none."""
    options = [replace(o, value=o.value + FAR * (o.id == mine.id)) for o in problem.options]
    found = solve(replace(problem, options=tuple(options)))
    return replace(found, value=found.value - FAR) if mine.id in found.chosen else None
