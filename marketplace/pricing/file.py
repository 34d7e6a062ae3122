"""The file of ``flask price explain``: a request file that also names an offer and a need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from marketplace.catalogue.prices import KINDS
from marketplace.catalogue.vocabulary import EVIDENCE, NATURES, VAT
from marketplace.contract.values import Need, Offer, Price, RequestFacts
from marketplace.requests.file import FileErrors, read_request
from marketplace.requests.file.reading import Reader, read_json, short

OFFER = ("nature", "price", "hours", "group_max", "evidence", "vat", "tags")
MOST_TIERS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be priced: an offer by its slug in the catalogue, or as it stands in the file."""

    request: RequestFacts
    need: Need
    offer: Offer | str


def read_text(text: str) -> Asked:
    """What a file asks. Raises FileErrors with every fault and its path."""
    document = read_json(text)
    if not isinstance(document, dict):
        raise FileErrors([f"file: must be an object, not {short(document)}"])
    reader, own = Reader(), dict(document)
    offer = _offer(reader, own.pop("offer", None))
    wanted = reader.text(own.pop("need", None), "need", most=80)
    errors: tuple[str, ...] = ()
    request = None
    try:
        request = read_request(own)
    except FileErrors as found:
        errors = found.errors
    need = _need(reader, wanted, request)
    if offer is None or need is None or request is None or reader.errors:
        raise FileErrors([*reader.errors, *errors])
    return Asked(request, need, offer)


def _need(reader: Reader, wanted: str | None, request: RequestFacts | None) -> Need | None:
    """The need that is named; the only one when none is."""
    needs = request.needs if request else ()
    if wanted is None:
        if len(needs) > 1:
            reader.refuse("need", f"is missing: name one of {', '.join(one.id for one in needs)}")
        return needs[0] if needs else None
    found = next((one for one in needs if one.id == wanted), None)
    if request and found is None:
        reader.refuse("need", f"{short(wanted)} is not the id of a need in this file")
    return found


def _offer(reader: Reader, value: object) -> Offer | str | None:
    if value is None:
        reader.refuse("offer", "is missing: a slug of the catalogue, or an object")
        return None
    if isinstance(value, str):
        return reader.text(value, "offer", most=80)
    if not isinstance(value, dict):
        reader.refuse("offer", f"must be a slug or an object, not {short(value)}")
        return None
    entry = reader.record(value, "offer", OFFER)
    price = _price(reader, entry)
    most = reader.whole(entry.get("group_max"), "offer.group_max", least=1)
    if price.kind == "per_group" and entry.get("group_max") is None:
        reader.refuse("offer.group_max", "is missing: a price per group needs it")
    if entry.get("nature") is None:
        reader.refuse("offer.nature", "is missing")
    return Offer(
        version_id="",
        slug="",
        nature=reader.one_of(entry.get("nature"), "offer.nature", tuple(NATURES)) or "",
        topics=(),
        roles=(),
        price=price,
        hours=reader.whole(entry.get("hours"), "offer.hours") or 0,
        group_max=most,
        evidence=reader.several(
            entry.get("evidence"),
            "offer.evidence",
            lambda one, path: reader.one_of(one, path, tuple(EVIDENCE)),
        ),
        tags=reader.several(entry.get("tags"), "offer.tags", reader.text),
        vat=reader.one_of(entry.get("vat"), "offer.vat", tuple(VAT)),
    )


def _price(reader: Reader, entry: Mapping[str, object]) -> Price:
    if entry.get("price") is None:
        reader.refuse("offer.price", "is missing")
        return Price("free")
    price = reader.part(entry, "offer", "price", ("kind", "cents", "tiers"))
    kind = reader.one_of(price.get("kind"), "offer.price.kind", KINDS)
    cents = reader.whole(price.get("cents"), "offer.price.cents")
    tiers = reader.several(price.get("tiers"), "offer.price.tiers", _tier(reader), MOST_TIERS)
    if price.get("kind") is None:
        reader.refuse("offer.price.kind", "is missing")
    if kind not in {None, "free", "tiered"} and price.get("cents") is None:
        reader.refuse("offer.price.cents", "is missing")
    if kind == "tiered" and not price.get("tiers"):
        reader.refuse("offer.price.tiers", "is missing")
    if any(one[0] >= two[0] for one, two in pairwise(tiers)):
        reader.refuse("offer.price.tiers", "must go up")
    return Price(kind or "free", cents or 0, tiers)


def _tier(reader: Reader) -> Callable[[object, str], tuple[int, int] | None]:
    def read(value: object, path: str) -> tuple[int, int] | None:
        tier = reader.record(value, path, ("up_to", "cents"))
        for key in ("up_to", "cents"):
            if tier.get(key) is None:
                reader.refuse(f"{path}.{key}", "is missing")
        up_to = reader.whole(tier.get("up_to"), f"{path}.up_to", least=1)
        cents = reader.whole(tier.get("cents"), f"{path}.cents")
        return None if up_to is None or cents is None else (up_to, cents)

    return read
