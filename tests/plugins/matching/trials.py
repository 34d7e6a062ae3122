"""A small market by hand on which every property of the audit has something to ask."""

from __future__ import annotations

from dataclasses import replace

from marketplace.contract.values import Label, Offer, Price
from plugins.matching.audit import Trial
from tests.factories.matching import need, offer, request

DUTCH, WELCOME = ("dutch-on-the-floor",), ("onboarding",)


def market() -> list[Offer]:
    """Two topics; the night course costs too much and the mentor has two places left."""
    return [
        offer("coaching", DUTCH, lead_days=30, shifts=("early", "late")),
        offer("course", DUTCH, lead_days=40, price=Price("per_group", 90_000), shifts=("early",)),
        offer("evening", DUTCH, lead_days=21, price=Price("fixed", 70_000), shifts=("late",)),
        offer("tour", WELCOME, lead_days=45, price=Price("per_participant", 4_000)),
        offer("film", WELCOME, lead_days=60, price=Price("fixed", 5_000), hours=1),
        offer("mentor", WELCOME, price=Price("free"), places_left=2),
        offer("night", ("safety-language",), price=Price("fixed", 900_000)),
    ]


def trial(seed: int = 1, offers: list[Offer] | None = None) -> Trial:
    """Three needs on the market; one of them costs more than the budget."""
    asked = request(
        need("taal", shifts=("early", "late")),
        need("onthaal", "onboarding", count=4, weight=2),
        need("veilig", "safety-language", count=4, weight=1),
        net_cents=400_000,
        hours=200,
    )
    found = market() if offers is None else offers
    labels = {
        one.version_id: Label(
            one.version_id, one.slug, f"p-{one.slug}", one.slug, ("agency", "partner")[at % 2]
        )
        for at, one in enumerate(found)
    }
    left = {one.version_id: one.places_left for one in found if one.places_left is not None}
    return Trial(seed, asked, tuple(found), (), left, labels, salt=f"test/{seed}")


def with_twin() -> list[Offer]:
    """The market with an exact twin of the best course, of another owner and name."""
    best = market()[0]
    return [replace(best, version_id="v-a-twin", slug="a-twin"), *market()]
