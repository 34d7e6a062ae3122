"""The search form of the public list; every answer is a part of the address."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectField, ValidationError

from marketplace import reference
from marketplace.catalogue.services import Search
from marketplace.catalogue.vocabulary import LEVELS, MODES, NATURES, OWNERS, TOPICS
from marketplace.i18n import lazy_
from marketplace.web.forms import Form, Text, Tick, options

_FACETS = ("topic", "nature", "owner", "mode", "level")


class Pick(SelectField):
    """A list to pick one value from; the first line picks none."""

    def __init__(
        self, label: object, words: Mapping[str, object], none: object, **kw: object
    ) -> None:
        super().__init__(label, choices=options([("", none), *words.items()]), default="", **kw)

    def pre_validate(self, form: Form) -> None:
        """Refuse what is not in the list, in Dutch."""
        if self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(lazy_("Kies een waarde uit de lijst."))


class SearchForm(Form):
    """Words and filters; what is wrong is said beside its field and left out of the search."""

    class Meta(Form.Meta):
        """A search changes nothing, so it needs no token and its address can be shared."""

        csrf = False

    q = Text(lazy_("Zoekwoord"), most=100, required=False)
    topic = Pick(lazy_("Onderwerp"), TOPICS, lazy_("Alle onderwerpen"))
    place = Text(lazy_("Gemeente van de werkplek"), most=100, required=False)
    nature = Pick(lazy_("Soort"), NATURES, lazy_("Alle soorten"))
    owner = Pick(lazy_("Aanbieder"), OWNERS, lazy_("Alle aanbieders"))
    mode = Pick(lazy_("Waar"), MODES, lazy_("Overal"))
    level = Pick(
        lazy_("Niveau Nederlands"), {level: level for level in LEVELS}, lazy_("Elk niveau")
    )
    free = Tick(lazy_("Alleen gratis aanbod"))

    def validate_place(self, field: Text) -> None:
        """Accept a name, a postal code or a REFNIS code of one municipality."""
        if field.data and reference.municipality(field.data) is None:
            raise ValidationError(
                lazy_("Wij vinden geen gemeente in Vlaanderen of Brussel. Typ een postcode.")
            )

    @property
    def narrowed(self) -> bool:
        """Whether one of the lesser filters is set, so that they are shown opened."""
        return any(
            self[name].data or self[name].errors
            for name in ("nature", "owner", "mode", "level", "free")
        )

    def search(self) -> Search:
        """What is looked for; call it after ``validate``."""
        fine = {name: field.data for name, field in self._fields.items() if not field.errors}
        facets = [(name, fine[name]) for name in _FACETS if fine.get(name)]
        if fine.get("free"):
            facets.append(("price", "free"))
        place = reference.municipality(fine["place"]) if fine.get("place") else None
        return Search(fine.get("q") or "", tuple(facets), place)
