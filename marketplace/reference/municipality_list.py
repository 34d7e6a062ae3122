"""Municipalities and how people name them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from marketplace.contract.values import Place

from .tables import fold, rows
from .values import Municipality

_LONGEST = 100  # characters of a name that is worth looking up
_CODE_AND_NAME = re.compile(r"(?:b )?(?P<code>\d{4}) (?P<name>\D.*)")
_NAME_AND_HINT = re.compile(r"(?P<name>[^()]+)\((?P<hint>[^()]+)\)")
_NAME_AND_CODE = re.compile(r"(?P<name>\D.*?) (?:b )?(?P<code>\d{4})")


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 304 Flemish and Brussels municipalities, by Dutch name."""
    every = [_read(row) for row in rows("municipalities")]
    return tuple(sorted(every, key=lambda municipality: fold(municipality.name)))


def municipality(text: str) -> Municipality | None:
    """The municipality that a name, a REFNIS code or a postal code stands for.

    A name may be Dutch, French or another usual one, of the municipality itself or of a place in
    it: a former municipality or a village. The name of a municipality goes before that of a place
    (Halle is the town, not the village in Zoersel). ``9320 Erembodegem`` works too. None means
    unknown or ambiguous; ``municipalities_for`` tells these two apart.
    """
    found = municipalities_for(text)
    if len(found) > 1:
        found = [one for one in found if fold(text) in _names_of(one)]
    return found[0] if len(found) == 1 else None


def municipalities_for(text: str) -> list[Municipality]:
    """Every municipality the text may stand for; empty when there is none.

    Municipalities of that name come first, then those with a place of that name. A postal code
    together with a name gives what fits both; a name nobody knows leaves the code to decide. A
    municipality in brackets chooses between places of one name: ``Deurne (Antwerpen)``.
    """
    if len(text) > _LONGEST:
        return []
    key = fold(text)
    if key.removeprefix("b ").isdecimal():
        return list(_by_code().get(key.removeprefix("b "), ()))
    if hinted := _hinted(text):
        return hinted
    both = _CODE_AND_NAME.fullmatch(key) or _NAME_AND_CODE.fullmatch(key)
    if both is None:
        return _named(key)
    coded = _by_code().get(both["code"], ())
    named = _named(both["name"])
    return [one for one in coded if one in named] if named else list(coded)


def place(municipality: Municipality) -> Place:
    """The municipality as the place of work in the contract's values."""
    return Place(
        refnis=municipality.refnis,
        name=municipality.name,
        region=municipality.region,
        regime=municipality.regime,
        agency=municipality.agency,
        latitude=municipality.latitude,
        longitude=municipality.longitude,
    )


def _read(row: list[str]) -> Municipality:
    refnis, name, name_fr, others, postal_codes, region, province, regime, agency, *point = row
    return Municipality(
        refnis=refnis,
        name=name,
        name_fr=name_fr,
        other_names=tuple(other for other in others.split(";") if other),
        postal_codes=tuple(postal_codes.split(";")),
        region=region,
        province=province,
        regime=regime,
        agency=agency,
        latitude=float(point[0]),
        longitude=float(point[1]),
    )


def _names_of(municipality: Municipality) -> set[str]:
    names = (municipality.name, municipality.name_fr, *municipality.other_names)
    return {fold(name) for name in names}


def _hinted(text: str) -> list[Municipality]:
    match = _NAME_AND_HINT.fullmatch(text.strip())
    if match is None:
        return []
    hint = _named(fold(match["hint"]))
    return [one for one in _named(fold(match["name"])) if one in hint]


def _named(key: str) -> list[Municipality]:
    official = _by_name().get(key, ())
    return [*official, *(one for one in _by_place().get(key, ()) if one not in official)]


@cache
def _by_code() -> Mapping[str, list[Municipality]]:
    index: dict[str, list[Municipality]] = defaultdict(list)
    for one in municipalities():
        for code in (one.refnis, *one.postal_codes):
            index[code].append(one)
    return dict(index)


@cache
def _by_name() -> Mapping[str, list[Municipality]]:
    index: dict[str, list[Municipality]] = defaultdict(list)
    for one in municipalities():
        for name in _names_of(one):
            index[name].append(one)
    return dict(index)


@cache
def _by_place() -> Mapping[str, list[Municipality]]:
    of_refnis = {one.refnis: one for one in municipalities()}
    index: dict[str, list[Municipality]] = defaultdict(list)
    for name, refnis, _postal_code in rows("places"):
        found = index[fold(name)]
        if of_refnis[refnis] not in found:
            found.append(of_refnis[refnis])
    return dict(index)
