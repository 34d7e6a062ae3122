"""The fields of this area; one that looks something up keeps the text and what it found."""

from __future__ import annotations

import unicodedata

from stdnum.be import vat
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as BadNumber
from wtforms import Form as PlainForm
from wtforms import ValidationError

from marketplace import reference
from marketplace.accounts.services.addresses import deliverable
from marketplace.accounts.services.passwords import SHORTEST, too_easy
from marketplace.i18n import _, lazy_
from marketplace.web.forms import Email, Form, Password, PlainText, Text

from . import lookup


class Address(Email):
    """An e-mail address that mail can reach."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        """Refuse what no mail server would take."""
        super().post_validate(form, validation_stopped)
        if self.data and not self.errors and deliverable(self.data) is None:
            raise ValidationError(_("Typ een e-mailadres zoals naam@voorbeeld.be."))


class NewPassword(Password):
    """A password of at least twelve characters. No other rules: length is what helps."""

    def __init__(self, label: object, **kw: object) -> None:
        hint = lazy_(
            "Minstens %(least)d tekens. Een zin van enkele woorden is goed.", least=SHORTEST
        )
        super().__init__(label, new=True, hint=hint, **kw)

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        """Refuse what is short or easy."""
        if self.errors or not self.data:
            return
        PlainText()(form, self)
        if len(self.data) < SHORTEST:
            raise ValidationError(
                _(
                    "Gebruik minstens %(least)d tekens; het zijn er nu %(length)d.",
                    least=SHORTEST,
                    length=len(self.data),
                )
            )
        email = form.email.data if "email" in form else ""
        if too_easy(self.data, email or ""):
            raise ValidationError(_("Dit wachtwoord is te makkelijk te raden. Kies een ander."))


class EnterpriseNumber(Text):
    """An enterprise or VAT number; ``number`` is its ten digits once it is valid."""

    number: str | None = None

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        """Check the length and the check digits."""
        if self.errors or not self.data:
            return
        try:
            self.number = vat.validate(unicodedata.normalize("NFKC", self.data))
        except InvalidLength:
            count = sum(char.isdigit() for char in self.data)
            raise ValidationError(
                _("Een ondernemingsnummer heeft 10 cijfers; u typte er %(count)d.", count=count)
            ) from None
        except InvalidChecksum:
            raise ValidationError(
                _("Dit ondernemingsnummer bestaat niet: er staat een cijfer fout. Kijk het na.")
            ) from None
        except BadNumber:
            raise ValidationError(
                _("Typ een ondernemingsnummer zoals 0403.019.261 of BE 0403 019 261.")
            ) from None


class Municipality(Text):
    """A municipality by name or postal code; ``refnis`` is its number once it is found."""

    def __init__(
        self, label: object, required: bool = True, hint: object = "", **kw: object
    ) -> None:
        attributes = {"list": "gemeenten", "autocomplete": "off"}
        super().__init__(label, 100, required, hint, render_kw=attributes, **kw)
        self.refnis: str | None = None

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        """Look it up."""
        if self.errors or not self.data:
            return
        found = reference.municipality(self.data)
        if found is None:
            raise ValidationError(lookup.no_municipality(self.data))
        self.refnis = found.refnis


class Committee(Text):
    """A joint committee by number or name; ``code`` is its number once it is found."""

    def __init__(self, label: object = "", **kw: object) -> None:
        super().__init__(
            label,
            most=300,
            required=False,
            render_kw={"list": "comites", "autocomplete": "off"},
            **kw,
        )
        self.code: str | None = None

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        """Look it up."""
        if self.errors or not self.data:
            return
        found = lookup.committees(self.data)
        if len(found) != 1:
            raise ValidationError(lookup.no_committee(found))
        self.code = found[0].code


class Activity(Text):
    """A NACE-BEL code; ``code`` is its usual spelling once it is found."""

    def __init__(self, label: object, **kw: object) -> None:
        super().__init__(label, most=10, required=False, **kw)
        self.code: str | None = None

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        """Look it up."""
        if self.errors or not self.data:
            return
        found = reference.nace(self.data)
        if found is None:
            raise ValidationError(
                _("Wij kennen deze NACE-code niet. Typ een code zoals 87.101, of laat leeg.")
            )
        self.code = found.code
