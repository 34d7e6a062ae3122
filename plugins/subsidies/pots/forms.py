"""The form of a pot."""

from __future__ import annotations

import re
from dataclasses import asdict, fields

from wtforms import HiddenField, ValidationError
from wtforms.validators import Regexp

from marketplace.kit import catalogue
from marketplace.kit.forms import Choice, Day, Euro, Form, LongText, Text, Whole
from marketplace.kit.i18n import _, lazy_
from marketplace.kit.organisations import joint_committee

from .keeping import Terms, terms_of
from .models import Pot

KINDS = (
    ("per_participant", lazy_("Een bedrag per deelnemer")),
    ("percentage", lazy_("Een percentage van wat nog te betalen is")),
)
FIGURES = {"per_participant": "amount_cents", "percentage": "percent"}
"""The field that each kind needs."""
MOST_LINES = 100
_PAGE = re.compile(r"https?://[^\s/@]+\.[^\s/@]+(/\S*)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[\n\r,;]+")
_VERSION = re.compile(r"\d{1,9}", re.ASCII)
AGAIN = lazy_("Laad de pagina opnieuw.")


class PotForm(Form):
    """Terms of a pot; ``key`` makes the same post one pot, ``version`` tells two editors apart."""

    title = Text(lazy_("Naam van de pot"), 120, hint=lazy_("Werkgevers lezen deze naam."))
    page = Text(
        lazy_("Pagina met uw voorwaarden"),
        500,
        hint=lazy_("Een adres op uw website, zoals https://www.voorbeeld.be/pot."),
    )
    kind = Choice(lazy_("Wat betaalt de pot?"), KINDS)
    amount_cents = Euro(lazy_("Bedrag per deelnemer"), required=False)
    percent = Whole(lazy_("Percentage"), 1, 100, required=False)
    training_cap_cents = Euro(lazy_("Ten hoogste per opleiding"), required=False)
    employer_cap_cents = Euro(
        lazy_("Ten hoogste per werkgever"), required=False, hint=lazy_("Zolang de pot bestaat.")
    )
    total_cents = Euro(lazy_("Hoeveel zit er in de pot?"))
    first_day = Day(lazy_("Voor opleidingen die starten vanaf"))
    last_day = Day(lazy_("Tot en met"))
    joint_committees = LongText(
        lazy_("Paritaire comités"),
        1000,
        hint=lazy_("Eén nummer per regel, zoals 330 of 318.02. Leeg: alle."),
    )
    offers = LongText(
        lazy_("Aanbod"),
        9000,
        hint=lazy_(
            "Eén code per regel: het laatste deel van het adres van het aanbod. Leeg: alle."
        ),
    )
    stack_order = Whole(
        lazy_("Volgorde"),
        0,
        100,
        hint=lazy_(
            "Een lager getal gaat eerst van de prijs af. Fondsen hebben 10, de kmo-portefeuille 50."
        ),
    )
    key = HiddenField(validators=[Regexp(r"[\w-]{8,64}\Z", re.ASCII, AGAIN)])
    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version of the pot that the person saw; 0 when somebody made it up."""
        typed = str(self.version.data or "")
        return int(typed) if _VERSION.fullmatch(typed) else 0

    def validate_page(self, field: Text) -> None:
        """Only an address that a browser opens as a page."""
        if field.data and not field.errors and not _PAGE.fullmatch(field.data):
            raise ValidationError(lazy_("Typ een adres dat met https:// begint."))

    def validate_total_cents(self, field: Euro) -> None:
        """An empty pot is no pot."""
        _above_zero(field)

    def validate_amount_cents(self, field: Euro) -> None:
        """Zero would give nothing."""
        _above_zero(field)

    def validate_training_cap_cents(self, field: Euro) -> None:
        """Empty is no cap; zero would give nothing."""
        _above_zero(field)

    def validate_employer_cap_cents(self, field: Euro) -> None:
        """Empty is no cap; zero would give nothing."""
        _above_zero(field)

    def validate_last_day(self, field: Day) -> None:
        """Not before the first."""
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(lazy_("Kies een dag na de eerste dag."))

    def validate_joint_committees(self, field: LongText) -> None:
        """Only ones that exist."""
        _refuse_unknown([line for line in lines(field.data) if joint_committee(line) is None])

    def validate_offers(self, field: LongText) -> None:
        """Only published offers, so that a typing error is seen now."""
        codes = lines(field.data)
        if not field.errors and len(codes) <= MOST_LINES:
            known = catalogue.titles(codes)
            _refuse_unknown([code for code in codes if code not in known])
        elif codes:
            raise ValidationError(lazy_("Typ ten hoogste %(most)s regels.", most=MOST_LINES))

    def validate(self, extra_validators: object = None) -> bool:
        """Also: the figure that the chosen kind asks for."""
        sound: bool = super().validate(extra_validators)
        needed = FIGURES.get(self.kind.data)
        if needed is None or self[needed].data is not None or self[needed].errors:
            return sound
        self.refuse(_("Vul dit in bij wat u hierboven koos."), needed)
        return False

    def terms(self) -> Terms:
        """What was typed; call it after ``validate``."""
        typed = {field.name: self[field.name].data for field in fields(Terms)}
        found = [joint_committee(line) for line in lines(self.joint_committees.data)]
        typed["joint_committees"] = list(dict.fromkeys(one.code for one in found if one))
        typed["offers"] = lines(self.offers.data)
        typed |= {other: None for kind, other in FIGURES.items() if kind != self.kind.data}
        return Terms(**typed)


def filled(pot: Pot) -> dict[str, object]:
    """The values of the form for a pot that is there."""
    lists = {name: "\n".join(getattr(pot, name)) for name in ("joint_committees", "offers")}
    return asdict(terms_of(pot)) | lists | {"key": pot.key, "version": pot.version}


def lines(typed: str | None) -> list[str]:
    """What was typed on separate lines, each once."""
    found = [line.strip() for line in _BETWEEN.split(typed or "")]
    return list(dict.fromkeys(line for line in found if line))


def _above_zero(field: Euro) -> None:
    if field.data == 0:
        raise ValidationError(lazy_("Typ een bedrag boven 0."))


def _refuse_unknown(codes: list[str]) -> None:
    if codes:
        raise ValidationError(_("Dit kennen wij niet: %(codes)s.", codes=", ".join(codes)[:200]))
