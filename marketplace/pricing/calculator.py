"""From a gross price to what an employer really pays: a pure calculation in integer euro cents.

Every cent of difference between two sums is a row of its own. VAT is reckoned on the whole gross
price, once, rounded half up to the cent (``reference.vat``); aid is on the price without VAT and
never more than that price. Only certain aid counts; aid on wages never lowers an invoice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.contract.answers import Aid
from marketplace.contract.values import Reason
from marketplace.reference import vat_cents

ADDED = frozenset({"gross", "vat", "aid", "claim", "vat_back"})
"""Kinds of rows that add up; ``aid``, ``claim`` and ``vat_back`` are negative."""
SUMS = frozenset({"now", "after_claims", "net", "net_unrecovered"})
"""Kinds of rows that say what all rows above them come to."""
APART = frozenset({"possible", "wage"})
"""Kinds of rows that are told and never counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a price card; ``cents`` None: not known. A range goes up to ``most_cents``."""

    kind: str
    cents: int | None
    most_cents: int | None = None
    aid: Aid | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """An aid to ask for, up to and including ``day``; None: nobody published a last day."""

    day: date | None
    aid: Aid


@dataclass(frozen=True, slots=True)
class PriceCard:
    """The whole calculation.

    ``now_cents`` is paid on the invoice, ``after_claims_cents`` is left when all claims are paid
    out, ``net_cents`` when VAT came back too, unless it is known that it does not. When nobody
    knows, ``net_unrecovered_cents`` is with VAT; else that is None.
    """

    rows: tuple[Row, ...]
    vat: str | None
    vat_cents: int | None
    recoverable: bool | None
    aid_cents: int
    now_cents: int
    after_claims_cents: int
    net_cents: int
    net_unrecovered_cents: int | None
    deadlines: tuple[Deadline, ...]
    refused: tuple[Reason, ...]


def price_card(
    gross_cents: int,
    aids: Sequence[Aid] = (),
    refused: Sequence[Reason] = (),
    vat: str | None = None,
    recoverable: bool | None = None,
) -> PriceCard:
    """The calculation for one offer and group.

    ``vat`` is the treatment that a person reviewed. Without one VAT is left out, but who cannot
    get it back counts with the standard rate, to be on the safe side. Raises KeyError for an
    unknown treatment and ValueError for a negative amount.
    """
    if gross_cents < 0 or any((aid.cents or 0) < 0 for aid in aids):
        raise ValueError("a price and an aid are never negative")
    tax = None if vat is None and recoverable is not False else vat_cents(gross_cents, vat)
    on_invoice, claims = _counted(aids, gross_cents)
    now = gross_cents + (tax or 0) + sum([row.cents or 0 for row in on_invoice])
    after = now + sum([row.cents or 0 for row in claims])
    back = [Row("vat_back", -tax)] if tax and recoverable is not False else []
    rows = [Row("gross", gross_cents), Row("vat", tax), *on_invoice, Row("now", now)]
    rows += [*claims, Row("after_claims", after)] if claims else []
    without_vat = after - (tax or 0)
    if back and recoverable is None:
        rows.append(Row("net_unrecovered", after))
    rows += [*back, Row("net", without_vat if back else after)]
    return PriceCard(
        rows=(*rows, *_apart(aids)),
        vat=vat,
        vat_cents=tax,
        recoverable=recoverable,
        aid_cents=gross_cents + (tax or 0) - after,
        now_cents=now,
        after_claims_cents=after,
        net_cents=without_vat if back else after,
        net_unrecovered_cents=after if back and recoverable is None else None,
        deadlines=deadlines_of(aids),
        refused=tuple(refused),
    )


def deadlines_of(aids: Iterable[Aid]) -> tuple[Deadline, ...]:
    """What has to be asked for, the first to end first; without a last day at the end."""
    asked = [Deadline(aid.apply_by, aid) for aid in aids if aid.apply or aid.apply_by]
    return tuple(sorted(asked, key=lambda one: (one.day or date.max, one.aid.title, one.aid.rule)))


def counts(aid: Aid) -> bool:
    """Whether an aid lowers what is paid: it is certain, known, and not on wages."""
    return aid.certainty == "certain" and aid.cents is not None and not aid.wage_side


def _counted(aids: Sequence[Aid], gross_cents: int) -> tuple[list[Row], list[Row]]:
    """Aid settled on the invoice and aid that is claimed, together at most the gross price."""
    rest = gross_cents
    found: dict[bool, list[Row]] = {False: [], True: []}
    for aid in sorted(filter(counts, aids), key=lambda aid: aid.claimed):
        taken = min(aid.cents or 0, rest)
        rest -= taken
        found[aid.claimed].append(Row("claim" if aid.claimed else "aid", -taken, aid=aid))
    return found[False], found[True]


def _apart(aids: Sequence[Aid]) -> list[Row]:
    """What may still come, and what comes back on wages."""
    possible = [aid for aid in aids if not counts(aid) and not aid.wage_side]
    wage = [aid for aid in aids if aid.wage_side]
    return [
        Row(kind, aid.cents, aid.most_cents, aid)
        for kind, found in (("possible", possible), ("wage", wage))
        for aid in found
    ]
