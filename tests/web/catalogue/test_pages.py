"""The page of an offer and of a provider."""

import pytest

from tests.factories.catalogue import offer, stock


def test_an_offer_shows_its_price_as_an_example_with_source_and_version(client, shop):
    text = client.get("/aanbod/coaching").text
    for words in (
        "Coaching op de vloer",
        "Partner:",
        "800 euro per groep",
        "Voorbeeldprijs",
        "2.400 euro",
        "3 groepen",
        "van A1 naar A2",
        "2 tot 5 deelnemers",
        "Vrije plaatsen",
        "Een bron",
        "Nagekeken op 1/11/2026",
        "Versie 1 van 23/11/2026",
        "Werkt zonder winstoogmerk".lower(),
    ):
        assert words in text


def test_a_free_offer_has_no_example_price(client, shop):
    text = client.get("/aanbod/klare-taal").text
    assert "gratis" in text
    assert "Voorbeeldprijs" not in text


def test_a_retired_offer_stays_readable_and_says_so(client, shop):
    text = client.get("/aanbod/oud").text
    assert "Dit aanbod is stopgezet" in text
    assert "noindex" in text


@pytest.mark.parametrize(
    "path",
    ["/aanbod/ontwerp", "/aanbod/nergens", "/aanbod/%00", "/aanbieders/x", "/aanbod/" + "x" * 9000],
)
def test_a_draft_or_an_unknown_address_is_not_found(client, shop, path):
    assert client.get(path).status_code == 404


def test_a_provider_shows_its_evidence_and_its_offers(client, shop):
    text = client.get("/aanbieders/ligo").text
    assert "werkt zonder winstoogmerk" in text
    assert "nagekeken op 1/11/2026" in text
    assert '/aanbod/coaching"' in text
    assert '/aanbod/oud"' not in text
    assert '/aanbod/ontwerp"' not in text


def test_what_people_wrote_is_never_markup(client, session):
    from tests.factories.catalogue import offer, provider, stock

    evil = "<img src=x onerror=alert(1)>"
    entry = offer("x", title=evil, summary=evil, description=evil, audience=evil, approach=evil)
    stock(entry, providers=[provider(name=evil, about=evil)])
    session.rollback()
    for path in ("/aanbod", "/aanbod/x", "/aanbieders/agii"):
        assert "<img src=x" not in client.get(path).text


@pytest.mark.parametrize(
    ("vat", "told"),
    [
        ("standard", "Er komt 21 % btw bij"),
        ("exempt", "Er komt geen btw bij: vrijgesteld van btw"),
        ("outside", "Er komt geen btw bij: niet onderworpen aan btw"),
        (None, "Hoeveel btw erbij komt, is nog niet nagekeken"),
    ],
)
def test_an_offer_says_how_vat_applies_or_that_nobody_reviewed_it(client, session, vat, told):
    price = {"kind": "fixed", "cents": 240_000}
    stock(offer("les", "ligo", price=price, vat=vat))
    assert told in client.get("/aanbod/les").text
