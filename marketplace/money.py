"""Money is integer euro cents everywhere; this file is where it becomes text and back."""

from __future__ import annotations

import re

MOST_CENTS = 10**12
_AMOUNT = re.compile(r"([-−]?)(\d{1,3}(?:[. ]\d{3})+|\d{1,15})(?:,(\d{1,2}))?", re.ASCII)
_POINT = re.compile(r"[-−]?\d{1,15}\.\d{1,2}", re.ASCII)
_UNIT = re.compile(r"^(€|euro|eur)\s*|\s*(€|euro|eur)$", re.IGNORECASE)


def euro(cents: int) -> str:
    """Dutch text for an amount in cents: ``1.150 euro`` or ``12,50 euro``."""
    return f"{plain(cents)} euro"


def plain(cents: int) -> str:
    """The amount without its unit: ``1.150`` or ``12,50``."""
    sign, whole, rest = "−" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    text = f"{whole:,}".replace(",", ".")
    return f"{sign}{text},{rest:02d}" if rest else f"{sign}{text}"


def parse_euro(text: str) -> int:
    """Cents from what a person types: ``4000``, ``4.000``, ``4 000,50``, ``€ 12,5``, ``12.50``.

    Raises ValueError when it is no amount or is larger than 10^12 cents.
    """
    cleaned = _UNIT.sub("", re.sub("[\u00a0\u202f]", " ", text).strip()).strip()
    if _POINT.fullmatch(cleaned):
        cleaned = cleaned.replace(".", ",")
    match = _AMOUNT.fullmatch(cleaned)
    if match is None:
        raise ValueError(text)
    sign, whole, rest = match.groups()
    cents = int(re.sub(r"[. ]", "", whole)) * 100 + int((rest or "0").ljust(2, "0"))
    if cents > MOST_CENTS:
        raise ValueError(text)
    return -cents if sign else cents
