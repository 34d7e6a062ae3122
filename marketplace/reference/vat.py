"""Treatments of Belgian VAT. A person decides which one counts for an offer; nothing infers it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from .tables import DATA

CAUTIOUS = "standard"
"""Counts where nobody reviewed the treatment, so that no budget is ever promised too low."""


@dataclass(frozen=True, slots=True)
class VatTreatment:
    """One treatment. ``category`` is the code on an electronic invoice: S, E or O.

    ``exemption`` and ``reason`` stand on the invoice when there is no VAT; ``confidence`` is A, B
    or C as in docs/subsidies.md.
    """

    code: str
    percent: int
    category: str
    exemption: str | None
    reason: str | None
    source: str
    checked_on: date
    confidence: str


@cache
def vat_treatments() -> Mapping[str, VatTreatment]:
    """Every treatment by its code: standard, exempt, outside."""
    rows = json.loads((DATA / "vat.json").read_text("utf-8"))
    return {
        code: VatTreatment(
            code=code, **(row | {"checked_on": date.fromisoformat(row["checked_on"])})
        )
        for code, row in rows.items()
    }


def vat_treatment(code: str) -> VatTreatment:
    """The treatment with this code. Raises KeyError for another one."""
    return vat_treatments()[code]


def vat_cents(cents: int, treatment: str | None) -> int:
    """VAT in cents on an amount in cents, rounded half up to the cent.

    None, not reviewed, counts as the standard rate. Give the total per treatment, not a part of
    it: an electronic invoice rounds once per rate, and rounded parts may differ from it by cents.
    Raises KeyError for an unknown treatment. Source: royal decree of 8 July 2025,
    finance.belgium.be.
    """
    return (cents * vat_treatment(treatment or CAUTIOUS).percent + 50) // 100
