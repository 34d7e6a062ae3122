"""The small forms around the wizard."""

from __future__ import annotations

from wtforms import ValidationError

from marketplace.i18n import lazy_
from marketplace.requests.forms.organisation import place_fault
from marketplace.web.forms import Email, Form, Text


class LinkForm(Form):
    """Where to mail the link to; the address is not kept with the request."""

    email = Email(
        lazy_("Uw e-mailadres"), hint=lazy_("Wij gebruiken dit adres alleen voor deze mail.")
    )


class ClaimForm(Form):
    """Where the link of a new request goes; the address is not kept with the request."""

    email = Email(
        lazy_("Uw e-mailadres"),
        hint=lazy_("Wij sturen u de link waarmee u later verder kunt. Een account hoeft niet."),
    )


class AgencyForm(Form):
    """A municipality in the address, to find the competent agency."""

    class Meta(Form.Meta):
        """A search changes nothing, so it needs no token."""

        csrf = False

    gemeente = Text(lazy_("Gemeente of postcode"), most=100)

    def validate_gemeente(self, field: Text) -> None:
        """Refuse what is no municipality of Flanders or Brussels."""
        if not field.errors and (fault := place_fault(field.data or "")):
            raise ValidationError(fault)
