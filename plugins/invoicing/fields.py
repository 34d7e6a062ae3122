"""Dutch names of the fields that a rule may point at: business terms of EN 16931 and elements."""

from __future__ import annotations

import re
from collections.abc import Mapping

from marketplace.kit.i18n import _, lazy_

TERMS: Mapping[str, object] = {
    "BT-1": lazy_("nummer"),
    "BT-2": lazy_("datum"),
    "BT-3": lazy_("soort document"),
    "BT-5": lazy_("munt"),
    "BT-9": lazy_("vervaldag"),
    "BT-10": lazy_("kenmerk van de koper"),
    "BT-13": lazy_("bestelnummer"),
    "BT-20": lazy_("betaaltermijn"),
    "BT-24": lazy_("specificatie"),
    "BT-25": lazy_("nummer van de oorspronkelijke factuur"),
    "BT-27": lazy_("naam van de verkoper"),
    "BT-29": lazy_("ondernemingsnummer van de verkoper"),
    "BT-30": lazy_("ondernemingsnummer van de verkoper"),
    "BT-31": lazy_("btw-nummer van de verkoper"),
    "BT-34": lazy_("Peppol-adres van de verkoper"),
    "BT-40": lazy_("land van de verkoper"),
    "BT-44": lazy_("naam van de koper"),
    "BT-46": lazy_("ondernemingsnummer van de koper"),
    "BT-47": lazy_("ondernemingsnummer van de koper"),
    "BT-48": lazy_("btw-nummer van de koper"),
    "BT-49": lazy_("Peppol-adres van de koper"),
    "BT-55": lazy_("land van de koper"),
    "BT-81": lazy_("betaalwijze"),
    "BT-84": lazy_("rekeningnummer"),
    "BT-106": lazy_("som van de lijnen"),
    "BT-109": lazy_("totaal zonder btw"),
    "BT-110": lazy_("totaal van de btw"),
    "BT-112": lazy_("totaal met btw"),
    "BT-113": lazy_("al betaald"),
    "BT-115": lazy_("te betalen bedrag"),
    "BT-116": lazy_("bedrag waarop btw komt"),
    "BT-117": lazy_("btw per tarief"),
    "BT-118": lazy_("soort btw"),
    "BT-119": lazy_("btw-tarief"),
    "BT-120": lazy_("reden van vrijstelling"),
    "BT-121": lazy_("code van vrijstelling"),
    "BT-126": lazy_("nummer van de lijn"),
    "BT-129": lazy_("aantal"),
    "BT-130": lazy_("eenheid"),
    "BT-131": lazy_("bedrag van de lijn"),
    "BT-146": lazy_("prijs"),
    "BT-151": lazy_("soort btw van de lijn"),
    "BT-152": lazy_("btw-tarief van de lijn"),
    "BT-153": lazy_("omschrijving van de lijn"),
    "BG-23": lazy_("overzicht van de btw"),
    "BG-25": lazy_("lijn"),
}
_TERM = re.compile(r"B[TG]-\d+")


def field_of(path: str) -> str:
    """The field that a path ends in, as people say it; the path itself when it has no name."""
    terms = _TERM.findall(path)
    if terms and terms[-1] in TERMS:
        return f"{TERMS[terms[-1]]} ({terms[-1]})"
    return path.rpartition("/")[2] or _("het hele document")
