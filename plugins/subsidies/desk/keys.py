"""What each key of a record means, for whoever writes one; a test keeps it equal to the schema."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from marketplace.kit.i18n import lazy_

KEYS: Mapping[str, LazyString] = {
    "id": lazy_("Hetzelfde in alle versies. Kleine letters, cijfers en streepjes."),
    "title": lazy_("De naam die een werkgever leest."),
    "group": lazy_("Onder welke titel ze staat: kmo, sector, brussel, verlof of premies."),
    "valid_from": lazy_("De eerste dag waarop een actie mag starten. null: open."),
    "valid_to": lazy_("De laatste dag waarop een actie mag starten. null: open."),
    "ended": lazy_("true: na valid_to komt er niets meer. Anders is het bedrag daarna onbekend."),
    "who": lazy_(
        "Voor welke werkgevers: een lijst voorwaarden. De eerste die niet klopt, beslist."
    ),
    "who.any_of": lazy_("Tests [onderwerp, vergelijking, waarde]. Eén ervan moet kloppen."),
    "who.code": lazy_(
        "De reden die een werkgever leest als het niet klopt: een code die al een zin heeft."
    ),
    "who.known": lazy_("true: weten wij het niet, dan geldt de regel niet."),
    "who.assumed": lazy_("true: weten wij het niet, dan nemen wij aan dat het klopt."),
    "what": lazy_("Voor welk aanbod: een lijst voorwaarden, op dezelfde manier."),
    "amount": lazy_("Hoeveel. De soort (kind) bepaalt welke sleutels erbij horen."),
    "amount.kind": lazy_(
        "hourly: per uur en deelnemer. per_participant: per deelnemer. fixed: per opleiding."
        " percentage: van de prijs. table: volgens een tabel. unknown: bedrag niet bekend."
        " none: geen steun meer."
    ),
    "amount.cents": lazy_("Het bedrag in cent."),
    "amount.most_cents": lazy_("Is alleen een vork bekend: het hoogste bedrag in cent."),
    "amount.percent": lazy_("Het percentage van wat nog te betalen is, zonder btw."),
    "amount.most_percent": lazy_("Is alleen een vork bekend: het hoogste percentage."),
    "amount.cap_cents": lazy_("Ten hoogste zoveel cent per opleiding."),
    "amount.hour_cap_cents": lazy_("Ten hoogste zoveel cent per uur vorming van de hele groep."),
    "amount.hours_cap": lazy_("Ten hoogste zoveel uur per deelnemer."),
    "amount.subject": lazy_("Het onderwerp dat de rij van de tabel kiest."),
    "amount.bands": lazy_("De rijen van de tabel, van laag naar hoog."),
    "amount.bands.up_to": lazy_("Tot en met deze waarde. null in de laatste rij: alles erboven."),
    "amount.bands.cents": lazy_("Het bedrag van de rij in cent."),
    "amount.bands.percent": lazy_("Of het percentage van de rij."),
    "amount.code": lazy_("Bij none: de reden waarom er geen steun meer is."),
    "apply": lazy_("Hoe en wanneer de werkgever de steun aanvraagt."),
    "apply.text": lazy_("Wat de werkgever moet doen, in korte zinnen."),
    "apply.days_before_start": lazy_("Zoveel dagen voor de start is de laatste dag."),
    "apply.days_after_start": lazy_("Zoveel dagen na de start is de laatste dag."),
    "apply.until": lazy_("Een vaste laatste dag, wat de start ook is."),
    "apply.asks": lazy_("Wat de aanvraag zal vragen: een lijst voor de fiche."),
    "stacking": lazy_("Hoe de steun samengaat met andere steun."),
    "stacking.order": lazy_("Een lager getal gaat eerst van de prijs af."),
    "stacking.pool": lazy_("De naam van de pot waaruit regels samen putten."),
    "stacking.year_cap_cents": lazy_("Ten hoogste zoveel cent per jaar uit die pot."),
    "stacking.excludes": lazy_("De id's van regels die hier niet mee samengaan."),
    "stacking.base": lazy_(
        "Waarvan een percentage is: rest (wat andere steun overlaat, zo ook zonder deze sleutel) "
        "of gross (de hele prijs)."
    ),
    "certainty": lazy_("Hoe zeker het ten hoogste is: certain, possible of unknown."),
    "to_check": lazy_("Wat alleen een mens kan nakijken. De steun is dan nooit vanzelf zeker."),
    "certain_if": lazy_("Tests die een mogelijke steun samen zeker maken."),
    "confirm": lazy_("De vraag aan de werkgever die zo'n test beantwoordt."),
    "confirm.key": lazy_("De naam van de vraag: kleine letters, cijfers en _."),
    "confirm.title": lazy_("De vraag zelf. Ja maakt de steun zeker."),
    "confirm.why": lazy_("Waarom wij het vragen."),
    "wage_side": lazy_("true: de steun komt op het loon en gaat nooit van de factuur af."),
    "claimed": lazy_("true: de werkgever betaalt eerst alles en krijgt de steun achteraf terug."),
    "contact": lazy_("Bij wie men een onbekend bedrag navraagt. Nodig bij unknown."),
    "source": lazy_("Het adres van de bron."),
    "source_name": lazy_("Wie het zegt."),
    "checked_on": lazy_("Wanneer u de bron las."),
    "confidence": lazy_(
        "A: officieel en nu. B: gedateerde tweede bron. C: oud of wellicht verhuisd."
        " M: niet bevestigd."
    ),
    "passes": lazy_("Een geval waarvoor de regel geldt: onderwerpen met hun waarde."),
    "fails": lazy_("Een geval waarvoor de regel niet geldt."),
}
"""A line of help for each key, by its path in a record; ``what`` has the keys of ``who``."""
