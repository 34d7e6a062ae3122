"""Made-up facts of the example pages. Nothing here is a real price, place or offer."""

from __future__ import annotations

from typing import Final

MODES: Final = [
    ("on_site", "Bij ons op de werkvloer"),
    ("at_provider", "Bij de aanbieder"),
    ("online", "Online"),
]
SHIFTS: Final = [("early", "Vroege"), ("late", "Late"), ("night", "Nacht"), ("weekend", "Weekend")]
ROWS: Final = [("a0a1", "Van A0 naar A1"), ("a1a2", "Van A1 naar A2"), ("a2b1", "Van A2 naar B1")]
COLUMNS: Final = [
    ("listening", "Luisteren"),
    ("speaking", "Spreken"),
    ("reading", "Lezen"),
    ("writing", "Schrijven"),
]

_COMPARED: Final = {
    "offers": [
        {"title": "Taalcoaching op de werkvloer", "url": "#a", "owner_word": "Partner: Groeipunt"},
        {"title": "Nederlands in de zorg", "url": "#b", "owner_word": "Partner: CVO De Brug"},
        {"title": "Taalscan en advies", "url": "#c", "owner_word": "Agentschap: AgII"},
    ],
    "properties": [
        {"label": "U betaalt netto", "values": ["1.150 euro", "980 euro", "gratis"]},
        {"label": "Uren per medewerker", "values": ["60 uur", "80 uur", "6 uur"]},
        {"label": "Plaats", "values": ["op uw locatie", "Aalst, 4 km", "op uw locatie"]},
        {
            "label": "Taal van de les",
            "values": ["Nederlands", "Nederlands", "Nederlands"],
            "same": True,
        },
        {
            "label": "Vroege en late dienst",
            "values": [
                {"tag": "past", "tone": "ok"},
                {"tag": "past niet", "tone": "caution"},
                {"tag": "past", "tone": "ok"},
            ],
        },
    ],
}

PRICE: Final = [
    {"label": "Brutoprijs", "cents": 240_000, "kind": "gross", "note": "12 × 200 euro"},
    {
        "label": "Kmo-portefeuille",
        "cents": 72_000,
        "kind": "aid",
        "certainty": "certain",
        "source": "VLAIO, nagekeken op 3 november 2026",
    },
    {"label": "Sectorfonds", "cents": 53_000, "kind": "aid", "certainty": "certain"},
    {"label": "Premie van uw gemeente", "cents": None, "kind": "aid", "certainty": "possible"},
    {
        "label": "Vlaams opleidingsverlof",
        "cents": None,
        "kind": "aid",
        "certainty": "unknown",
        "note": "Het bedrag per uur voor dit schooljaar is nog niet bekend.",
    },
    {"label": "Btw (vrijgesteld)", "cents": 0, "kind": "vat"},
]

PARTS: Final[dict[str, object]] = {
    "tones": ["neutral", "accent", "warm", "ok", "caution", "danger"],
    "answers": [
        {"key": "Vestiging", "value": "Aalst", "url": "#", "hidden": "de vestiging"},
        {"key": "Medewerkers", "value": "85", "url": "#"},
        {"key": "Gewenste start", "value": None, "url": "#"},
    ],
    "tasks": [
        {"label": "Uw organisatie", "url": "#", "status": "done"},
        {"label": "De groep", "url": "#", "status": "busy", "hint": "Nog 2 vragen"},
        {"label": "Uw budget", "url": "#", "status": "todo"},
        {"label": "Nakijken en versturen", "url": "#", "status": "blocked"},
    ],
    "steps": [
        ("Zeg wat u nodig hebt", "Voor wie, in welke diensten, op welke plaats."),
        ("Kies uw budget", "In euro en in uren van de werkvloer. Nul mag ook."),
        ("Krijg een plan met redenen", "U kiest, bestelt of vraagt aan. Niets moet."),
    ],
    "events": [
        {"when": "22 november 2026, 14:32", "title": "Advies berekend", "by": "het systeem"},
        {
            "when": "21 november 2026, 9:05",
            "title": "Consulent nam het dossier aan",
            "text": "U krijgt antwoord binnen 3 werkdagen.",
            "url": "#",
        },
        {"when": "20 november 2026, 16:40", "title": "Aanvraag verstuurd"},
    ],
    "page": {"number": 4, "pages": 9, "total": 262},
    "columns": ["Dossier", "Gemeente", "Stand", {"label": "Netto", "number": True}],
    "dossiers": [
        [
            {"text": "D-4821 Woonzorg De Linde", "url": "#"},
            "Aalst",
            {"tag": "nieuw"},
            "3.850 euro",
        ],
        [
            {"text": "D-4817 Bakkerij Peeters", "url": "#"},
            "Gent",
            {"tag": "wacht", "tone": "caution"},
            "0 euro",
        ],
        [
            {"text": "D-4809 Technobouw", "url": "#"},
            "Brussel",
            {"tag": "besteld", "tone": "ok"},
            "12.400 euro",
        ],
    ],
    "compared": _COMPARED,
    "price": PRICE,
    "total": {"label": "U betaalt nu", "cents": 115_000, "kind": "net"},
    "sectors": [("Zorg", 42), ("Schoonmaak", 31), ("Bouw", 17), ("IT", 4)],
    "months": [("juli", 12), ("augustus", 9), ("september", 31), ("oktober", 44), ("november", 38)],
}

ADVICE: Final[dict[str, object]] = {
    "lines": [
        {
            "title": "Taalcoaching op de werkvloer",
            "owner": "partner",
            "provider": "Groeipunt",
            "for_text": "Nederlands op de vloer, 12 medewerkers",
            "gross": 240_000,
            "aid": 125_000,
            "net": 115_000,
            "facts": ["60 uur", "start op 8 februari 2027", "op uw locatie"],
            "reasons": ["past bij uw diensten", "kleine groepen van 5", "binnen 30 km"],
            "more": ["Gaat van A1 naar A2.", "Is klaar voor uw einddatum.", "Kent de zorgsector."],
            "action": "Vraag aan",
        },
        {
            "title": "Duidelijke instructies geven",
            "owner": "agency",
            "provider": "Agentschap Integratie en Inburgering",
            "for_text": "duidelijke taal, 3 leidinggevenden",
            "gross": 270_000,
            "aid": 0,
            "net": 270_000,
            "facts": ["36 uur", "start op 15 februari 2027", "op uw locatie"],
            "reasons": ["voor leidinggevenden", "past binnen uw uren"],
            "more": [],
            "action": "Bestel",
        },
    ],
    "uncovered": [
        {
            "text": "diversiteit in het team",
            "reasons": ["Met 350 euro meer dekt het plan ook deze nood."],
        }
    ],
    "misses": [
        {
            "title": "Nederlands in de zorg",
            "owner": "partner",
            "provider": "CVO De Brug",
            "reasons": ["Start pas op 1 september 2027. U wilt klaar zijn op 30 juni 2027."],
        },
        {
            "title": "Online taalbad",
            "owner": "partner",
            "provider": "Lingua Online",
            "reasons": ["Is alleen online. U koos voor uw eigen locatie."],
        },
    ],
    "plans": [
        {
            "label": "Goedkoopst voor dezelfde noden",
            "difference": "120 punten minder, 2.700 euro goedkoper, 36 uur minder",
            "net_cents": 115_000,
            "hours": 60,
            "covered": 2,
            "total": 3,
            "titles": ["Taalscan en advies", "Praatgroep op het werk"],
        },
        {
            "label": "Beste boven uw budget",
            "difference": "510 punten meer, 350 euro duurder, 8 uur meer",
            "note": "200 euro meer dan u wilt geven.",
            "net_cents": 420_000,
            "hours": 104,
            "covered": 3,
            "total": 3,
            "titles": ["Taalcoaching op de werkvloer", "Samen werken in een divers team"],
        },
    ],
    "curve": {
        "steps": [(0, 0), (115_000, 690), (385_000, 810), (420_000, 1320)],
        "rows": [
            ["0 euro", "0", "0", "0 van 3"],
            ["1.150 euro", "690", "60", "2 van 3"],
            ["3.850 euro", "810", "96", "2 van 3"],
            ["4.200 euro", "1320", "104", "3 van 3"],
        ],
    },
}
