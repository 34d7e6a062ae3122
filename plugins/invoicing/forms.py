"""The forms: who sells, who buys, a draft, a credit, a statement, and the settings."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from stdnum import iban
from stdnum.be import vat
from stdnum.exceptions import ValidationError as WrongNumber
from wtforms import HiddenField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from marketplace.kit.forms import Choice, Euro, Form, Text, Whole, YesNo
from marketplace.kit.i18n import lazy_

from .models import BuyerRow, SellerRow
from .states import WORDS
from .terms import DAYS, MOST_DAYS

VAT_CHOICES = (
    ("standard", lazy_("21 % btw")),
    ("exempt", lazy_("Vrijgesteld: erkende opleiding, artikel 44")),
    ("outside", lazy_("Buiten de btw: de verkoper is een overheid")),
)


class Settings(Form):
    """How invoices go out, and when people are reminded."""

    transport = Choice(
        lazy_("Hoe gaan Peppol-facturen weg?"),
        (
            ("download", lazy_("Iemand haalt het bestand op en verstuurt het")),
            ("folder", lazy_("In een map op de server")),
            ("http", lazy_("Naar een toegangspunt")),
        ),
        default="download",
    )
    reminder_days = Whole(
        lazy_("Na hoeveel dagen te laat herinneren?"), least=1, most=90, default=7
    )
    most_reminders = Whole(lazy_("Hoeveel keer ten hoogste?"), least=0, most=10, default=3)


class AddressFields(Form):
    """Where a party is."""

    street = Text(lazy_("Straat en nummer"), most=120)
    postcode = Text(lazy_("Postcode"), most=10)
    city = Text(lazy_("Gemeente"), most=80)


class SellerForm(AddressFields):
    """What stands on every invoice of a seller."""

    name = Text(lazy_("Naam"), most=200)
    enterprise_number = Text(lazy_("Ondernemingsnummer"), most=20)
    charges_vat = YesNo(lazy_("Heeft de verkoper een btw-nummer?"))
    iban = Text(lazy_("Rekeningnummer (IBAN)"), most=42)
    bic = Text(lazy_("BIC"), most=11, required=False)
    term_days = Whole(
        lazy_("Betaaltermijn in dagen"),
        most=MOST_DAYS,
        default=DAYS,
        hint=lazy_("Gewoonlijk 30, ten hoogste 60."),
    )
    automatic = YesNo(
        lazy_("Facturen vanzelf uitgeven?"),
        hint=lazy_("Zonder dit kijkt een mens elke factuur na."),
        default="no",
    )

    def validate_enterprise_number(self, field: Text) -> None:
        """Refuse a number that is no Belgian enterprise number."""
        try:
            field.data = vat.validate(field.data or "")
        except WrongNumber:
            raise ValidationError(lazy_("Dit is geen Belgisch ondernemingsnummer.")) from None

    def validate_iban(self, field: Text) -> None:
        """Refuse a number that is no account; a bank that our list lacks is no reason."""
        try:
            field.data = iban.validate(field.data or "", check_country=False)
        except WrongNumber:
            raise ValidationError(lazy_("Dit is geen geldig rekeningnummer.")) from None

    @classmethod
    def filled(cls, row: SellerRow | None, name: str, number: str | None) -> SellerForm:
        """With what is known."""
        if row is None:
            return cls(name=name, enterprise_number=number)
        answers = {"charges_vat": _word(bool(row.vat_number)), "automatic": _word(row.automatic)}
        return cls(obj=row, data=answers)

    def answers(self) -> dict[str, object]:
        """The columns of the seller's row; call it after ``validate``."""
        names = ("name", "enterprise_number", "street", "postcode", "city", "iban", "term_days")
        found = {name: self[name].data for name in names}
        number = f"BE{self.enterprise_number.data}" if self.charges_vat.data == "yes" else None
        is_automatic = self.automatic.data == "yes"
        bic = self.bic.data or ""
        return found | {"vat_number": number, "automatic": is_automatic, "bic": bic}


class BuyerForm(AddressFields):
    """Where an employer's invoices go."""

    vat_taxpayer = YesNo(lazy_("Is uw organisatie btw-plichtig?"))
    public_body = YesNo(
        lazy_("Is uw organisatie een overheid?"),
        hint=lazy_("Een overheid krijgt haar facturen langs Peppol, met haar bestelnummer."),
    )

    @classmethod
    def filled(cls, row: BuyerRow | None) -> BuyerForm:
        """With what is known."""
        if row is None:
            return cls()
        flags = ("vat_taxpayer", "public_body")
        return cls(obj=row, data={name: _word(getattr(row, name)) for name in flags})

    def answers(self) -> dict[str, object]:
        """The columns of the buyer's row; call it after ``validate``."""
        found: dict[str, object] = {n: self[n].data for n in ("street", "postcode", "city")}
        flags = ("vat_taxpayer", "public_body")
        return found | {name: self[name].data == "yes" for name in flags}


class DraftForm(Form):
    """What a draft may still lack."""

    purchase_order = Text(
        lazy_("Bestelnummer van de koper"),
        most=60,
        required=False,
        hint=lazy_("Verplicht voor een overheid."),
    )
    treatment = Choice(lazy_("Welke btw geldt?"), VAT_CHOICES, required=False)


class CreditForm(Form):
    """How much is taken back, and why."""

    amount = Euro(lazy_("Bedrag zonder btw"))
    reason = Text(lazy_("Reden"), most=200, hint=lazy_("De koper leest dit op de creditnota."))
    key = HiddenField()


class StatementForm(Form):
    """A file of the bank."""

    file = FileField(
        lazy_("Bestand van uw bank"),
        validators=[FileRequired(lazy_("Kies eerst een bestand."))],
        description=lazy_("CODA of CAMT.053, ten hoogste 2 MB."),
    )


class AssignForm(Form):
    """Which invoice the money is for."""

    number = Text(lazy_("Nummer van de factuur"), most=20)


class NoteForm(Form):
    """Why a person decided so."""

    note = Text(lazy_("Reden"), most=200)


class PaperFilter(Form):
    """Which papers to list; a part of the address, so it needs no token."""

    class Meta(Form.Meta):
        """No token in the address."""

        csrf = False

    stand = SelectField(
        lazy_("Stand"),
        choices=[
            SelectChoice("", lazy_("Elke stand")),
            *(SelectChoice(key, word[0]) for key, word in WORDS.items()),
        ],
        default="",
        validate_choice=False,
    )
    koper = Text(lazy_("Koper"), most=100, required=False)

    def wanted(self) -> dict[str, str]:
        """The sound answers; a wrong filter is shown and left out."""
        self.validate()
        state = self.stand.data if self.stand.data in WORDS else ""
        return {"state": state, "buyer": "" if self.koper.errors else self.koper.data or ""}


def _word(value: bool) -> str:
    return "yes" if value else "no"
