"""From answers and profile to the contract's facts. Pure: nothing is looked up but reference data.

An answer goes before the profile; "I do not know" is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from marketplace import reference
from marketplace.contract.values import Budget, Employer, Group, Json, Need, Place, RequestFacts
from marketplace.requests.known import (
    Known,
    committees,
    group_of,
    headcount,
    legal_form,
    own_role,
    topics,
)
from marketplace.requests.vocabulary import UNKNOWN, USUAL_WEIGHT, Topic


class Incomplete(ValueError):
    """Place, needs or budget are not known yet."""


def request_facts(known: Known, asked_on: date | None = None) -> RequestFacts:
    """Everything the employer told. Raises Incomplete without a place, a need or a budget."""
    place, needs, budget = place_of(known), needs_of(known), budget_of(known)
    if place is None or not needs or budget is None:
        raise Incomplete
    return RequestFacts(
        place=place,
        budget=budget,
        needs=needs,
        employer=employer_of(known),
        start=known.day("dates", "start"),
        asked_on=asked_on,
        answers=_plugin_answers(known),
    )


def place_of(known: Known) -> Place | None:
    """The place of work as answered, else the only establishment of the profile."""
    refnis = known.text("place", "refnis")
    if refnis is None and len(known.profile.sites) == 1:
        refnis = known.profile.sites[0].refnis
    found = reference.municipality(refnis) if refnis else None
    return reference.place(found) if found else None


def budget_of(known: Known) -> Budget | None:
    """The ceilings in euro cents and hours; 0 is an answer."""
    net_cents, hours = known.number("budget", "euro"), known.number("budget", "hours")
    return None if net_cents is None or hours is None else Budget(net_cents, hours)


def employer_of(known: Known) -> Employer:
    """The legal unit: the profile, with what was answered for this request over it."""
    employer = replace(
        known.profile.employer, legal_form=legal_form(known), headcount=headcount(known)
    )
    if "sector" in known.answers:
        nace = known.text("sector", "nace")
        heading = reference.nace(nace) if nace else None
        employer = replace(
            employer,
            joint_committees=committees(known),
            nace=heading.code if heading else employer.nace,
        )
    if "turnover" in known.answers:
        turnover, balance = (
            known.number("turnover", "turnover"),
            known.number("turnover", "balance"),
        )
        employer = replace(employer, turnover_eur=turnover, balance_eur=balance)
    if "vat" in known.answers:
        vat = known.text("vat", "vat")
        employer = replace(employer, vat_recoverable=None if vat is None else vat == "yes")
    return employer


def needs_of(known: Known) -> tuple[Need, ...]:
    """One need per chosen topic whose group is described; its id is the topic's name."""
    found = (_need(known, topic) for topic in topics(known))
    return tuple(need for need in found if need is not None)


def _need(known: Known, topic: Topic) -> Need | None:
    described = group_of(known, topic).slug
    group = _group(known, topic)
    if group is None:
        return None
    weight = known.text("priorities", topic.slug)
    return Need(
        id=topic.slug,
        topic=topic.slug,
        group=group,
        weight=int(weight) if weight else USUAL_WEIGHT,
        shifts=known.several(f"shifts.{described}", "shifts"),
        hours_off_floor_per_week=known.number(f"time.{described}", "hours"),
        modes=known.several(f"modes.{described}", "modes"),
        latest_end=known.day("dates", "latest_end"),
    )


def _group(known: Known, topic: Topic) -> Group | None:
    described = group_of(known, topic)
    page = f"group.{described.slug}"
    count, role = known.number(page, "count"), own_role(known, described)
    if count is None or role is None:
        return None
    if role != "workers":
        return Group(count=count, role=role)
    levels = f"level.{described.slug if described.levels else topic.slug}"
    mixed = known.text(levels, "mixed_levels")
    return Group(
        count=count,
        role=role,
        level_from=known.text(levels, "level_from"),
        level_to=known.text(levels, "level_to"),
        mixed_levels=None if mixed is None else mixed == "yes",
        under_12_months=known.number(page, "under_12_months"),
        temps=known.number(page, "temps"),
        languages=known.several(f"languages.{described.slug}", "languages"),
    )


def _plugin_answers(known: Known) -> Mapping[str, Json]:
    """Only what plugins ask now, so that an answer to a question that went away does not count.

    Yes and no become true and false.
    """
    found: dict[str, Json] = {}
    for key, question in known.asked():
        value = known.answer(f"extra.{key}", "answer")
        if value is None or value in (UNKNOWN, []):
            continue
        found[key] = value == "yes" if question.kind == "yes_no" else value
    return found
