"""What an administrator can set, and what the desk fills in."""

from __future__ import annotations

import re

from stdnum import bic, exceptions
from stdnum.be import iban
from wtforms import HiddenField, ValidationError
from wtforms.validators import Regexp

from marketplace.kit.forms import Euro, Form, Text, Tick, Whole
from marketplace.kit.i18n import _, lazy_

from .opening import MOST_DAYS


class PaymentSettings(Form):
    """Secrets and addresses of services are not here: they come from the environment."""

    account_name = Text(lazy_("Naam van de rekeninghouder"), most=70, required=False)
    iban = Text(
        lazy_("Rekeningnummer (IBAN)"),
        most=34,
        required=False,
        hint=lazy_("Een Belgische rekening. Zonder nummer kan niemand overschrijven."),
    )
    bic = Text(lazy_("BIC"), most=11, required=False)
    payment_days = Whole(
        lazy_("Betaaltermijn in dagen"),
        most=MOST_DAYS,
        default=30,
        hint=lazy_("Vanaf de bevestiging van de bestelling. Langer dan 60 dagen mag niet."),
    )
    by_transfer = Tick(lazy_("Laat overschrijven"), default=True)
    by_card = Tick(lazy_("Laat online betalen met Stripe"), default=True)

    def validate_iban(self, field: Text) -> None:
        """A number whose check digits are right, and a name beside it."""
        if not field.data:
            return
        if not iban.is_valid(field.data):
            raise ValidationError(_("Dit is geen geldig Belgisch rekeningnummer."))
        if not self.account_name.data:
            raise ValidationError(_("Vul ook de naam van de rekeninghouder in."))

    def validate_bic(self, field: Text) -> None:
        """Eight or eleven characters, when it is filled in."""
        try:
            if field.data:
                bic.validate(field.data)
        except exceptions.ValidationError:
            raise ValidationError(_("Dit is geen geldige BIC.")) from None


class AmountForm(Form):
    """Money that came in or goes back; the key makes the same post one booking."""

    key = HiddenField(
        validators=[Regexp(r"[\w.-]{8,64}\Z", re.ASCII, lazy_("Laad de pagina opnieuw."))]
    )
    amount = Euro(lazy_("Bedrag"), required=True)
