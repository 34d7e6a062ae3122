"""The words of a request as the employer reads them: situations, levels, shifts, roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString

from marketplace.catalogue.vocabulary import TOPICS as TOPIC_NAMES
from marketplace.i18n import lazy_

Choice = tuple[str, LazyString]


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: the lane it belongs to, the situation in plain words, and whom it is about.

    The first role is the usual one; with more than one the employer is asked. ``levels`` says
    whether a level from and to makes sense.
    """

    slug: str
    lane: str
    situation: LazyString
    roles: tuple[str, ...]
    levels: bool = False

    @property
    def label(self) -> object:
        """The topic's name, as the catalogue says it."""
        return TOPIC_NAMES[self.slug]


LANES: Sequence[Choice] = (
    ("language", lazy_("Taal: elkaar begrijpen op het werk")),
    ("together", lazy_("Samenleven: samenwerken in een divers team")),
    ("people", lazy_("Mensen: nieuwe collega's vinden, onthalen en houden")),
)

TOPICS: Mapping[str, Topic] = {
    topic.slug: topic
    for topic in (
        Topic(
            "dutch-on-the-floor",
            "language",
            lazy_("Medewerkers verstaan of spreken te weinig Nederlands op het werk"),
            ("workers",),
            levels=True,
        ),
        Topic(
            "language-practice",
            "language",
            lazy_("Medewerkers leren Nederlands, maar oefenen te weinig"),
            ("workers",),
            levels=True,
        ),
        Topic(
            "clear-language",
            "language",
            lazy_("Leidinggevenden willen duidelijker uitleg en opdrachten geven"),
            ("supervisors", "teams"),
        ),
        Topic(
            "safety-language",
            "language",
            lazy_("Medewerkers begrijpen de veiligheidsregels niet goed"),
            ("workers", "supervisors"),
            levels=True,
        ),
        Topic(
            "language-policy",
            "language",
            lazy_("Wij willen afspraken over taal voor de hele organisatie"),
            ("teams", "supervisors"),
        ),
        Topic(
            "diversity-training",
            "together",
            lazy_("Wij willen beter leren omgaan met verschillen"),
            ("teams", "supervisors"),
        ),
        Topic(
            "discrimination",
            "together",
            lazy_("Er zijn klachten of uitspraken die mensen kwetsen"),
            ("teams", "supervisors"),
        ),
        Topic(
            "intercultural-team",
            "together",
            lazy_("De samenwerking in een gemengd team loopt moeilijk"),
            ("teams", "supervisors"),
        ),
        Topic(
            "diversity-scan",
            "together",
            lazy_("Wij willen weten waar onze organisatie nu staat"),
            ("teams",),
        ),
        Topic(
            "onboarding",
            "people",
            lazy_("Wij willen nieuwe collega's beter onthalen"),
            ("workers", "teams"),
        ),
        Topic(
            "vacancy-language",
            "people",
            lazy_("Onze vacatures vragen misschien te veel Nederlands"),
            ("teams",),
        ),
        Topic(
            "inclusive-recruitment",
            "people",
            lazy_("Wij bereiken te weinig verschillende kandidaten"),
            ("teams", "supervisors"),
        ),
        Topic(
            "orientation-places",
            "people",
            lazy_("Wij laten nieuwkomers graag kennismaken met ons werk"),
            ("teams",),
        ),
        Topic(
            "mentoring",
            "people",
            lazy_("Wij zoeken een mentor of buddy voor nieuwe medewerkers"),
            ("workers",),
        ),
        Topic(
            "integration-referral",
            "people",
            lazy_("Medewerkers willen een inburgeringstraject volgen"),
            ("workers",),
        ),
        Topic(
            "diploma-recognition",
            "people",
            lazy_("Medewerkers willen hun buitenlandse diploma laten erkennen"),
            ("workers",),
        ),
        Topic(
            "prior-learning",
            "people",
            lazy_("Medewerkers kennen hun vak, maar hebben geen bewijs"),
            ("workers",),
        ),
        Topic(
            "legal-information",
            "people",
            lazy_("Wij hebben vragen over het recht om in België te werken"),
            ("teams",),
        ),
    )
}

UNKNOWN = "unknown"
DO_NOT_KNOW: Choice = (UNKNOWN, lazy_("Dat weet ik niet"))

ROLES: Sequence[Choice] = (
    ("workers", lazy_("Medewerkers")),
    ("supervisors", lazy_("Leidinggevenden")),
    ("teams", lazy_("Een heel team")),
)
HOW_MANY: Mapping[str, LazyString] = {
    "workers": lazy_("Hoeveel medewerkers zijn het?"),
    "supervisors": lazy_("Hoeveel leidinggevenden zijn het?"),
    "teams": lazy_("Hoeveel mensen zitten in het team?"),
}
COMMITTEES: Sequence[Choice] = (
    ("330", lazy_("Ziekenhuizen en ouderenzorg (PC 330)")),
    ("331", lazy_("Welzijn en gezondheid (PC 331)")),
    ("318.02", lazy_("Gezinszorg (PC 318.02)")),
    ("319.01", lazy_("Opvoeding en huisvesting (PC 319.01)")),
    ("200", lazy_("Bedienden, ook in IT (PC 200)")),
    ("124", lazy_("Bouw (PC 124)")),
    ("111", lazy_("Metaal (PC 111)")),
    ("118", lazy_("Voeding (PC 118)")),
    ("302", lazy_("Horeca (PC 302)")),
    ("121", lazy_("Schoonmaak (PC 121)")),
    ("140.03", lazy_("Transport en logistiek (PC 140.03)")),
    ("322.01", lazy_("Dienstencheques (PC 322.01)")),
)
"""The joint committees that are offered first; any other can be typed."""
LEVELS: Sequence[Choice] = (
    ("A0", lazy_("Begint van nul")),
    ("A1", lazy_("A1: losse woorden en korte zinnen")),
    ("A2", lazy_("A2: eenvoudige gesprekken over bekende dingen")),
    ("B1", lazy_("B1: redt zich in de meeste gesprekken op het werk")),
    ("B2", lazy_("B2: spreekt en schrijft vlot")),
    ("C1", lazy_("C1: bijna zoals een moedertaalspreker")),
)
LEVEL_ORDER = tuple(code for code, _label in LEVELS)
SHIFTS: Sequence[Choice] = (
    ("early", lazy_("Vroege dienst")),
    ("day", lazy_("Overdag")),
    ("late", lazy_("Late dienst")),
    ("night", lazy_("Nacht")),
    ("weekend", lazy_("Weekend")),
)
MODES: Sequence[Choice] = (
    ("on_site", lazy_("Bij ons op het werk")),
    ("at_provider", lazy_("Bij de aanbieder")),
    ("online", lazy_("Online")),
)
ROLE_CODES = tuple(code for code, _label in ROLES)
SHIFT_CODES = tuple(code for code, _label in SHIFTS)
MODE_CODES = tuple(code for code, _label in MODES)
WEIGHTS: Sequence[Choice] = (
    ("1", lazy_("Leuk als het kan")),
    ("2", lazy_("Belangrijk")),
    ("3", lazy_("Zeer belangrijk")),
    ("4", lazy_("Dringend")),
    ("5", lazy_("Kan niet wachten")),
)
USUAL_WEIGHT = 2
AGENCIES: Mapping[str, LazyString] = {
    "agii": lazy_("het Agentschap Integratie en Inburgering (AgII)"),
    "atlas": lazy_("Atlas, integratie en inburgering in Antwerpen"),
    "amal": lazy_("Amal, integratie en inburgering in Gent"),
    "huisnl": lazy_("het Huis van het Nederlands in Brussel"),
}
STATUSES: Mapping[str, LazyString] = {
    "draft": lazy_("Nog in te vullen"),
    "ready": lazy_("Klaar voor advies"),
    "advised": lazy_("Advies klaar"),
    "ordered": lazy_("Besteld of doorverwezen"),
}


def topics_of(lane: str) -> tuple[Topic, ...]:
    """The topics of one lane, in the order they are asked."""
    return tuple(topic for topic in TOPICS.values() if topic.lane == lane)


def label(choices: Sequence[Choice], code: str) -> LazyString | str:
    """What a stored code reads like; an unknown code reads as itself."""
    return next((text for key, text in choices if key == code), code)
