"""The published catalogue as frozen values of the contract."""

from dataclasses import fields

from marketplace.catalogue import services
from marketplace.contract.values import Offer, Price
from tests.factories.catalogue import offer, provider, stock

RICH = offer(
    "rijk",
    "ligo",
    nature="coaching",
    topics=["safety-language", "clear-language"],
    roles=["workers"],
    price={"kind": "tiered", "tiers": [{"up_to": 5, "cents": 100}, {"up_to": 9, "cents": 200}]},
    hours=12,
    hours_per_week=2,
    weeks=6,
    lead_days=14,
    levels={"from": "A1", "to": "B1"},
    group={"min": 2, "max": 9},
    modes=["on_site"],
    shifts=["early", "late"],
    languages=["fr"],
    reach=["vlaanderen", "area:agii"],
    location="41002",
    joint_committees=["330"],
    nace_prefixes=["87"],
    evidence=["vov_registered"],
    tags=["class"],
    vat="exempt",
    capacity=4,
)
PROOF = {"code": "non_commercial", "source": "Statuten", "checked_on": "2026-11-01"}


def test_every_field_of_an_offer_comes_through(session):
    stock(RICH, providers=[provider("ligo", "partner", evidence=[PROOF])])
    [one] = services.published()
    assert one == Offer(
        version_id=one.version_id,
        slug="rijk",
        nature="coaching",
        topics=("safety-language", "clear-language"),
        roles=("workers",),
        price=Price("tiered", 0, ((5, 100), (9, 200))),
        hours=12,
        hours_per_week=2,
        weeks=6,
        lead_days=14,
        level_from="A1",
        level_to="B1",
        group_min=2,
        group_max=9,
        modes=("on_site",),
        shifts=("early", "late"),
        languages=("fr",),
        reach=("vlaanderen", "area:agii"),
        location=one.location,
        joint_committees=("330",),
        nace_prefixes=("87",),
        evidence=("non_commercial", "vov_registered"),
        tags=("class",),
        vat="exempt",
        places_left=4,
    )
    assert one.location is not None
    assert round(one.location[0]) == 51


def test_nothing_in_an_offer_tells_who_owns_it(session):
    names = {field.name for field in fields(Offer)}
    assert not names & {"owner", "provider", "provider_name", "kind", "title", "rank", "promoted"}


def test_only_what_is_published_now_is_there_by_slug(session):
    stock(offer("c"), offer("a"), offer("b", status="draft"), offer("d", status="retired"))
    assert [one.slug for one in services.published()] == ["a", "c"]


def test_it_takes_the_same_few_queries_for_any_number_of_offers(session, count_queries):
    counts = []
    for number in (2, 12):
        stock(*(offer(f"aanbod-{index}") for index in range(number)))
        with count_queries() as queries:
            assert len(services.published()) == number
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= 2


def test_labels_are_there_for_old_versions_too(session):
    stock(offer())
    [old] = services.published()
    stock(offer(title="Nieuwe titel"))
    [new] = services.published()
    stock(offer(title="Nieuwe titel", status="retired"))
    found = services.labels([old.version_id, new.version_id, "onbekend"])
    assert [found[one.version_id].title for one in (old, new)] == ["Klare taal", "Nieuwe titel"]
    label = found[old.version_id]
    assert (label.provider, label.provider_name, label.owner) == ("agii", "Agii", "agency")


def test_no_table_has_a_field_that_could_be_paid_for(session):
    from marketplace.db import Base

    paid = ("promot", "sponsor", "premium", "boost", "featured", "rank", "paid_place", "highlight")
    for table in Base.metadata.sorted_tables:
        if table.name.startswith(("offer", "provider", "capacit")):
            assert not [column.name for column in table.columns if column.name.startswith(paid)]
