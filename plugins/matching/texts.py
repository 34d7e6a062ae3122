"""The Dutch sentence behind every reason code of this plugin; ``{facts}`` are filled in."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from marketplace.kit.i18n import lazy_

TEXTS: Mapping[str, LazyString] = {
    "assumes": lazy_("Alleen als dit klopt, want u liet het open: {condition}"),
    "fits-topic": lazy_("Past bij uw vraag: {topic}."),
    "serves-two-needs": lazy_("Helpt voor twee noden tegelijk."),
    "reaches-level": lazy_("Brengt de groep tot niveau {to}."),
    "part-of-level": lazy_("Brengt de groep een deel van de weg, tot niveau {to}."),
    "fits-shifts": lazy_("Past bij uw diensten: {shifts}."),
    "fits-some-shifts": lazy_("Kan in een deel van uw diensten: {shifts}."),
    "on-site": lazy_("Gebeurt op uw locatie."),
    "online": lazy_("Kan online."),
    "distance": lazy_("Ligt op ongeveer {km} km van uw vestiging."),
    "starts": lazy_("Kan starten op {date}."),
    "group-size": lazy_("Aantal groepen: {groups}, met ten hoogste {most} mensen per groep."),
    "level-not-stated": lazy_("Het aanbod noemt geen niveau. Dat telt voor een deel."),
    "place-not-stated": lazy_("De plaats is niet bekend. Dat telt voor een deel."),
    "languages-not-stated": lazy_("Wij kennen geen vertaald materiaal. Dat telt voor een deel."),
    "made-for-sector": lazy_("Gemaakt voor uw sector."),
    "languages": lazy_("Er is materiaal in een taal van de groep: {languages}."),
    "other-audience": lazy_("Dit aanbod is voor een andere doelgroep: {roles}."),
    "not-in-your-area": lazy_("Deze aanbieder werkt niet in {place}."),
    "sector-unknown": lazy_(
        "Alleen voor PC {joint_committees}. Uw paritair comité kennen we niet."
    ),
    "other-sector": lazy_("Alleen voor bedrijven van PC {joint_committees}."),
    "activity-unknown": lazy_("Alleen voor NACE {nace}. Uw activiteit kennen we niet."),
    "other-activity": lazy_("Alleen voor bedrijven met een NACE-code die begint met {nace}."),
    "level-does-not-fit": lazy_("Begint op een ander niveau: van {from} tot {to}."),
    "shifts-do-not-fit": lazy_("Kan niet in uw diensten. Wel in: {given}."),
    "mode-does-not-fit": lazy_("Wordt alleen zo gegeven: {modes}."),
    "group-too-small": lazy_("Vraagt een groep van ten minste {least}."),
    "too-many-hours-a-week": lazy_("Vraagt {hours} uur per week. U geeft er {given} vrij."),
    "ends-too-late": lazy_("Is pas klaar op {ends}. U vraagt ten laatste {latest}."),
    "no-places-left": lazy_("Er zijn nu te weinig plaatsen vrij: {left}."),
    "only-first-year": lazy_("Alleen voor wie minder dan 12 maanden in Vlaanderen werkt."),
    "needs-release-time": lazy_("Een les vraagt minstens 1 uur per week buiten de werkvloer."),
    "no-language-course-for-discrimination": lazy_(
        "Een taalcursus alleen is geen antwoord op discriminatie."
    ),
    "over-budget": lazy_("Kost {gap_cents} meer dan uw budget toelaat."),
    "over-hours": lazy_("Vraagt {gap} uren meer dan u kunt vrijmaken."),
    "another-fits-better": lazy_("Een ander aanbod past beter bij deze nood."),
    "not-in-best-bundle": lazy_("Samen met de andere noden is een ander pakket meer waard."),
    "no-offer-fits": lazy_("Geen enkel aanbod voldoet aan alle voorwaarden ({looked_at} bekeken)."),
    "needs-more-money": lazy_("Met {gap_cents} meer budget kan deze nood er wel bij."),
    "needs-more-hours": lazy_("Met {gap} vrije uren meer kan deze nood er wel bij."),
    "needs-one-level": lazy_("Een les vraagt een groep van ongeveer hetzelfde niveau."),
    "made-for-first-year": lazy_(
        "Werkt de hele groep minder dan 12 maanden in Vlaanderen? "
        "Dan gaat aanbod voor die groep voor."
    ),
    "coaching-for-mixed-levels": lazy_(
        "Zitten er verschillende niveaus door elkaar? Dan gaat coaching voor op een les."
    ),
    "coaching-beside-shifts": lazy_(
        "Werkt de groep in meer dan één dienst? Dan gaat coaching voor op een les."
    ),
    "coaching-on-the-job": lazy_(
        "Kan niemand van de vloer? Dan gaan coaching en materiaal tijdens het werk voor."
    ),
    "class-for-one-level": lazy_(
        "Vijf mensen of meer van hetzelfde niveau, en 2 uur per week vrij? Dan gaat een les voor."
    ),
    "supervisors-first": lazy_(
        "Gaat het om duidelijke uitleg en veiligheid? "
        "Dan gaat vorming of coaching van leidinggevenden voor."
    ),
    "material-for-temps": lazy_(
        "Is de helft van de groep of meer uitzendkracht? "
        "Dan gaat materiaal voor dat bij u blijft liggen."
    ),
    "free-within-no-budget": lazy_("Is uw budget 0 euro? Dan gaat gratis aanbod voor."),
    "dutch-text-is-legal": lazy_(
        "Ligt uw vestiging in het Nederlandse taalgebied? "
        "Dan blijft de Nederlandse tekst de wettelijke, en komt een vertaling erbij."
    ),
    "language-of-worker-counts": lazy_(
        "In Brussel en in de faciliteitengemeenten gelden andere taalregels. "
        "Vraag na welke taal uw teksten voor het personeel moeten hebben."
    ),
}


def reason_texts() -> Mapping[str, str]:
    """Sentence per code, in the language in hand."""
    return {code: str(text) for code, text in TEXTS.items()}
