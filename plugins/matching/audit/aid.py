"""Aid that exists nowhere, so that generated catalogues have pools with a cap."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.contract.answers import Aid, Aids, Priced

PERCENT, CAP_CENTS = 30, 150_000


def made_up_aid(
    items: Sequence[Priced],
) -> tuple[Sequence[tuple[str, Aids]], tuple[str, ...]]:
    """A share of the price of offers with one kind of evidence, up to a cap for all together."""
    given = tuple(
        (Aid("made-up", item.gross_cents * PERCENT // 100, "certain", "made-up"),)
        if "kmo_registered" in item.offer.evidence
        else ()
        for item in items
    )
    return [("audit", Aids({"made-up": CAP_CENTS}, given))], ()
