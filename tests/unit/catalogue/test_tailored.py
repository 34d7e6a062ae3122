"""Offers that plugins contribute: kept equal to what the plugin says, faults left out."""

import pytest
from sqlalchemy import select

from marketplace.catalogue import services
from marketplace.catalogue.models import Offer
from marketplace.db import writing
from marketplace.errors import DomainError, NotFound
from tests.factories.catalogue import offer, provider, stock

HOME = provider("zorghuis", "partner")


def sync(*entries, plugin="care"):
    with writing():
        return services.sync_tailored(plugin, entries)


def slugs():
    return [one.slug for one in services.published()]


def test_a_plugin_contributes_providers_and_offers(session):
    done = sync(HOME, offer("overdracht", "zorghuis", topics=["care.handover"]))
    assert (done.report.providers, done.report.new_versions, done.left_out) == (1, 1, ())
    assert slugs() == ["overdracht"]
    assert session.scalar(select(Offer.source)) == "care"


def test_the_same_contribution_changes_nothing(session):
    entries = (HOME, offer("overdracht", "zorghuis"))
    sync(*entries)
    number = services.version()
    assert sync(*entries).report.unchanged == 1
    assert services.version() == number


def test_what_the_plugin_drops_is_retired_and_may_come_back(session):
    kept, dropped = offer("een", "zorghuis"), offer("twee", "zorghuis")
    sync(HOME, kept, dropped)
    assert sync(HOME, kept).report.retired == 1
    assert slugs() == ["een"]
    sync(HOME, kept, dropped)
    assert slugs() == ["een", "twee"]


def test_a_wrong_entry_is_left_out_with_its_reason_and_the_rest_is_kept(session):
    stock()
    done = sync(
        HOME,
        offer("goed", "zorghuis"),
        offer("fout", "zorghuis", hours=-1),
        offer("bemiddelt", "zorghuis", activities=["job-matching"]),
        offer("beroep", "agii", nature="vocational-training"),
        offer("vreemd", "zorghuis", topics=["it.jargon"]),
        offer("wees", "niemand"),
        "geen object",
    )
    assert [(fault.path, fault.code) for fault in done.left_out] == [
        ("entries[2].hours", "too-small"),
        ("entries[7]", "wrong-type"),
        ("entries[3].activities[0]", "individual-mediation"),
        ("entries[4].nature", "agency-vocational-training"),
        ("entries[5].topics[0]", "foreign-topic"),
        ("entries[6].provider", "unknown-provider"),
    ]
    assert slugs() == ["goed"]


def test_an_offer_that_became_wrong_keeps_its_last_good_version(session):
    sync(HOME, offer("een", "zorghuis"))
    sync(HOME, offer("een", "zorghuis", hours=-1))
    assert [(one.slug, one.hours) for one in services.published()] == [("een", 3)]


def test_nobody_changes_what_another_source_contributed(session):
    stock(offer("huis"))
    sync(HOME, offer("zorg", "zorghuis"))
    done = sync(offer("huis", hours=9), offer("zorg", "zorghuis", hours=9), plugin="it")
    assert [fault.code for fault in done.left_out] == ["foreign-source", "foreign-source"]
    with pytest.raises(DomainError) as refused:
        stock(offer("zorg", "zorghuis", hours=9))
    assert refused.value.code == "foreign-source"
    assert {one.hours for one in services.published()} == {3}


def test_python_tuples_and_mappings_are_as_good_as_json(session):
    sync(HOME, offer("een", "zorghuis", modes=("on_site",)))
    assert [one.modes for one in services.published()] == [("on_site",)]


def test_the_export_leaves_out_what_plugins_contribute(session):
    stock(offer("huis"))
    sync(HOME, offer("zorg", "zorghuis"))
    written = services.export_document()
    assert [one["slug"] for one in written["offers"]] == ["huis"]
    assert "zorghuis" not in [one["slug"] for one in written["providers"]]


def test_offers_of_a_plugin_that_is_not_on_are_nowhere(session):
    sync(provider("ander", "partner"), offer("elders", "ander"), plugin="absent")
    assert slugs() == []
    assert services.find(services.Search(), 1).total == 0
    for page, slug in ((services.offer_page, "elders"), (services.provider_page, "ander")):
        with pytest.raises(NotFound):
            page(slug)


def test_the_key_of_a_snapshot_names_the_plugins_that_are_on(session):
    number, on = services.version_key()
    assert number == services.version()
    assert "care" in on
    assert on == services.switched_on()
