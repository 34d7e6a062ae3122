"""The forms of the rules of aid."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import cast

from wtforms import HiddenField
from wtforms.validators import Regexp

from marketplace.contract.values import Json
from marketplace.kit.documents import FileRefused
from marketplace.kit.documents import read as read_json
from marketplace.kit.errors import DomainError
from marketplace.kit.forms import Day, Form, LongText, Text
from marketplace.kit.i18n import _, lazy_

from ..judge import known_subject
from . import bodies
from .models import Rows

MOST = 60_000
AGAIN = lazy_("Dit formulier is verouderd. Open de pagina opnieuw.")


class BodyForm(Form):
    """A rule as JSON, with what the person saw when it was opened."""

    body = LongText(
        lazy_("De regel, als JSON"),
        MOST,
        required=True,
        hint=lazy_("Een lijst met per periode een object. Overal staat hetzelfde id."),
    )
    key = HiddenField(validators=[Regexp(r"[\w-]{8,64}\Z", re.ASCII, AGAIN)])
    version = HiddenField()

    @property
    def seen(self) -> int:
        """Which change of the draft the person saw; 0 when somebody made it up."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def rows(self) -> Rows | None:
        """The records that were typed; None when the field says what is wrong."""
        try:
            return bodies.typed(self.body.data or "")
        except DomainError as error:
            self.refuse(error.message, error.field)
            return None


class PublishForm(Form):
    """From when, and why."""

    starts = Day(lazy_("Vanaf welke dag telt deze versie?"), hint=lazy_("Vandaag of later."))
    reason = Text(lazy_("Waarom deze wijziging?"), 500, hint=lazy_("Uw collega's lezen dit."))


class WithdrawForm(Form):
    """Why a rule goes."""

    reason = Text(lazy_("Waarom trekt u de regel in?"), 500, hint=lazy_("Uw collega's lezen dit."))


class CheckedForm(Form):
    """When the source was read again, and what was found."""

    checked_on = Day(lazy_("Wanneer keek u de bron na?"), hint=lazy_("Vandaag of eerder."))
    note = Text(lazy_("Wat zag u?"), 500, hint=lazy_("Bijvoorbeeld: het bedrag is nog hetzelfde."))


class CaseForm(Form):
    """A case to try a rule on."""

    case = LongText(
        lazy_("Een geval om te proberen"),
        5_000,
        required=True,
        hint=lazy_('Zo: {"need.topic": "onboarding", "offer.nature": "training"}'),
    )

    def found(self) -> Mapping[str, Json] | None:
        """The case that was typed; None when the field says what is wrong."""
        try:
            value = read_json((self.case.data or "").encode())
        except FileRefused as refused:
            for fault in refused.faults:
                self.refuse(str(fault.message), "case")
            return None
        if not isinstance(value, Mapping):
            self.refuse(_("Typ een object: onderwerp en waarde."), "case")
            return None
        for subject in value:
            if not known_subject(subject):
                said = _("Het onderwerp %(subject)s bestaat niet.", subject=json.dumps(subject))
                self.refuse(said, "case")
                return None
        return cast("Mapping[str, Json]", value)


def day_of(field: Day) -> date:
    """The day in a field that was found in order."""
    if field.data is None:
        raise ValueError("asked of a field that was not validated")
    return field.data
