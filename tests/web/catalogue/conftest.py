"""A catalogue of a few offers that differ in everything one can filter on."""

import pytest

from tests.factories.catalogue import offer, provider, stock

AGII = provider("agii", name="AgII", competence=["area:agii"], website="https://example.org")
LIGO = provider(
    "ligo",
    "partner",
    name="Ligo",
    evidence=[{"code": "non_commercial", "source": "Statuten", "checked_on": "2026-11-01"}],
)
OFFERS = (
    offer("klare-taal", "agii", title="Klare taal voor ploegbazen", reach=["area:agii"]),
    offer(
        "coaching",
        "ligo",
        title="Coaching op de vloer",
        nature="coaching",
        topics=["dutch-on-the-floor"],
        price={"kind": "per_group", "cents": 80_000},
        demo=True,
        group={"min": 2, "max": 5},
        levels={"from": "A1", "to": "A2"},
        modes=["on_site"],
        reach=["vlaanderen"],
        capacity=9,
    ),
    offer("brussel", "ligo", title="Één 100% Brusselse les", reach=["brussel"], modes=["online"]),
    offer("oud", "ligo", title="Oud aanbod", status="retired"),
    offer("ontwerp", "ligo", title="Een ontwerp", status="draft"),
)


@pytest.fixture
def shop(session):
    """The offers, published; two of them are not on the list."""
    stock(*OFFERS, providers=[AGII, LIGO])
    stock(
        *(one for one in OFFERS if one["slug"] != "oud"),
        offer("oud", "ligo", title="Oud aanbod"),
        providers=[AGII, LIGO],
    )
    stock(offer("oud", "ligo", title="Oud aanbod", status="retired"), providers=[AGII, LIGO])
    session.rollback()
