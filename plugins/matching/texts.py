"""The Dutch sentence behind every reason code of this plugin; ``{facts}`` are filled in."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.kit.i18n import _


def reason_texts() -> Mapping[str, str]:
    """Sentence per code; a test checks that no code is without one."""
    return {
        "assumes": _("Alleen als dit klopt, want u liet het open: {condition}"),
        "fits-topic": _("Past bij uw vraag: {topic}."),
        "serves-two-needs": _("Helpt voor twee noden tegelijk."),
        "reaches-level": _("Brengt de groep tot niveau {to}."),
        "part-of-level": _("Brengt de groep een deel van de weg, tot niveau {to}."),
        "fits-shifts": _("Past bij uw diensten: {shifts}."),
        "fits-some-shifts": _("Kan in een deel van uw diensten: {shifts}."),
        "on-site": _("Gebeurt op uw locatie."),
        "online": _("Kan online."),
        "distance": _("Ligt op ongeveer {km} km van uw vestiging."),
        "starts": _("Kan starten op {date}."),
        "group-size": _("Uw groep past in {groups} groep(en) van ten hoogste {most}."),
        "made-for-sector": _("Gemaakt voor uw sector."),
        "languages": _("Er is materiaal in een taal van de groep: {languages}."),
        "other-audience": _("Dit aanbod is voor een andere doelgroep: {roles}."),
        "not-in-your-area": _("Deze aanbieder werkt niet in {place}."),
        "sector-unknown": _(
            "Alleen voor PC {joint_committees}. Uw paritair comité kennen we niet."
        ),
        "other-sector": _("Alleen voor bedrijven van PC {joint_committees}."),
        "activity-unknown": _("Alleen voor NACE {nace}. Uw activiteit kennen we niet."),
        "other-activity": _("Alleen voor bedrijven met een NACE-code die begint met {nace}."),
        "level-does-not-fit": _("Begint op een ander niveau: van {from} tot {to}."),
        "shifts-do-not-fit": _("Kan niet in uw diensten. Wel in: {given}."),
        "mode-does-not-fit": _("Wordt alleen zo gegeven: {modes}."),
        "group-too-small": _("Vraagt een groep van ten minste {least}."),
        "too-many-hours-a-week": _("Vraagt {hours} uur per week. U geeft er {given} vrij."),
        "ends-too-late": _("Is pas klaar op {ends}. U vraagt ten laatste {latest}."),
        "no-places-left": _("Er zijn nu te weinig plaatsen vrij: {left}."),
        "only-first-year": _("Alleen voor wie minder dan 12 maanden in Vlaanderen werkt."),
        "needs-release-time": _("Een les vraagt minstens 1 uur per week buiten de werkvloer."),
        "no-language-course-for-discrimination": _(
            "Een taalcursus alleen is geen antwoord op discriminatie."
        ),
        "over-budget": _("Kost {gap_cents} meer dan uw budget toelaat."),
        "over-hours": _("Vraagt {gap} uren meer dan u kunt vrijmaken."),
        "another-fits-better": _("Een ander aanbod past beter bij deze nood."),
        "not-in-best-bundle": _("Samen met de andere noden is een ander pakket meer waard."),
        "no-offer-fits": _("Geen enkel aanbod voldoet aan alle voorwaarden ({looked_at} bekeken)."),
        "needs-more-money": _("Met {gap_cents} meer budget kan deze nood er wel bij."),
        "needs-more-hours": _("Met {gap} vrije uren meer kan deze nood er wel bij."),
    }
