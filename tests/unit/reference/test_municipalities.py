"""People name a place of work as they like; it finds one municipality, or says that it cannot."""

import pytest

from marketplace.contract.values import Place
from marketplace.reference import (
    distance_km,
    municipalities,
    municipalities_for,
    municipality,
    place,
)

FACILITY = {
    "23098": "Drogenbos",
    "23099": "Kraainem",
    "23100": "Linkebeek",
    "23101": "Sint-Genesius-Rode",
    "23102": "Wemmel",
    "23103": "Wezembeek-Oppem",
    "23009": "Bever",
    "33016": "Mesen",
    "34043": "Spiere-Helkijn",
    "45041": "Ronse",
    "73028": "Herstappe",
    "73109": "Voeren",
}


def name_of(text: str) -> str | None:
    found = municipality(text)
    return found.name if found else None


def test_there_are_285_flemish_and_19_brussels_municipalities():
    regions = [one.region for one in municipalities()]

    assert (regions.count("vlaanderen"), regions.count("brussel"), len(regions)) == (285, 19, 304)
    assert len({one.refnis for one in municipalities()}) == 304


@pytest.mark.parametrize("one", municipalities(), ids=lambda one: one.name)
def test_every_municipality_is_complete(one):
    assert 50.68 < one.latitude < 51.51
    assert 2.54 < one.longitude < 5.92
    assert one.postal_codes
    assert all(len(code) == 4 and code.isdecimal() for code in one.postal_codes)
    assert one.regime in {"nl", "bru", "facility"}
    assert one.agency in {"agii", "atlas", "amal", "huisnl"}
    assert bool(one.province) == (one.region == "vlaanderen")
    assert municipality(one.name) == one
    assert municipality(one.name_fr) == one
    assert municipality(one.refnis) == one
    assert all(one in municipalities_for(code) for code in one.postal_codes)


def test_the_facility_municipalities_are_the_twelve_of_the_law():
    assert {
        one.refnis: one.name for one in municipalities() if one.regime == "facility"
    } == FACILITY


def test_the_language_regime_of_brussels_is_that_of_its_19_municipalities():
    assert all((one.regime == "bru") == (one.region == "brussel") for one in municipalities())


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Antwerpen", "atlas"),
        ("Borsbeek", "atlas"),
        ("Deurne (Antwerpen)", "atlas"),
        ("2660", "atlas"),
        ("Gent", "amal"),
        ("Gentbrugge", "amal"),
        ("Zwijndrecht", "agii"),
        ("Destelbergen", "agii"),
        ("Sint-Jans-Molenbeek", "huisnl"),
        ("Zaventem", "agii"),
        ("Aalst", "agii"),
    ],
)
def test_the_competent_agency_follows_the_place(text, agency):
    assert municipality(text).agency == agency


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aalst", "Aalst"),
        ("Alost", "Aalst"),
        ("  aalst ", "Aalst"),
        ("41002", "Aalst"),
        ("9300", "Aalst"),
        ("9300 Aalst", "Aalst"),
        ("B-9320 Erembodegem", "Aalst"),
        ("Erembodegem", "Aalst"),
        ("9320", "Aalst"),
        ("gent", "Gent"),
        ("Gand", "Gent"),
        ("GHENT", "Gent"),
        ("Antwerp", "Antwerpen"),
        ("Anvers", "Antwerpen"),
        ("sint jans molenbeek", "Sint-Jans-Molenbeek"),
        ("St.-Jans-Molenbeek", "Sint-Jans-Molenbeek"),
        ("Molenbeek-Saint-Jean", "Sint-Jans-Molenbeek"),
        ("rhode saint genese", "Sint-Genesius-Rode"),
        ("Léau", "Zoutleeuw"),
        ("'s gravenwezel", "Schilde"),
        ("Fourons", "Voeren"),
        ("Fouron-le-Comte", "Voeren"),
        ("Brüssel", "Brussel"),
        ("Laken", "Brussel"),
        ("Halle", "Halle"),
        ("2980 Halle", "Zoersel"),
        ("Vorst", "Vorst"),
        ("Vorst 2430", "Laakdal"),
        ("1050 Elsene", "Elsene"),
        ("9320 Een gehucht", "Aalst"),
    ],
)
def test_a_municipality_is_found_by_any_of_its_names(text, name):
    assert name_of(text) == name


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("Borsbeek", "Antwerpen"),
        ("Meulebeke", "Tielt"),
        ("Ruiselede", "Wingene"),
        ("Wachtebeke", "Lochristi"),
        ("Galmaarden", "Pajottegem"),
        ("Kortessem", "Hasselt"),
        ("Tessenderlo", "Tessenderlo-Ham"),
        ("Borgloon", "Tongeren-Borgloon"),
        ("Melle", "Merelbeke-Melle"),
        ("Kruibeke", "Beveren-Kruibeke-Zwijndrecht"),
        ("Overpelt", "Pelt"),
        ("Kruishoutem", "Kruisem"),
        ("Nevele", "Deinze"),
        ("Zomergem", "Lievegem"),
        ("Meeuwen-Gruitrode", "Oudsbergen"),
        ("Puurs", "Puurs-Sint-Amands"),
    ],
)
def test_a_merged_municipality_leads_to_the_new_one(former, now):
    assert name_of(former) == now


def test_a_postal_code_of_two_municipalities_is_left_to_the_person():
    assert municipality("1040") is None
    assert [one.name for one in municipalities_for("1040")] == ["Brussel", "Etterbeek"]


def test_a_village_name_of_two_municipalities_is_left_to_the_person():
    assert municipality("Ramskapelle") is None
    assert [one.name for one in municipalities_for("Ramskapelle")] == ["Knokke-Heist", "Nieuwpoort"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Atlantis",
        "Namur",
        "0000",
        "99999",
        "9300 Gent",
        "'; --",
        "\x00",
        "a" * 10_000,
        "٣",
    ],
)
def test_an_unknown_place_is_none_and_never_an_error(text):
    assert municipality(text) is None
    assert municipalities_for(text) == []


def test_a_municipality_becomes_the_place_of_work_of_the_contract():
    assert place(municipality("Ronse")) == Place(
        "45041", "Ronse", "vlaanderen", "facility", "agii", 50.7457, 3.6005
    )


def test_distance_is_in_kilometres():
    aalst, gent = municipality("Aalst"), municipality("Gent")

    assert distance_km(aalst, aalst) == 0
    assert distance_km(aalst, gent) == pytest.approx(26, abs=2)
    assert distance_km(place(gent), (aalst.latitude, aalst.longitude)) == distance_km(aalst, gent)
