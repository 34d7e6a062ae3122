"""The filters above the lists; every answer is a part of the address, so a filter is a link."""

from __future__ import annotations

from wtforms import ValidationError

from marketplace import reference
from marketplace.catalogue.forms import Pick
from marketplace.catalogue.vocabulary import TOPICS
from marketplace.desk.services.audit import Sought
from marketplace.desk.services.dossiers import Wanted
from marketplace.i18n import lazy_
from marketplace.orders.models import ORDER_STATES, REFERRAL_STATES, STATUS_WORDS
from marketplace.requests.vocabulary import STATUSES
from marketplace.web.forms import Form, Text


class Filter(Form):
    """A search changes nothing, so it needs no token."""

    class Meta(Form.Meta):
        """No token in the address."""

        csrf = False

    def fine(self, name: str) -> str:
        """What was typed in a field that is sound; a wrong filter is shown and left out."""
        field = self[name]
        return "" if field.errors else str(field.data or "")


class DossierFilter(Filter):
    """Which requests to list."""

    werkgever = Text(lazy_("Werkgever"), most=100, required=False)
    gemeente = Text(lazy_("Gemeente"), most=100, required=False)
    onderwerp = Pick(lazy_("Onderwerp"), TOPICS, lazy_("Alle onderwerpen"))
    stand = Pick(lazy_("Stand"), STATUSES, lazy_("Elke stand"))

    def validate_gemeente(self, field: Text) -> None:
        """Refuse what is no municipality of Flanders or Brussels."""
        if field.data and not field.errors and reference.municipality(field.data) is None:
            raise ValidationError(lazy_("Wij kennen deze gemeente niet. Typ een postcode."))

    def wanted(self) -> Wanted:
        """What to look for; call it after ``validate``."""
        place = reference.municipality(self.fine("gemeente"))
        return Wanted(
            self.fine("werkgever"),
            place.refnis if place else "",
            self.fine("onderwerp"),
            self.fine("stand"),
        )


class OrderFilter(Filter):
    """Which orders to list."""

    stand = Pick(
        lazy_("Stand"), {key: STATUS_WORDS[key] for key in ORDER_STATES}, lazy_("Elke stand")
    )


class ReferralFilter(Filter):
    """Which referrals to list."""

    stand = Pick(
        lazy_("Stand"), {key: STATUS_WORDS[key] for key in REFERRAL_STATES}, lazy_("Elke stand")
    )


class AuditFilter(Filter):
    """Which entries of the log to list."""

    onderwerp = Text(
        lazy_("Waarover"), most=120, required=False, hint=lazy_("Bijvoorbeeld order of plugin:care")
    )
    wie = Text(lazy_("Wie"), most=254, required=False, hint=lazy_("Een e-mailadres of een code"))
    wat = Text(lazy_("Wat"), most=80, required=False, hint=lazy_("Bijvoorbeeld status.changed"))

    def sought(self) -> Sought:
        """What to look for; call it after ``validate``."""
        return Sought(self.fine("onderwerp"), self.fine("wie"), self.fine("wat"))
