"""``flask catalogue import``: all or nothing, and every error with its path."""

import copy
import json

import pytest
from sqlalchemy import func, select, text

from marketplace.catalogue import services, shape
from marketplace.catalogue.faults import MESSAGES, FileRefused
from marketplace.catalogue.models import OfferVersion, Provider
from marketplace.db import writing
from tests.factories.catalogue import document, offer, provider, stock, version_id


def refusal(value):
    """The faults of a refused document or file, as ``path → code``."""
    load = services.import_file if isinstance(value, bytes) else services.import_document
    with writing(), pytest.raises(FileRefused) as refused:
        load(value)
    for fault in refused.value.faults:
        assert fault.code in MESSAGES
        assert "%(" not in fault.message
    return {fault.path: fault.code for fault in refused.value.faults}


def changed(path, value, **more):
    """A good document with one value put at a path such as ``price.cents``."""
    entry = offer(**more)
    at = entry
    *way, last = path.split(".")
    for key in way:
        at = at.setdefault(key, {})
    at[last] = value
    return document([entry])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "not-json"),
        (b"", "not-json"),
        (b"\xff\xfe{}", "not-utf8"),
        (b'{"a": NaN}', "not-a-number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not-a-number"),
        (b"[" * 100_000, "too-deep"),
        (b"[]", "wrong-type"),
        (b"null", "wrong-type"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(session, raw, code):
    assert refusal(raw) == {"$": code}


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        ("titel", "x", "offers[0].titel", "unknown-key"),
        ("price.korting", 1, "offers[0].price.korting", "unknown-key"),
        ("title", 7, "offers[0].title", "wrong-type"),
        ("title", "", "offers[0].title", "empty"),
        ("title", "   ", "offers[0].title", "empty"),
        ("title", "x" * 121, "offers[0].title", "too-long"),
        ("title", "a\x00b", "offers[0].title", "forbidden-character"),
        ("title", "regel\n", "offers[0].title", "forbidden-character"),
        ("summary", "\ud800", "offers[0].summary", "forbidden-character"),
        ("description", "x\x1b[31m", "offers[0].description", "forbidden-character"),
        ("slug", "Met Spatie", "offers[0].slug", "wrong-shape"),
        ("slug", "einde\n", "offers[0].slug", "wrong-shape"),
        ("nature", "loterij", "offers[0].nature", "unknown-value"),
        ("hours", -1, "offers[0].hours", "too-small"),
        ("hours", 3.5, "offers[0].hours", "wrong-type"),
        ("hours", True, "offers[0].hours", "wrong-type"),
        ("hours", "3", "offers[0].hours", "wrong-type"),
        ("hours", 10**30, "offers[0].hours", "too-large"),
        ("topics", [], "offers[0].topics", "too-few"),
        ("topics", ["clear-language", "clear-language"], "offers[0].topics[1]", "value-twice"),
        ("topics", ["boksen"], "offers[0].topics[0]", "unknown-topic"),
        ("tags", ["a"] * 21, "offers[0].tags", "too-many"),
        ("price", {"kind": "fixed"}, "offers[0].price.cents", "price-missing"),
        ("price", {"kind": "free", "cents": 5}, "offers[0].price.cents", "price-unwanted"),
        ("price", {"kind": "tiered"}, "offers[0].price.tiers", "price-missing"),
        ("price", {"kind": "per_group", "cents": 5}, "offers[0].group.max", "group-max-missing"),
        (
            "price",
            {"kind": "fixed", "cents": 5, "tiers": [{"up_to": 1, "cents": 1}]},
            "offers[0].price.tiers",
            "price-unwanted",
        ),
        (
            "price",
            {"kind": "tiered", "tiers": [{"up_to": 5, "cents": 9}, {"up_to": 5, "cents": 10}]},
            "offers[0].price.tiers[1].up_to",
            "tiers-not-ascending",
        ),
        (
            "price",
            {"kind": "tiered", "tiers": [{"up_to": 5, "cents": 9}, {"up_to": 6, "cents": 8}]},
            "offers[0].price.tiers[1].cents",
            "tiers-not-ascending",
        ),
        ("levels", {"from": "B1", "to": "A1"}, "offers[0].levels.to", "levels-reversed"),
        ("levels", {"from": "B1"}, "offers[0].levels.to", "missing"),
        ("group", {"min": 5, "max": 4}, "offers[0].group.max", "group-reversed"),
        ("reach", ["99999"], "offers[0].reach[0]", "unknown-place"),
        ("reach", ["wallonie"], "offers[0].reach[0]", "wrong-shape"),
        ("location", "00001", "offers[0].location", "unknown-place"),
        ("languages", ["xx"], "offers[0].languages[0]", "unknown-language"),
        ("joint_committees", ["999"], "offers[0].joint_committees[0]", "unknown-joint-committee"),
        ("source.checked_on", "2026-02-30", "offers[0].source.checked_on", "no-date"),
        ("source.checked_on", "2027-01-01", "offers[0].source.checked_on", "date-in-future"),
        ("source.url", "javascript:alert(1)", "offers[0].source.url", "wrong-shape"),
        ("provider", "niemand", "offers[0].provider", "unknown-provider"),
        ("status", "gold", "offers[0].status", "unknown-value"),
    ],
)
def test_every_error_names_its_path(session, path, value, where, code):
    assert refusal(changed(path, value)) == {where: code}


def test_a_key_that_is_missing_or_double_is_named(session):
    incomplete = offer()
    del incomplete["hours"]
    assert refusal(document([incomplete])) == {"offers[0].hours": "missing"}
    raw = json.dumps(document([offer()])).replace('"hours": 3', '"hours": 3, "hours": 4')
    assert refusal(raw.encode()) == {"offers[0].hours": "key-twice"}


def test_every_error_of_a_file_is_reported_and_nothing_is_stored(session):
    bad = document(
        [offer("een"), offer("een"), offer("twee", hours=-1), offer("drie", provider="weg")],
        [provider(), provider("ligo", "coach"), provider("vdab", website="ftp://x")],
    )
    assert refusal(bad) == {
        "providers[1].kind": "unknown-value",
        "providers[2].website": "wrong-shape",
        "offers[2].hours": "too-small",
        "offers[1].slug": "slug-twice",
        "offers[3].provider": "unknown-provider",
    }
    assert session.scalar(select(func.count()).select_from(Provider)) == 0
    assert services.version() == 0


@pytest.mark.parametrize(
    ("kind", "more", "where", "code"),
    [
        ("agency", {"nature": "vocational-training"}, "nature", "agency-vocational-training"),
        (
            "agency",
            {"activities": ["vocational-course"]},
            "activities[0]",
            "agency-vocational-training",
        ),
        ("agency", {"activities": ["job-matching"]}, "activities[0]", "individual-mediation"),
        (
            "partner",
            {"activities": ["advice", "candidate-introduction"]},
            "activities[1]",
            "individual-mediation",
        ),
        ("partner", {"title": "Job-bemiddeling op maat"}, "title", "individual-mediation"),
        ("agency", {"tags": ["outplacement"]}, "tags[0]", "individual-mediation"),
    ],
)
def test_the_roles_that_stay_apart_are_refused(session, kind, more, where, code):
    refused = refusal(document([offer(**more)], [provider(kind=kind)]))
    assert refused == {f"offers[0].{where}": code}


def test_a_partner_may_give_vocational_training(session):
    stock(offer(provider="ligo", nature="vocational-training", activities=["vocational-course"]))
    assert [one.nature for one in services.published()] == ["vocational-training"]


def test_the_refusal_is_a_domain_error_with_code_message_and_field(session):
    with pytest.raises(FileRefused) as refused:
        stock(offer(nature="vocational-training"))
    assert refused.value.code == "agency-vocational-training"
    assert refused.value.field == "offers[0].nature"
    assert "een partner" in refused.value.message


def test_importing_again_makes_no_new_version(session):
    first = stock(offer())
    number = services.version()
    again = stock(offer())
    assert (first.new_versions, again.new_versions, again.unchanged) == (1, 0, 1)
    assert services.version() == number


def test_a_change_makes_the_next_version_and_keeps_the_old_one(session):
    stock(offer())
    stock(offer(hours=4))
    rows = session.execute(select(OfferVersion.number, OfferVersion.hours)).all()
    assert sorted(rows) == [(1, 3), (2, 4)]
    assert [one.hours for one in services.published()] == [4]


def test_writing_out_a_default_is_no_change(session):
    stock(offer())
    again = stock(offer(weeks=1, lead_days=0, levels=None, group={"min": 1, "max": None}, modes=[]))
    assert again.new_versions == 0


def test_a_provider_stays_agency_or_partner_and_an_offer_stays_with_its_provider(session):
    stock(offer())
    moved = document(
        [offer(provider="ligo")], [provider(kind="partner"), provider("ligo", "partner")]
    )
    assert refusal(moved) == {
        "providers[0].kind": "kind-fixed",
        "offers[0].provider": "provider-fixed",
    }


def test_places_may_not_fall_below_what_is_booked(session):
    stock(offer(capacity=10))
    [one] = services.published()
    with writing():
        assert services.reserve(one.version_id, 6)
        session.commit()
    assert refusal(document([offer(capacity=5)])) == {"offers[0].capacity": "capacity-booked"}
    stock(offer(capacity=8))
    assert services.places_left() == {one.version_id: 2}
    stock(offer())
    assert services.places_left() == {}


def test_a_renamed_provider_is_found_by_its_new_name(session):
    stock(offer())
    stock(offer(), providers=[provider(name="Huis der Talen")])
    found = services.find(services.Search("huis talen"), 1)
    assert [version.offer.slug for version in found.rows] == ["klare-taal"]


def test_export_and_import_are_each_others_reverse(session):
    places = offer("schaars", capacity=7, group={"min": 2, "max": 9}, hours=0, tags=["class"])
    stock(
        offer(levels={"from": "A1", "to": "A2"}, location="41002", reach=["area:agii", "41002"]),
        places,
        offer("ontwerp", status="draft"),
        offer("weg", status="retired"),
        offer(
            "trap",
            price={"kind": "tiered", "tiers": [{"up_to": 4, "cents": 900}], "note": "Excl. btw."},
        ),
    )
    written = services.export_document()
    assert services.export_document() == written
    session.rollback()
    before = copy.deepcopy(written)
    with writing():
        report = services.import_document(json.loads(services.export_text()))
    assert (report.unchanged, report.new_versions, report.new_offers) == (5, 0, 0)
    assert services.export_document() == before
    assert list(shape.faults(written)) == []


def test_the_export_of_one_house_fills_another(session):
    stock(offer(capacity=3), offer("ontwerp", status="draft"), offer("weg", status="retired"))
    written = services.export_text()
    empty_catalogue(session)
    with writing():
        services.import_file(written.encode())
    assert services.export_text() == written


def empty_catalogue(session):
    """Take everything out in words that the guard does not see."""
    for table in ("offer_facets", "capacities", "offer_versions", "offers", "providers"):
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
    session.commit()


def test_a_reviewed_vat_treatment_is_a_new_version_and_comes_out_again(session):
    stock(offer())
    first = version_id("klare-taal")
    stock(offer(vat=None))
    assert version_id("klare-taal") == first
    stock(offer(vat="exempt"))
    assert version_id("klare-taal") != first
    [one] = services.export_document()["offers"]
    assert one["vat"] == "exempt"


def test_a_vat_treatment_outside_the_list_is_refused_with_its_path(session):
    assert refusal(document([offer(vat="6%")])) == {"offers[0].vat": "unknown-value"}
