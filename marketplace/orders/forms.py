"""The pages on which an employer says yes."""

from __future__ import annotations

import re

from wtforms import HiddenField
from wtforms.validators import Regexp

from marketplace.i18n import lazy_
from marketplace.orders.services.lines import MOST_NOTE
from marketplace.web.forms import Form, LongText, Text


class OrderForm(Form):
    """Confirm an order; the key makes the same post one order."""

    key = HiddenField(
        validators=[Regexp(r"[\w-]{8,64}\Z", re.ASCII, lazy_("Laad de pagina opnieuw."))]
    )


class ReferralForm(OrderForm):
    """Confirm a referral with the note for the partner."""

    contact = Text(
        lazy_("Wie mag de partner opbellen of mailen?"),
        hint=lazy_("Naam en telefoonnummer of e-mailadres binnen uw organisatie."),
    )
    note = LongText(
        lazy_("Wat moet de partner weten?"),
        most=MOST_NOTE,
        required=True,
        hint=lazy_("Wij schreven een eerste tekst. Noem geen namen van medewerkers."),
    )
