"""Forms of the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import ValidationError

from marketplace.kit.forms import Choice, Choices, Form, Text, Whole
from marketplace.kit.i18n import lazy_
from marketplace.kit.theme import FONTS, Theme, is_colour

from .sectors import Sector

COLOURS: Mapping[str, object] = {
    "accent": lazy_("Kleur van links en knoppen"),
    "surface": lazy_("Kleur van het vlak"),
    "text": lazy_("Kleur van de tekst"),
    "border": lazy_("Kleur van randen"),
    "focus": lazy_("Kleur van het kader rond wat iemand kiest"),
}
FONT_WORDS: Mapping[str, object] = {
    "system": lazy_("Lettertype van het toestel"),
    "serif": lazy_("Met schreef (Georgia)"),
    "inherit": lazy_("Lettertype van uw eigen pagina"),
}


class NameForm(Form):
    """The name of a site."""

    name = Text(lazy_("Naam van de site"), most=80, hint=lazy_("Alleen u ziet deze naam."))


class OriginForm(Form):
    """A page that may show the widgets."""

    origin = Text(
        lazy_("Adres van uw site"),
        most=200,
        hint=lazy_("Zoals https://www.uwfederatie.be, zonder iets erachter."),
    )


class ThemeForm(Form):
    """Colours as ``#rrggbb``, sizes in pixels."""

    radius = Whole(lazy_("Ronding van hoeken"), 0, 32)
    gap = Whole(lazy_("Ruimte tussen delen"), 4, 48)
    font = Choice(lazy_("Lettertype"), [(name, FONT_WORDS[name]) for name in FONTS])

    def theme(self) -> Theme:
        """The theme that was typed; only after the form was found valid."""
        typed = {name: self[name].data for name in (*COLOURS, "radius", "gap", "font")}
        return Theme(**typed)


class Colour(Text):
    """``#rrggbb``, typed or chosen."""

    def __init__(self, label: object, **kw: Any) -> None:
        super().__init__(label, most=7, **kw)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Capitals mean the same."""
        super().process_formdata([text.strip().lower() for text in valuelist])

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        """Refuse what is no colour: it would end up in a style."""
        if not validation_stopped and not is_colour(self.data or ""):
            raise ValidationError(lazy_("Typ een kleur als #0b5563: een hekje en zes tekens."))


for _name, _label in COLOURS.items():
    setattr(ThemeForm, _name, Colour(_label))


def site_form(known: Mapping[str, Sector], sector: str = "", name: str = "") -> NameForm:
    """A name, and one of the sectors that plugins bring."""
    every = [("", lazy_("Geen: toon het hele aanbod"))]
    every += [(code, one.widget.title) for code, one in known.items()]

    class SiteForm(NameForm):
        sector = Choice(lazy_("Sector"), every, required=False)

    made: NameForm = SiteForm(data={"sector": sector, "name": name})
    return made


def offers_form(titles: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Form:
    """Which offers of the sector are shown."""

    class OffersForm(Form):
        offers = Choices(
            lazy_("Welk aanbod toont u?"),
            titles,
            hint=lazy_("Kiest u niets, dan toont u de eerste twaalf."),
        )

    return OffersForm(data={"offers": list(chosen)})
