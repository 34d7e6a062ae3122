"""Example plans for the landing page. The amounts are invented, and the page says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString

from marketplace.i18n import lazy_


@dataclass(frozen=True, slots=True)
class Example:
    """A plan as it could be: who asked what, the lines with net euro cents, the hours in all."""

    sector: LazyString
    asked: LazyString
    lines: Sequence[tuple[LazyString, str, int]]
    hours: int

    @property
    def net_cents(self) -> int:
        """What the whole plan costs after aid."""
        return sum(cents for _title, _owner, cents in self.lines)


EXAMPLES: Sequence[Example] = (
    Example(
        lazy_("Zorg"),
        lazy_("Een woonzorgcentrum in Aalst: 12 medewerkers leren Nederlands, in drie diensten."),
        (
            (lazy_("Taalcoaching op de werkvloer"), "partner", 1_150_00),
            (lazy_("Duidelijke taal voor leidinggevenden"), "agency", 0),
        ),
        96,
    ),
    Example(
        lazy_("IT"),
        lazy_("Een softwarebedrijf in Gent: één team van 9 mensen uit zes landen."),
        (
            (lazy_("Samenwerken in een divers team"), "agency", 0),
            (lazy_("Nederlands oefenen in kleine groep"), "partner", 1_680_00),
        ),
        72,
    ),
    Example(
        lazy_("Bouw"),
        lazy_("Een bouwbedrijf in Antwerpen: 6 arbeiders begrijpen de veiligheidsregels niet."),
        (
            (lazy_("Taal en veiligheid op de werf"), "partner", 900_00),
            (lazy_("Pictogrammen en taaliconen"), "agency", 0),
        ),
        48,
    ),
)
