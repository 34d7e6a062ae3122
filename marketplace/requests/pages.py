"""The wizard as data: every page with its question, its condition and why it is asked.

The order of the tables is the order of the pages. Pages of a need are asked once per need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString

from marketplace.i18n import lazy_
from marketplace.requests import conditions as rules
from marketplace.requests.conditions import Condition
from marketplace.requests.vocabulary import HOW_MANY


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the wizard.

    ``applies`` decides whether it is asked on this branch, ``told`` whether the profile already
    tells it, ``settled`` whether a saved answer still holds now that others may have changed.
    ``by_role`` words the question for the role of the group; ``lead`` stands under the question.
    """

    name: str
    section: str
    short: LazyString
    question: LazyString
    why: LazyString
    applies: Condition = rules.always
    told: Condition = rules.never
    settled: Condition = rules.always
    by_role: Mapping[str, LazyString] = field(default_factory=dict)
    lead: LazyString | None = None


SECTIONS: Mapping[str, LazyString] = {
    "organisation": lazy_("Uw organisatie"),
    "situation": lazy_("Wat u wilt aanpakken"),
    "need": lazy_("Uw noden"),
    "plan": lazy_("Planning en budget"),
}


ORGANISATION: tuple[Page, ...] = (
    Page(
        "place",
        "organisation",
        lazy_("Plaats van het werk"),
        lazy_("In welke gemeente werken de mensen?"),
        lazy_(
            "De plaats van het werk bepaalt welk agentschap u helpt, "
            "welke steun u kunt krijgen en welke taalregels gelden."
        ),
        told=rules.one_site,
    ),
    Page(
        "sector",
        "organisation",
        lazy_("Sector"),
        lazy_("Onder welk paritair comité vallen de mensen?"),
        lazy_(
            "Uw paritair comité bepaalt welk sectorfonds mee betaalt. "
            "Het nummer staat op de loonbrief. Weet u het niet? Laat alles leeg en ga verder."
        ),
        told=rules.told("joint_committees"),
    ),
    Page(
        "legal-form",
        "organisation",
        lazy_("Rechtsvorm"),
        lazy_("Welke rechtsvorm heeft uw organisatie?"),
        lazy_("Sommige steun is er alleen voor bedrijven, en niet voor een vzw."),
        told=rules.told("legal_form"),
    ),
    Page(
        "headcount",
        "organisation",
        lazy_("Aantal medewerkers"),
        lazy_("Hoeveel mensen werken er in uw organisatie?"),
        lazy_("Kleine organisaties krijgen vaak meer steun. Een schatting is goed genoeg."),
        told=rules.told("headcount"),
    ),
    Page(
        "turnover",
        "organisation",
        lazy_("Omzet en balans"),
        lazy_("Hoe groot zijn uw omzet en uw balans?"),
        lazy_("Samen met het aantal medewerkers beslissen deze cijfers of u een kmo bent."),
        rules.small_company,
        told=rules.figures_told,
    ),
    Page(
        "vat",
        "organisation",
        lazy_("Btw terugkrijgen"),
        lazy_("Krijgt u de btw terug die u betaalt?"),
        lazy_("Kan uw organisatie de btw niet aftrekken? Dan tellen wij de btw mee in uw prijs."),
        told=rules.told("vat_recoverable"),
    ),
)

SITUATION: tuple[Page, ...] = (
    Page(
        "lanes",
        "situation",
        lazy_("Waar het om gaat"),
        lazy_("Waar gaat het om?"),
        lazy_("Zo tonen wij alleen de situaties die bij u passen."),
    ),
    *(
        Page(
            f"situations-{lane}",
            "situation",
            short,
            lazy_("Welke situaties herkent u?"),
            lazy_("Elke situatie die u kiest, wordt een nood in uw aanvraag. U kiest zelf."),
            rules.lane(lane),
        )
        for lane, short in (
            ("language", lazy_("Situaties: taal")),
            ("together", lazy_("Situaties: samenleven")),
            ("people", lazy_("Situaties: mensen")),
        )
    ),
)

NEED: tuple[Page, ...] = (
    Page(
        "same",
        "need",
        lazy_("Dezelfde groep?"),
        lazy_("Gaat het om een groep die u al beschreef?"),
        lazy_("Dan hoeft u die groep niet nog eens te beschrijven."),
        rules.has_twins,
        settled=rules.same_settled,
    ),
    Page(
        "role",
        "need",
        lazy_("Voor wie"),
        lazy_("Voor wie zoekt u hulp?"),
        lazy_("Er is ander aanbod voor medewerkers, voor leidinggevenden en voor teams."),
        rules.several_roles,
        settled=rules.role_settled,
    ),
    Page(
        "group",
        "need",
        lazy_("De groep"),
        HOW_MANY["workers"],
        lazy_(
            "Het aantal bepaalt de prijs en de grootte van de groepen. "
            "Wij vragen alleen aantallen, nooit namen."
        ),
        rules.own_group,
        by_role=HOW_MANY,
    ),
    Page(
        "level",
        "need",
        lazy_("Het niveau"),
        lazy_("Hoeveel Nederlands kent de groep?"),
        lazy_("Met het niveau zoeken wij hulp die niet te moeilijk en niet te makkelijk is."),
        rules.learners,
    ),
    Page(
        "languages",
        "need",
        lazy_("Talen van de groep"),
        lazy_("Welke talen spreekt men in de groep?"),
        lazy_("Wij gebruiken dit alleen om vertalingen te kiezen. Het gaat om de groep."),
        rules.own_workers,
    ),
    Page(
        "shifts",
        "need",
        lazy_("De diensten"),
        lazy_("Wanneer werkt deze groep?"),
        lazy_("Zo zoeken wij hulp die past bij uw uurrooster."),
        rules.own_group,
    ),
    Page(
        "time",
        "need",
        lazy_("Tijd"),
        lazy_("Hoeveel uur per week kan iemand weg van het werk?"),
        lazy_("Met weinig tijd past coaching op de werkvloer vaak beter dan een les."),
        rules.own_group,
    ),
    Page(
        "modes",
        "need",
        lazy_("Waar het kan"),
        lazy_("Waar kan de hulp plaatsvinden?"),
        lazy_("Wij houden rekening met de afstand en met mensen die niet online kunnen."),
        rules.own_group,
    ),
)

PLAN: tuple[Page, ...] = (
    Page(
        "dates",
        "plan",
        lazy_("Planning"),
        lazy_("Wanneer moet het gebeuren?"),
        lazy_("Steun en prijzen hangen af van de dag waarop iets start."),
    ),
    Page(
        "budget",
        "plan",
        lazy_("Budget"),
        lazy_("Hoeveel wilt u investeren?"),
        lazy_("Wij zoeken het beste pakket binnen deze twee grenzen. U kunt ze later wijzigen."),
        lead=lazy_("De werkgever beslist. Wij veranderen uw grenzen nooit."),
    ),
    Page(
        "priorities",
        "plan",
        lazy_("Wat eerst komt"),
        lazy_("Wat is voor u het belangrijkst?"),
        lazy_("Past niet alles in uw budget? Dan krijgt het belangrijkste voorrang."),
        rules.several_needs,
        settled=rules.weights_settled,
    ),
)

EXTRA = Page(
    "extra",
    "plan",
    lazy_("Over uw sector"),
    lazy_("Een vraag over uw sector"),
    lazy_("Met dit antwoord vinden wij hulp die op uw sector is afgestemd."),
)
"""Every question of a plugin is a page of its own, with the plugin's words."""
