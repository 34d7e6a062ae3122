"""The closed lists of the catalogue and their Dutch words. The file format uses the codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from marketplace.i18n import lazy_

Words = Mapping[str, object]
"""Code → Dutch word (lazy text)."""

TOPICS: Final[Words] = {
    "dutch-on-the-floor": lazy_("Nederlands op de werkvloer"),
    "language-practice": lazy_("Oefenkansen Nederlands"),
    "clear-language": lazy_("Klare taal spreken en schrijven"),
    "safety-language": lazy_("Taal en veiligheid"),
    "onboarding": lazy_("Onthaal van nieuwe medewerkers"),
    "language-policy": lazy_("Taalbeleid"),
    "vacancy-language": lazy_("Taaleisen in vacatures"),
    "diversity-training": lazy_("Omgaan met diversiteit"),
    "discrimination": lazy_("Discriminatie en racisme aanpakken"),
    "inclusive-recruitment": lazy_("Inclusief aanwerven"),
    "diversity-scan": lazy_("Diversiteitsscan"),
    "intercultural-team": lazy_("Samenwerken in een divers team"),
    "legal-information": lazy_("Verblijf en recht op werk"),
    "integration-referral": lazy_("Doorverwijzen naar inburgering"),
    "diploma-recognition": lazy_("Diploma's laten erkennen"),
    "prior-learning": lazy_("Ervaring laten erkennen"),
    "mentoring": lazy_("Mentoring"),
    "orientation-places": lazy_("Kijkplaatsen, stages en mentorplaatsen"),
}

NATURES: Final[Words] = {
    "advice": lazy_("Advies"),
    "training": lazy_("Vorming"),
    "coaching": lazy_("Coaching"),
    "tool": lazy_("Hulpmiddel"),
    "translation": lazy_("Vertalen en tolken"),
    "orientation": lazy_("Kennismaking"),
    "guidance": lazy_("Begeleiding"),
    "referral": lazy_("Doorverwijzing"),
    "vocational-training": lazy_("Beroepsopleiding"),
}

OWNERS: Final[Words] = {"agency": lazy_("Agentschap"), "partner": lazy_("Partner")}

MODES: Final[Words] = {
    "on_site": lazy_("Bij u op het werk"),
    "at_provider": lazy_("Bij de aanbieder"),
    "online": lazy_("Online"),
}

SHIFTS: Final[Words] = {
    "early": lazy_("vroege dienst"),
    "day": lazy_("dagdienst"),
    "late": lazy_("late dienst"),
    "night": lazy_("nachtdienst"),
    "weekend": lazy_("weekend"),
}

ROLES: Final[Words] = {
    "workers": lazy_("medewerkers"),
    "supervisors": lazy_("leidinggevenden"),
    "teams": lazy_("hele teams"),
}

LEVELS: Final = ("A0", "A1", "A2", "B1", "B2", "C1")

REGIONS: Final[Words] = {"vlaanderen": lazy_("Vlaanderen"), "brussel": lazy_("Brussel")}

AREAS: Final[Words] = {
    "area:agii": lazy_("Vlaanderen zonder de steden Antwerpen en Gent"),
    "area:atlas": lazy_("de stad Antwerpen"),
    "area:amal": lazy_("de stad Gent"),
    "area:huisnl": lazy_("de negentien Brusselse gemeenten"),
}
"""Working areas: every municipality whose competent agency is the one named."""

EVIDENCE: Final[Words] = {
    "public_body": lazy_("openbare instelling"),
    "public_task": lazy_("voert een openbare opdracht uit"),
    "education_recognised": lazy_("erkende onderwijsinstelling"),
    "sector_fund": lazy_("fonds van de sociale partners"),
    "non_commercial": lazy_("werkt zonder winstoogmerk"),
    "kmo_registered": lazy_("erkend voor de kmo-portefeuille"),
    "vov_registered": lazy_("geregistreerd voor Vlaams opleidingsverlof"),
    "brussels_premium": lazy_("komt in aanmerking voor de Brusselse opleidingspremie"),
}

VAT: Final[Words] = {
    "standard": lazy_("met btw"),
    "exempt": lazy_("vrijgesteld van btw"),
    "outside": lazy_("niet onderworpen aan btw"),
}
"""Treatments of VAT; the percentages are in the reference data."""

ACTIVITIES: Final[Words] = {
    "analysis": lazy_("een analyse"),
    "advice": lazy_("advies"),
    "group-course": lazy_("les in groep"),
    "individual-course": lazy_("les voor één persoon"),
    "floor-coaching": lazy_("coaching op de werkvloer"),
    "supervisor-training": lazy_("vorming van leidinggevenden"),
    "team-training": lazy_("vorming van teams"),
    "self-study": lazy_("zelf oefenen"),
    "material": lazy_("materiaal"),
    "rewriting": lazy_("herschrijven van teksten"),
    "interpreting": lazy_("tolken"),
    "translation": lazy_("vertalen"),
    "level-test": lazy_("bepalen van het taalniveau"),
    "helpdesk": lazy_("antwoord op vragen"),
    "network": lazy_("uitwisselen met andere werkgevers"),
    "workplace-visit": lazy_("bezoek aan de werkvloer"),
    "mentoring": lazy_("mentoring"),
    "recognition": lazy_("hulp bij erkenning"),
    "integration-referral": lazy_("doorverwijzen naar inburgering"),
    "provider-referral": lazy_("doorverwijzen naar een partner"),
    "vocational-course": lazy_("beroepsopleiding"),
}

MEDIATION: Final[Words] = {
    "job-matching": lazy_("een werkzoekende aan een vacature koppelen"),
    "candidate-selection": lazy_("kandidaten zoeken of kiezen"),
    "candidate-introduction": lazy_("kandidaten voorstellen"),
    "vacancy-filling": lazy_("een vacature invullen"),
    "jobseeker-guidance": lazy_("een werkzoekende naar werk begeleiden"),
    "outplacement": lazy_("outplacement"),
}
"""What makes an offer individual job mediation. VDAB, Actiris and OCMW do that, never here."""

MEDIATION_WORDS: Final = (
    "arbeidsbemiddeling",
    "jobbemiddeling",
    "jobmatching",
    "kandidaatbemiddeling",
    "outplacement",
    "personeelsbemiddeling",
    "vacaturebemiddeling",
)
"""Words that a title or a tag of an offer may not hold, whatever its activities say."""

STATUSES: Final[Words] = {
    "draft": lazy_("ontwerp"),
    "published": lazy_("gepubliceerd"),
    "retired": lazy_("niet meer aangeboden"),
}

TRANSITIONS: Final[Mapping[str, frozenset[str]]] = {
    "draft": frozenset({"published", "retired"}),
    "published": frozenset({"retired"}),
    "retired": frozenset({"published"}),
}
"""Status → the statuses it may become. Nothing else moves an offer."""


EFFECTS: Final[Words] = {
    "refuse": lazy_("weigert"),
    "prefer": lazy_("gaat voor"),
    "note": lazy_("geeft uitleg"),
}
"""What a rule does with an offer."""

RULE_STATUSES: Final[Words] = {
    "draft": lazy_("ontwerp"),
    "published": lazy_("gepubliceerd"),
    "withdrawn": lazy_("ingetrokken"),
}

RULE_TRANSITIONS: Final[Mapping[str, frozenset[str]]] = {
    "draft": frozenset({"published", "withdrawn"}),
    "published": frozenset({"withdrawn"}),
    "withdrawn": frozenset({"published"}),
}
"""Status of a consultant's rule → the statuses it may become."""


def may_become(status: str, wanted: str) -> bool:
    """Whether an offer with this status may take the wanted one; staying as it is may always."""
    return status == wanted or wanted in TRANSITIONS[status]
