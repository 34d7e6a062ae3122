"""What the reader complains of, in Dutch: the path stays, the rest is looked up here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_babel import LazyString

from marketplace.kit.i18n import _, lazy_

DUTCH: Sequence[tuple[str, LazyString]] = (
    (r"unknown key", lazy_("deze sleutel bestaat niet")),
    (
        r"is missing: whom to ask.*",
        lazy_("ontbreekt: zeg bij wie men een onbekend bedrag navraagt"),
    ),
    (r"is missing: a yearly cap.*", lazy_("ontbreekt: een plafond per jaar hoort bij een pot")),
    (r"is missing", lazy_("ontbreekt")),
    (r"must be a text", lazy_("moet ingevulde tekst zijn")),
    (r"must be one line of at most .*", lazy_("moet één regel tekst zijn, en niet te lang")),
    (r"must be a whole number.*", lazy_("moet een geheel getal van 0 of meer zijn")),
    (r"must be at most (?P<what>\d+) characters", lazy_("mag ten hoogste %(what)s tekens hebben")),
    (r"must be at most (?P<what>.+)", lazy_("mag ten hoogste %(what)s zijn")),
    (r"must be true or false", lazy_("moet true of false zijn")),
    (r"must be a date.*", lazy_("moet een datum zijn zoals 2026-02-01")),
    (r"must be one of (?P<what>.+)", lazy_("kies uit: %(what)s")),
    (r"must not be empty", lazy_("mag niet leeg zijn")),
    (r"must be a list", lazy_("moet een lijst zijn")),
    (r"must be an example", lazy_("moet een geval zijn, zoals {“need.topic”: “onboarding”}")),
    (r"must be an (https )?address.*", lazy_("moet een adres zijn dat met https:// begint")),
    (r"must be small letters.*", lazy_("gebruik kleine letters, cijfers en streepjes")),
    (r"must be a name", lazy_("moet een naam zijn: kleine letters en cijfers, zonder spaties")),
    (r"must be an object", lazy_("moet een object zijn")),
    (r"must be \[subject, op, value\]", lazy_("moet [onderwerp, vergelijking, waarde] zijn")),
    (r"unknown subject (?P<what>.+)", lazy_("het onderwerp %(what)s bestaat niet")),
    (r"lies before valid_from", lazy_("ligt voor valid_from")),
    (r"lies in the future", lazy_("deze datum ligt in de toekomst")),
    (
        r"cannot be certain.*",
        lazy_(
            "kan niet zeker zijn: er is nog iets na te kijken, er is alleen een vork bekend, of het"
            " is steun op loon"
        ),
    ),
    (r"a range is never so", lazy_("een vork is nooit zeker: laat certain_if weg")),
    (r"the upper end.*", lazy_("het hoogste ligt onder het laagste")),
    (
        r"must ascend.*",
        lazy_("de rijen moeten oplopen, en alleen de laatste mag up_to null hebben"),
    ),
    (r"a rule cannot exclude itself", lazy_("een regel kan zichzelf niet uitsluiten")),
    (
        r"a reason has no sentence.*",
        lazy_("deze reden heeft geen zin: kies een code die al in een andere regel staat"),
    ),
    (r"the example does not pass", lazy_("de regel geldt niet voor dit geval, en dat moet wel")),
    (r"the example does not fail", lazy_("de regel geldt voor dit geval, en dat mag niet")),
    (r"versions overlap from (?P<what>.+)", lazy_("twee periodes overlappen vanaf %(what)s")),
    (r"no rule has the id (?P<what>.+)", lazy_("er is geen regel met het id %(what)s")),
    (r"holds a sign that cannot be shown", lazy_("bevat een onzichtbaar teken")),
    (r"stands there twice", lazy_("staat twee keer in hetzelfde object")),
    (r"is too large", lazy_("is te groot")),
)
"""What the reader says after the path → the same for people; ``what`` is filled in."""


def in_dutch(complaint: str) -> str:
    """A complaint with its path, for people; one that is not known here keeps its own words."""
    path, _colon, said = complaint.partition(": ")
    for pattern, dutch in DUTCH:
        found = re.fullmatch(pattern, said, re.DOTALL)
        if found:
            return f"{path}: {str(dutch) % found.groupdict() if found.groupdict() else dutch}"
    return _("%(path)s: dit klopt niet (%(said)s)", path=path, said=said)
