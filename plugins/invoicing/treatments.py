"""How VAT is charged, as data. A person reviews it per seller and offer; it is never inferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _

from .values import InvoiceLine, Seller, VatRow


@dataclass(frozen=True, slots=True)
class Treatment:
    """``category`` and ``code`` are those of EN 16931 (UNCL5305 and VATEX).

    ``percent`` None: not even nought per cent is said.
    """

    category: str
    percent: int | None
    reason: str = ""
    code: str = ""


TREATMENTS: Mapping[str, Treatment] = {
    "standard": Treatment("S", 21),
    "exempt": Treatment(
        "E",
        0,
        "Vrijgesteld van btw: artikel 44, § 2, 4° van het Btw-Wetboek",
        "VATEX-EU-132-1I",
    ),
    "outside": Treatment(
        "O", None, "Niet onderworpen aan btw: artikel 6 van het Btw-Wetboek", "VATEX-EU-O"
    ),
}
"""Sources: design notes on the Belgian invoice; Btw-Wetboek art. 6 and art. 44 § 2 4°."""


def treatment_of(vat: str | None) -> Treatment:
    """The treatment of a line. Raises DomainError ``vat-not-reviewed`` when nobody decided it."""
    if vat is None or vat not in TREATMENTS:
        raise DomainError(
            "vat-not-reviewed",
            _("Niemand keek na welke btw voor dit aanbod geldt. Vul dat eerst in bij het aanbod."),
        )
    return TREATMENTS[vat]


def half_up(numerator: int, denominator: int) -> int:
    """A quotient of amounts rounded to the nearest whole, a half upwards; for what is not negative.

    >>> half_up(5 * 21, 100), half_up(50, 100), half_up(49, 100)
    (1, 1, 0)
    """
    return (2 * numerator + denominator) // (2 * denominator)


def vat_on(net_cents: int, vat: str | None) -> int:
    """VAT in cents on an amount without it."""
    return half_up(net_cents * (treatment_of(vat).percent or 0), 100)


def breakdown(lines: Sequence[InvoiceLine]) -> tuple[VatRow, ...]:
    """VAT per treatment, rounded once on the sum: rounding per line is not allowed since 2026.

    Raises DomainError ``vat-not-reviewed`` or ``vat-mixed``.
    """
    sums: dict[str, int] = {}
    for line in lines:
        treatment_of(line.treatment)
        sums[line.treatment] = sums.get(line.treatment, 0) + line.net_cents
    if "outside" in sums and len(sums) > 1:
        raise DomainError(
            "vat-mixed",
            _("Wat buiten de btw valt, hoort op een factuur apart. Splits deze factuur."),
        )
    return tuple(
        VatRow(name, sums[name], vat_on(sums[name], name)) for name in TREATMENTS if name in sums
    )


def credited_vat(vat: str, before_cents: int, net_cents: int) -> int:
    """VAT on a part of an invoice of which ``before_cents`` was credited earlier.

    The difference of two rounded sums: all credit notes of an invoice together take back exactly
    its VAT, and each is within one cent of its own rounding.
    """
    return vat_on(before_cents + net_cents, vat) - vat_on(before_cents, vat)


def check_seller(seller: Seller, rows: Sequence[VatRow]) -> None:
    """Raise DomainError ``no-vat-number`` when VAT is charged by who has no VAT number."""
    if seller.vat_number is None and any(row.treatment == "standard" for row in rows):
        raise DomainError(
            "no-vat-number",
            _("De verkoper heeft geen btw-nummer en mag geen btw aanrekenen."),
            "vat_number",
        )
