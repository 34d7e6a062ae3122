"""When a page is asked, when the profile already tells it, and when its answer still holds."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.requests.known import (
    Known,
    group_of,
    headcount,
    legal_form,
    own_role,
    topics,
    twins,
)
from marketplace.requests.vocabulary import Topic

Condition = Callable[[Known, Topic | None], bool]
COMPANIES = frozenset({"bv", "nv", "cv", "commv", "vof"})
SME_HEADCOUNT = 250  # from here on no company is small or medium, EU recommendation 2003/361


def always(_known: Known, _topic: Topic | None) -> bool:
    """Asked of everybody; an answer always holds."""
    return True


def never(_known: Known, _topic: Topic | None) -> bool:
    """The profile does not hold this."""
    return False


# ---- the profile tells it ----


def one_site(known: Known, _topic: Topic | None) -> bool:
    """The employer has one establishment: that is the place."""
    return len(known.profile.sites) == 1


def told(name: str) -> Condition:
    """The profile holds this fact of the employer."""

    def holds(known: Known, _topic: Topic | None) -> bool:
        return getattr(known.profile.employer, name) not in (None, ())

    return holds


def figures_told(known: Known, _topic: Topic | None) -> bool:
    """The profile holds turnover or balance."""
    employer = known.profile.employer
    return employer.turnover_eur is not None or employer.balance_eur is not None


# ---- the page is asked ----


def small_company(known: Known, _topic: Topic | None) -> bool:
    """Only for companies that may be small or medium do turnover and balance decide anything."""
    return legal_form(known) in COMPANIES and (headcount(known) or 1) < SME_HEADCOUNT


def lane(name: str) -> Condition:
    """The employer chose this lane."""
    return lambda known, _topic: name in known.several("lanes", "lanes")


def has_twins(known: Known, topic: Topic | None) -> bool:
    """An earlier need has a group that this one may share."""
    return topic is not None and bool(twins(known, topic))


def own_group(known: Known, topic: Topic | None) -> bool:
    """The need has a group of its own."""
    return topic is not None and group_of(known, topic) == topic


def several_roles(known: Known, topic: Topic | None) -> bool:
    """The need may be about different kinds of people."""
    return topic is not None and own_group(known, topic) and len(topic.roles) > 1


def own_workers(known: Known, topic: Topic | None) -> bool:
    """The need has a group of workers of its own."""
    return topic is not None and own_group(known, topic) and own_role(known, topic) == "workers"


def learners(known: Known, topic: Topic | None) -> bool:
    """Workers who learn; a shared group is asked only when its own need had no levels."""
    if topic is None or not topic.levels:
        return False
    described = group_of(known, topic)
    return own_role(known, described) == "workers" and (described == topic or not described.levels)


def several_needs(known: Known, _topic: Topic | None) -> bool:
    """There is something to weigh."""
    return len(topics(known)) > 1


# ---- the answer still holds ----


def same_settled(known: Known, topic: Topic | None) -> bool:
    """The shared group is still there."""
    if topic is None:
        return False
    chosen = known.text(f"same.{topic.slug}", "same")
    return chosen == "no" or chosen in {other.slug for other in twins(known, topic)}


def role_settled(known: Known, topic: Topic | None) -> bool:
    """The chosen role is one of the topic's."""
    return topic is not None and own_role(known, topic) is not None


def weights_settled(known: Known, _topic: Topic | None) -> bool:
    """Every need has its weight."""
    return all(topic.slug in known.answers["priorities"] for topic in topics(known))
