"""How long each kind of data is kept; tests hold the figures to the code that throws it away."""

from __future__ import annotations

from marketplace.i18n import _, n_

HOURS_SIGNED_IN = 12
DAYS_TRIES = 1
DAYS_REGISTRATION = 30
DAYS_RESUME = 60
HOURS_DRAFT = 24


def periods() -> list[list[str]]:
    """What is kept, and how long, in the words of the page."""
    forever = _("Nog geen termijn gekozen.")
    return [
        [_("Uw account"), _("Tot u vraagt om het te wissen.")],
        [_("Aangemeld zijn"), _("%(hours)s uur, of tot u zich afmeldt.", hours=HOURS_SIGNED_IN)],
        [
            _("Pogingen om aan te melden, als controlegetal"),
            n_(
                "%(num)d dag. Daarna wist de volgende poging ze.",
                "%(num)d dagen. Daarna wist de volgende poging ze.",
                DAYS_TRIES,
            ),
        ],
        [
            _("Een registratie die u niet afmaakte"),
            _("%(days)s dagen. Daarna wist de volgende registratie ze.", days=DAYS_REGISTRATION),
        ],
        [
            _("De link om later verder te gaan"),
            _("De link werkt %(days)s dagen. De aanvraag zelf blijft.", days=DAYS_RESUME),
        ],
        [
            _("Wat u op de site van een federatie invulde en niet overnam"),
            _("%(hours)s uur. Daarna wist de volgende vraag het.", hours=HOURS_DRAFT),
        ],
        [_("Aanvragen, adviezen, bestellingen en doorverwijzingen"), forever],
        [
            _("De tekst van een mail aan u"),
            _("Tot de mail weg is. Lukt dat niet, dan blijft hij klaarstaan."),
        ],
        [_("Het logboek van wijzigingen"), _("Het blijft: niemand kan er iets uit wissen.")],
    ]
