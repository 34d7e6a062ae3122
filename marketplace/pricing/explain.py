"""The price of one offer for one need, with what the subsidy plugins say of it today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import cast

from marketplace import clock
from marketplace.catalogue import services as catalogue
from marketplace.contract.answers import Aid, Aids, Priced
from marketplace.contract.values import Json, Reason
from marketplace.host import ask
from marketplace.pricing.calculator import PriceCard, Row, price_card
from marketplace.pricing.file import Asked
from marketplace.requests.file import FileErrors


@dataclass(frozen=True, slots=True)
class Explained:
    """What was priced, the calculation, and the subsidy plugins that kept silent."""

    item: Priced
    card: PriceCard
    silent: tuple[str, ...]


def explain(asked: Asked) -> Explained:
    """Price what a file asks. Raises FileErrors when the catalogue has no such offer."""
    request = replace(asked.request, asked_on=asked.request.asked_on or clock.today())
    offer = asked.offer
    if isinstance(offer, str):
        found = catalogue.published_offer(offer)
        if found is None:
            raise FileErrors([f"offer: {offer!r} is not a published offer"])
        offer = found
    gross = catalogue.gross_cents(offer.price, asked.need.group.count, offer.group_max)
    start = request.start or request.asked_on or clock.today()
    item = Priced(offer, asked.need, gross, start)
    answers = ask.ask("subsidies", request=replace(request, start=start), items=[item])
    given = [(plugin, cast(Aids, one)) for plugin, one in answers.values]
    card = price_card(
        gross,
        [aid for plugin, one in given for aid in _within_pools(plugin, one)],
        [reason for _plugin, one in given for reason in (one.refused[0] if one.refused else ())],
        offer.vat,
        request.employer.vat_recoverable,
    )
    return Explained(item, card, answers.silent)


def _within_pools(plugin: str, answer: Aids) -> Sequence[Aid]:
    """The aids of the item, each pool spent from the top, under the full name of their pool."""
    rest = dict(answer.pools)
    found: list[Aid] = []
    for aid in answer.aids[0]:
        if aid.pool is None:
            found.append(aid)
            continue
        given = aid.cents
        if given is not None and aid.pool in rest and aid.certainty == "certain":
            given = min(given, rest[aid.pool])
            rest[aid.pool] -= given
        found.append(replace(aid, cents=given, pool=f"{plugin}:{aid.pool}"))
    return found


def document_of(explained: Explained) -> dict[str, Json]:
    """The calculation in the published format of ``flask price explain`` (docs/price.md)."""
    item, card = explained.item, explained.card
    return {
        "offer": item.offer.slug or None,
        "need": item.need.id,
        "participants": item.need.group.count,
        "start": item.start.isoformat(),
        "vat": {
            "treatment": card.vat,
            "cents": card.vat_cents,
            "recoverable": card.recoverable,
        },
        "rows": [_row(row) for row in card.rows],
        "now_cents": card.now_cents,
        "after_claims_cents": card.after_claims_cents,
        "net_cents": card.net_cents,
        "net_unrecovered_cents": card.net_unrecovered_cents,
        "deadlines": [
            {"rule": one.aid.rule, "day": _day(one.day), "apply": one.aid.apply}
            for one in card.deadlines
        ],
        "refused": [_reason(reason) for reason in card.refused],
        "silent_sources": list(explained.silent),
    }


def _row(row: Row) -> Mapping[str, Json]:
    plain: dict[str, Json] = {"kind": row.kind, "cents": row.cents}
    if row.most_cents is not None:
        plain["most_cents"] = row.most_cents
    if row.aid is None:
        return plain
    aid = asdict(row.aid)
    told = ("rule", "title", "certainty", "pool", "source", "checked_on", "apply", "apply_by")
    return plain | {key: _day(aid[key]) for key in (*told, "more") if aid[key] not in (None, "")}


def _day(value: Json | date) -> Json:
    return value.isoformat() if isinstance(value, date) else value


def _reason(reason: Reason) -> Json:
    return {"code": reason.code, "facts": dict(reason.facts)}
