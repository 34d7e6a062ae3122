"""What can be wrong with a catalogue file: a path, a stable code, and a Dutch sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from marketplace.errors import DomainError
from marketplace.i18n import lazy_

MESSAGES: Final[Mapping[str, object]] = {
    "not-json": lazy_("dit is geen geldige JSON (regel %(line)s, kolom %(column)s)"),
    "not-utf8": lazy_("dit bestand is geen UTF-8-tekst"),
    "too-deep": lazy_("dit bestand is te diep genest"),
    "not-a-number": lazy_("NaN en Infinity mogen niet"),
    "key-twice": lazy_("deze sleutel staat twee keer in hetzelfde object"),
    "wrong-type": lazy_("moet %(wanted)s zijn"),
    "missing": lazy_("ontbreekt"),
    "unknown-key": lazy_("deze sleutel bestaat niet; kies uit: %(known)s"),
    "unknown-value": lazy_("deze waarde bestaat niet; kies uit: %(known)s"),
    "too-small": lazy_("moet ten minste %(least)s zijn"),
    "too-large": lazy_("mag ten hoogste %(most)s zijn"),
    "empty": lazy_("mag niet leeg zijn"),
    "too-long": lazy_("mag ten hoogste %(most)s tekens hebben; het zijn er %(length)s"),
    "too-few": lazy_("moet ten minste %(least)s waarde hebben"),
    "too-many": lazy_("mag ten hoogste %(most)s waarden hebben; het zijn er %(count)s"),
    "value-twice": lazy_("staat twee keer in de lijst"),
    "wrong-shape": lazy_("heeft niet de juiste vorm (%(pattern)s)"),
    "forbidden-character": lazy_("bevat een onzichtbaar teken"),
    "slug-twice": lazy_("deze slug staat al bij %(other)s"),
    "unknown-provider": lazy_("deze aanbieder staat niet in het bestand en niet in de catalogus"),
    "unknown-topic": lazy_("dit onderwerp bestaat niet; kies uit: %(known)s"),
    "foreign-topic": lazy_("dit onderwerp hoort bij de plug-in %(plugin)s"),
    "unknown-place": lazy_("geen gemeente in Vlaanderen of Brussel heeft deze REFNIS-code"),
    "unknown-joint-committee": lazy_("dit paritair comité bestaat niet"),
    "unknown-language": lazy_("deze taalcode bestaat niet"),
    "no-date": lazy_("deze datum bestaat niet"),
    "date-in-future": lazy_("deze datum ligt in de toekomst"),
    "levels-reversed": lazy_("het eindniveau ligt onder het beginniveau"),
    "group-reversed": lazy_("de grootste groep is kleiner dan de kleinste"),
    "group-max-missing": lazy_("ontbreekt: een prijs per groep vraagt een grootste groep"),
    "price-missing": lazy_("ontbreekt bij deze soort prijs"),
    "price-unwanted": lazy_("past niet bij deze soort prijs"),
    "tiers-not-ascending": lazy_("moet hoger zijn dan bij de trede ervoor"),
    "agency-vocational-training": lazy_(
        "een agentschap geeft geen beroepsopleiding; laat een partner dit aanbieden"
    ),
    "individual-mediation": lazy_(
        "individuele bemiddeling naar werk hoort niet in dit aanbod; "
        "VDAB, Actiris en de OCMW's doen dat"
    ),
    "kind-fixed": lazy_("een aanbieder blijft agentschap of partner; hij is al %(kind)s"),
    "provider-fixed": lazy_("een aanbod blijft bij zijn aanbieder; dat is %(provider)s"),
    "foreign-source": lazy_("dit hoort bij %(owner)s; alleen die bron mag het wijzigen"),
    "transition": lazy_("van %(status)s naar %(wanted)s kan niet"),
    "retired-changed": lazy_("dit aanbod is stopgezet; publiceer het opnieuw om het te wijzigen"),
    "no-rule": lazy_("dit is geen regel"),
    "braces": lazy_("mag geen accolades bevatten"),
    "unknown-subject": lazy_("dit onderwerp bestaat niet; de lijst staat in docs/rules.md"),
    "number-wanted": lazy_("%(op)s vergelijkt met een geheel getal"),
    "one-value-wanted": lazy_("is vergelijkt met één waarde; gebruik in of overlaps"),
    "weight-missing": lazy_("een voorkeur heeft een gewicht van 1 tot 100"),
    "weight-unwanted": lazy_("alleen een voorkeur heeft een gewicht"),
    "budget-unwanted": lazy_("alleen een nota mag naar het budget kijken"),
    "dates-reversed": lazy_("deze datum ligt voor valid_from"),
    "passes-refused": lazy_("de regel weigert dit geval, en dat mag niet"),
    "fails-passes": lazy_("de regel weigert dit geval niet, en dat moet wel"),
    "passes-not-satisfied": lazy_("in dit geval moeten when en require helemaal kloppen"),
    "fails-satisfied": lazy_("in dit geval moet when kloppen en require niet"),
    "capacity-booked": lazy_("er zijn al meer plaatsen besteld: ten minste %(least)s"),
}
"""Code → Dutch sentence with the facts it needs."""

Found = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at a path such as ``offers[3].price.cents``."""

    path: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The Dutch sentence, without the path."""
        sentence = str(MESSAGES[self.code])
        return sentence % self.facts if self.facts else sentence

    def __str__(self) -> str:
        """One line for the terminal: the path, a colon, what is wrong."""
        return f"{self.path}: {self.message}"


class FileRefused(DomainError):
    """A catalogue file was refused as a whole; ``faults`` holds every reason, in file order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        super().__init__(first.code, str(first), first.path)
        self.faults = tuple(faults)


def join(path: str, key: str | int) -> str:
    """The path one step deeper: ``offers`` + 3 + ``slug`` → ``offers[3].slug``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key
