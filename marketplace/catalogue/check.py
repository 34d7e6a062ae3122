"""What the schema cannot say: what must fit together, and what nobody may offer here.

Pure functions over an entry that already has the right shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from marketplace import reference
from marketplace.catalogue.content import Entry, folded
from marketplace.catalogue.faults import Fault, join
from marketplace.catalogue.vocabulary import LEVELS, MEDIATION, MEDIATION_WORDS, TOPICS


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry is checked against: kind per provider slug, today, and who contributes it."""

    providers: Mapping[str, str]
    today: date
    plugin: str = ""


def provider_faults(entry: Entry, path: str, known: Known) -> Iterator[Fault]:
    """Everything wrong with a provider of the right shape."""
    yield from _place_faults(_texts(entry, "competence"), join(path, "competence"))
    for number, proof in enumerate(cast(Sequence[Entry], entry.get("evidence", ()))):
        where = join(join(join(path, "evidence"), number), "checked_on")
        yield from _date_faults(str(proof["checked_on"]), where, known.today)


def offer_faults(entry: Entry, path: str, known: Known) -> Iterator[Fault]:
    """Everything wrong with an offer of the right shape."""
    yield from _role_faults(entry, path, known)
    yield from _topic_faults(entry, path, known)
    yield from _fit_faults(entry, path)
    yield from _price_faults(entry, join(path, "price"))
    yield from _reference_faults(entry, path)
    source = cast(Entry, entry["source"])
    yield from _date_faults(
        str(source["checked_on"]), join(join(path, "source"), "checked_on"), known.today
    )


def _role_faults(entry: Entry, path: str, known: Known) -> Iterator[Fault]:
    """The two roles that the agencies do not have: see "Roles stay apart" in docs/catalogue.md."""
    kind = known.providers.get(str(entry["provider"]))
    if kind is None:
        yield Fault(join(path, "provider"), "unknown-provider")
    if kind == "agency" and entry["nature"] == "vocational-training":
        yield Fault(join(path, "nature"), "agency-vocational-training")
    for number, activity in enumerate(_texts(entry, "activities")):
        where = join(join(path, "activities"), number)
        if activity in MEDIATION:
            yield Fault(where, "individual-mediation")
        elif activity == "vocational-course" and kind == "agency":
            yield Fault(where, "agency-vocational-training")
    if _names_mediation(str(entry["title"])):
        yield Fault(join(path, "title"), "individual-mediation")
    for number, tag in enumerate(_texts(entry, "tags")):
        if _names_mediation(tag):
            yield Fault(join(join(path, "tags"), number), "individual-mediation")


def _names_mediation(text: str) -> bool:
    together = folded(text).replace(" ", "")
    return any(word in together for word in MEDIATION_WORDS)


def _topic_faults(entry: Entry, path: str, known: Known) -> Iterator[Fault]:
    for number, topic in enumerate(_texts(entry, "topics")):
        where = join(join(path, "topics"), number)
        prefix, dot, _name = topic.rpartition(".")
        if dot and known.plugin and prefix != known.plugin:
            yield Fault(where, "foreign-topic", {"plugin": prefix})
        elif not dot and topic not in TOPICS:
            yield Fault(where, "unknown-topic", {"known": ", ".join(TOPICS)})


def _fit_faults(entry: Entry, path: str) -> Iterator[Fault]:
    levels = cast("Mapping[str, str] | None", entry.get("levels"))
    if levels and LEVELS.index(levels["to"]) < LEVELS.index(levels["from"]):
        yield Fault(join(path, "levels.to"), "levels-reversed")
    least, most = _group(entry)
    if most is not None and most < least:
        yield Fault(join(path, "group.max"), "group-reversed")


def _group(entry: Entry) -> tuple[int, int | None]:
    group = cast("Mapping[str, int | None]", entry.get("group", {}))
    return group.get("min") or 1, group.get("max")


def _price_faults(entry: Entry, path: str) -> Iterator[Fault]:
    price = cast(Entry, entry["price"])
    kind, cents = price["kind"], cast(int, price.get("cents", 0))
    tiers = cast(Sequence[Mapping[str, int]], price.get("tiers", ()))
    wants_cents = kind in {"fixed", "per_group", "per_participant"}
    if wants_cents and not cents:
        yield Fault(join(path, "cents"), "price-missing")
    if cents and not wants_cents:
        yield Fault(join(path, "cents"), "price-unwanted")
    if kind == "tiered" and not tiers:
        yield Fault(join(path, "tiers"), "price-missing")
    if tiers and kind != "tiered":
        yield Fault(join(path, "tiers"), "price-unwanted")
    if kind == "per_group" and _group(entry)[1] is None:
        where = path.removesuffix(".price")
        yield Fault(join(where, "group.max"), "group-max-missing")
    for number in range(1, len(tiers)):
        where = join(join(path, "tiers"), number)
        if tiers[number]["up_to"] <= tiers[number - 1]["up_to"]:
            yield Fault(join(where, "up_to"), "tiers-not-ascending")
        if tiers[number]["cents"] < tiers[number - 1]["cents"]:
            yield Fault(join(where, "cents"), "tiers-not-ascending")


def _reference_faults(entry: Entry, path: str) -> Iterator[Fault]:
    yield from _place_faults(_texts(entry, "reach"), join(path, "reach"))
    location = entry.get("location")
    if location is not None and not _is_municipality(str(location)):
        yield Fault(join(path, "location"), "unknown-place")
    for number, code in enumerate(_texts(entry, "joint_committees")):
        if reference.joint_committee(code) is None:
            where = join(join(path, "joint_committees"), number)
            yield Fault(where, "unknown-joint-committee")
    for number, code in enumerate(_texts(entry, "languages")):
        if reference.language(code) is None:
            yield Fault(join(join(path, "languages"), number), "unknown-language")


def _place_faults(areas: Sequence[str], path: str) -> Iterator[Fault]:
    for number, area in enumerate(areas):
        if area.isdecimal() and not _is_municipality(area):
            yield Fault(join(path, number), "unknown-place")


def _is_municipality(refnis: str) -> bool:
    found = reference.municipality(refnis)
    return found is not None and found.refnis == refnis


def _date_faults(text: str, path: str, today: date) -> Iterator[Fault]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield Fault(path, "no-date")
        return
    if day > today:
        yield Fault(path, "date-in-future")


def _texts(entry: Entry, key: str) -> Sequence[str]:
    return cast(Sequence[str], entry.get(key, ()))
