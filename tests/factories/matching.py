"""Offers, needs and requests for the matching tests, as values."""

from dataclasses import fields
from datetime import date

from marketplace.contract.values import (
    Budget,
    Employer,
    Group,
    Need,
    Offer,
    Place,
    Price,
    RequestFacts,
)

GROUP = {field.name for field in fields(Group)} - {"count"}
AALST = Place("41002", "Aalst", "vlaanderen", "nl", "agii", 50.936, 4.0355)


def need(key="taal", topic="dutch-on-the-floor", count=12, weight=3, **more):
    group = {key: more.pop(key) for key in GROUP if key in more}
    return Need(key, topic, Group(count, **group), weight, **more)


def offer(slug="coaching", topics=("dutch-on-the-floor",), **more):
    facts = {
        "version_id": f"v-{slug}",
        "slug": slug,
        "nature": "coaching",
        "topics": topics,
        "roles": ("workers",),
        "price": Price("fixed", 100_000),
        "hours": 5,
    }
    return Offer(**(facts | more))


def request(*needs, net_cents=400_000, hours=120, **more):
    facts = {"employer": Employer(joint_committees=("330",)), "asked_on": date(2026, 11, 23)}
    return RequestFacts(AALST, Budget(net_cents, hours), needs or (need(),), **(facts | more))
