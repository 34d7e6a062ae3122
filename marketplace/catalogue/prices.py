"""What an offer costs for a head count: pure arithmetic in integer euro cents."""

from __future__ import annotations

from marketplace.contract.values import Price

KINDS = ("free", "fixed", "per_group", "per_participant", "tiered")


def gross_cents(price: Price, count: int, group_max: int | None = None) -> int:
    """The gross price in cents for ``count`` participants, before aid and VAT.

    ``per_group`` counts ceil(count / group_max) groups, one group when there is no maximum.
    ``tiered`` takes the first tier that holds everybody; beyond the last tier it counts as many
    full last tiers as fit, and the rest by its own tier.
    Raises ValueError for fewer than one participant or an unknown price model.
    """
    if count < 1:
        raise ValueError(f"{count} participants have no price")
    if price.kind == "free":
        return 0
    if price.kind == "fixed":
        return price.cents
    if price.kind == "per_participant":
        return price.cents * count
    if price.kind == "per_group":
        return price.cents * groups(count, group_max)
    if price.kind == "tiered" and price.tiers:
        return _tiered(price.tiers, count)
    raise ValueError(f"unknown price model {price.kind!r}")


def groups(count: int, group_max: int | None) -> int:
    """How many groups ``count`` participants make; one when groups have no maximum."""
    return -(-count // group_max) if group_max else 1


def _tiered(tiers: tuple[tuple[int, int], ...], count: int) -> int:
    most, full_cents = tiers[-1]
    full, rest = divmod(count, most)
    cents = full * full_cents
    return cents + next(price for up_to, price in tiers if up_to >= rest) if rest else cents
