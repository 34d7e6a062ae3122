"""The Dutch sentence behind every reason code of this plugin; ``{facts}`` are filled in.

Plain text and no gettext: the translations lie beside it, in ``translations/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from marketplace.kit import translations

TEXTS: Mapping[str, str] = {
    "assumes": "Alleen als dit klopt, want u liet het open: {condition}",
    "fits-topic": "Past bij uw vraag: {topic}.",
    "vat-not-reviewed": (
        "De btw voor dit aanbod is nog niet nagekeken. Wij rekenen voorzichtig het gewone tarief."
    ),
    "serves-two-needs": "Helpt voor twee noden tegelijk.",
    "reaches-level": "Brengt de groep tot niveau {to}.",
    "part-of-level": "Brengt de groep een deel van de weg, tot niveau {to}.",
    "fits-shifts": "Past bij uw diensten: {shifts}.",
    "fits-some-shifts": "Kan in een deel van uw diensten: {shifts}.",
    "on-site": "Gebeurt op uw locatie.",
    "online": "Kan online.",
    "distance": "Ligt op ongeveer {km} km van uw vestiging.",
    "starts": "Kan starten op {date}.",
    "group-size": "Aantal groepen: {groups}, met ten hoogste {most} mensen per groep.",
    "level-not-stated": "Het aanbod noemt geen niveau. Dat telt voor een deel.",
    "place-not-stated": "De plaats is niet bekend. Dat telt voor een deel.",
    "languages-not-stated": "Wij kennen geen vertaald materiaal. Dat telt voor een deel.",
    "made-for-sector": "Gemaakt voor uw sector.",
    "languages": "Er is materiaal in een taal van de groep: {languages}.",
    "situation-fits": "Past bij uw situatie: {condition}",
    "other-audience": "Dit aanbod is voor een andere doelgroep: {roles}.",
    "not-in-your-area": "Deze aanbieder werkt niet in {place}.",
    "sector-unknown": "Alleen voor PC {joint_committees}. Uw paritair comité kennen we niet.",
    "other-sector": "Alleen voor bedrijven van PC {joint_committees}.",
    "activity-unknown": "Alleen voor NACE {nace}. Uw activiteit kennen we niet.",
    "other-activity": "Alleen voor bedrijven met een NACE-code die begint met {nace}.",
    "level-does-not-fit": "Begint op een ander niveau: van {from} tot {to}.",
    "shifts-do-not-fit": "Kan niet in uw diensten. Wel in: {given}.",
    "mode-does-not-fit": "Wordt alleen zo gegeven: {modes}.",
    "group-too-small": "Vraagt een groep van ten minste {least}.",
    "too-many-hours-a-week": "Vraagt {hours} uur per week. U geeft er {given} vrij.",
    "ends-too-late": "Is pas klaar op {ends}. U vraagt ten laatste {latest}.",
    "no-places-left": "Er zijn nu te weinig plaatsen vrij: {left}.",
    "only-first-year": "Alleen voor wie minder dan 12 maanden in Vlaanderen werkt.",
    "needs-release-time": "Een les vraagt minstens 1 uur per week buiten de werkvloer.",
    "no-language-course-for-discrimination": (
        "Een taalcursus alleen is geen antwoord op discriminatie."
    ),
    "over-budget": "Kost {gap_cents} meer dan uw budget toelaat.",
    "over-hours": "Vraagt {gap} uren meer dan u kunt vrijmaken.",
    "over-both": "Kost {gap_cents} te veel en vraagt {gap} uren te veel.",
    "over-either": "Kan pas met {gap_cents} meer budget, of met {gap} uren meer.",
    "beaten-by": "Ander aanbod past minstens even goed en kost niet meer: {by}.",
    "costs-points": "Met dit aanbod erbij is het beste plan {points} punten minder waard.",
    "costs-more": "Met dit aanbod erbij is het beste plan even goed, maar {gap_cents} duurder.",
    "takes-more-hours": "Met dit aanbod erbij is het beste plan even goed, maar {gap} uren langer.",
    "loses-the-draw": "Even goed als het gekozen aanbod. Het lot koos.",
    "excluded-by": "Gaat niet samen met {by}, dat in uw plan zit.",
    "requires-other": "Kan alleen samen met {by}.",
    "places-taken": "De vrije plaatsen gaan naar een andere nood in uw plan.",
    "another-fits-better": "Een ander aanbod past beter bij deze nood.",
    "not-in-best-bundle": "Samen met de andere noden is een ander pakket meer waard.",
    "no-offer-fits": "Geen enkel aanbod voldoet aan alle voorwaarden ({looked_at} bekeken).",
    "needs-more-money": "Met {gap_cents} meer budget kan deze nood er wel bij.",
    "needs-more-hours": "Met {gap} vrije uren meer kan deze nood er wel bij.",
    "needs-one-level": "Een les vraagt een groep van ongeveer hetzelfde niveau.",
    "made-for-first-year": (
        "Werkt de hele groep minder dan 12 maanden in Vlaanderen? "
        "Dan gaat aanbod voor die groep voor."
    ),
    "coaching-for-mixed-levels": (
        "Zitten er verschillende niveaus door elkaar? Dan gaat coaching voor op een les."
    ),
    "coaching-beside-shifts": (
        "Werkt de groep in meer dan één dienst? Dan gaat coaching voor op een les."
    ),
    "coaching-on-the-job": (
        "Kan niemand van de vloer? Dan gaan coaching en materiaal tijdens het werk voor."
    ),
    "class-for-one-level": (
        "Vijf mensen of meer van hetzelfde niveau, en 2 uur per week vrij? Dan gaat een les voor."
    ),
    "supervisors-first": (
        "Gaat het om duidelijke uitleg en veiligheid? "
        "Dan gaat vorming of coaching van leidinggevenden voor."
    ),
    "material-for-temps": (
        "Is de helft van de groep of meer uitzendkracht? "
        "Dan gaat materiaal voor dat bij u blijft liggen."
    ),
    "free-within-no-budget": "Gratis, en dus ook mogelijk met een budget van 0 euro.",
    "dutch-text-is-legal": (
        "Ligt uw vestiging in het Nederlandse taalgebied? "
        "Dan blijft de Nederlandse tekst de wettelijke, en komt een vertaling erbij."
    ),
    "language-of-worker-counts": (
        "In Brussel en in de faciliteitengemeenten gelden andere taalregels. "
        "Vraag na welke taal uw teksten voor het personeel moeten hebben."
    ),
}

SENTENCES = translations.read(TEXTS, Path(__file__).parent / "translations")


def reason_texts(language: str = "nl") -> Mapping[str, str]:
    """Sentence per code: in Dutch all, in another language what is translated from that Dutch."""
    return SENTENCES.texts(language)
