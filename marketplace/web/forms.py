"""The form and its fields: every text field has a limit and survives hostile input."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    validators,
    widgets,
)
from wtforms.fields.choices import SelectChoice

from marketplace import money
from marketplace.i18n import lazy_

REQUIRED = lazy_("Vul dit veld in.")
CHOOSE = lazy_("Kies een antwoord.")
_FORBIDDEN = {"Cc", "Cs", "Co", "Cn"}
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


class Form(FlaskForm):
    """The base of every form: CSRF token, Dutch messages, one place for domain errors."""

    class Meta(FlaskForm.Meta):
        """Messages are ours and Dutch, so WTForms' own translations stay out."""

        locales = ["nl"]

    def refuse(self, message: str, field: str | None = None) -> None:
        """Show a domain error beside its field, or above the form."""
        target = self._fields.get(field or "")
        if target is None:
            self.form_errors.append(message)
        else:
            target.errors = [*target.errors, message]


class PlainText:
    """Refuses control characters and lone surrogates; ``multiline`` lets line breaks through."""

    def __init__(self, multiline: bool = False) -> None:
        self.allowed = "\r\n\t" if multiline else ""

    def __call__(self, form: Form, field: Field) -> None:
        """Raise a Dutch message when the text holds something that cannot be shown."""
        for char in field.data or "":
            if char not in self.allowed and unicodedata.category(char) in _FORBIDDEN:
                raise ValidationError(
                    lazy_("Deze tekst bevat een onzichtbaar teken. Typ hem opnieuw.")
                )


class ShortEnough:
    """At most so many characters, said in Dutch with both numbers."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: Field) -> None:
        """Raise a Dutch message when the text is too long."""
        length = len(field.data or "")
        if length > self.most:
            raise ValidationError(
                lazy_(
                    "Gebruik ten hoogste %(most)d tekens; het zijn er nu %(length)d.",
                    most=self.most,
                    length=length,
                )
            )


class Filled(validators.InputRequired):
    """Something was filled in; spaces alone are nothing."""

    def __call__(self, form: Form, field: Field) -> None:
        """Stop with a Dutch message when nothing visible was sent."""
        sent = field.raw_data or []
        if sent and not any(str(part).strip() for part in sent):
            raise validators.StopValidation(self.message)
        super().__call__(form, field)


def _checks(required: bool, *more: object, message: object = REQUIRED) -> list[object]:
    first = Filled(message) if required else validators.Optional()
    return [first, *more]


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


class Text(StringField):
    """One line of text."""

    def __init__(
        self, label: object, most: int = 200, required: bool = True, hint: object = "", **kw: object
    ) -> None:
        checks = _checks(required, PlainText(), ShortEnough(most), *kw.pop("validators", ()))  # type: ignore[misc]
        super().__init__(label, checks, filters=[_strip], description=hint, **kw)
        self.most = most


class LongText(TextAreaField):
    """Several lines of text."""

    def __init__(
        self,
        label: object,
        most: int = 4000,
        required: bool = False,
        hint: object = "",
        **kw: object,
    ) -> None:
        checks = _checks(required, PlainText(multiline=True), ShortEnough(most))
        super().__init__(label, checks, filters=[_strip], description=hint, **kw)
        self.most = most


class Email(Text):
    """An e-mail address, compared in lower case."""

    def __init__(
        self, label: object, required: bool = True, hint: object = "", **kw: object
    ) -> None:
        attributes = {"autocomplete": "email", "inputmode": "email"}
        super().__init__(label, 254, required, hint, render_kw=attributes, **kw)

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        """Refuse what cannot be an address."""
        if self.data and not validation_stopped and not _EMAIL.fullmatch(self.data):
            raise ValidationError(lazy_("Typ een e-mailadres zoals naam@voorbeeld.be."))


class Password(PasswordField):
    """A password; never shown again, never logged."""

    def __init__(self, label: object, new: bool = False, hint: object = "", **kw: object) -> None:
        checks = _checks(True, ShortEnough(200))
        word = "new-password" if new else "current-password"
        super().__init__(label, checks, description=hint, render_kw={"autocomplete": word}, **kw)


class Whole(StringField):
    """A whole number from ``least`` to ``most``; ``data`` is int or None, typed text is kept."""

    def __init__(
        self,
        label: object,
        least: int = 0,
        most: int = 100_000,
        required: bool = True,
        hint: object = "",
        **kw: object,
    ) -> None:
        super().__init__(
            label, _checks(required), description=hint, render_kw={"inputmode": "numeric"}, **kw
        )
        self.least, self.most = least, most
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read digits, tolerant of spaces and thousands points."""
        self.typed = valuelist[0] if valuelist else None
        digits = re.sub(r"[.\s]", "", self.typed or "")
        self.data = None
        if not digits:
            return
        if not re.fullmatch(r"\d{1,15}", digits, re.ASCII):
            raise ValueError(lazy_("Typ een heel getal, zonder letters of tekens."))
        self.data = int(digits)
        if not self.least <= self.data <= self.most:
            raise ValueError(
                lazy_("Typ een getal van %(least)d tot %(most)d.", least=self.least, most=self.most)
            )

    def _value(self) -> str:
        return self.typed if self.typed is not None else "" if self.data is None else str(self.data)


class Euro(StringField):
    """An amount in euro; ``data`` is integer cents or None, typed text is kept."""

    def __init__(
        self,
        label: object,
        most_cents: int = 100_000_000_00,
        required: bool = True,
        hint: object = "",
        **kw: object,
    ) -> None:
        super().__init__(
            label, _checks(required), description=hint, render_kw={"inputmode": "decimal"}, **kw
        )
        self.most_cents = most_cents
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read an amount as people type it."""
        self.typed = valuelist[0] if valuelist else None
        self.data = None
        if not (self.typed or "").strip():
            return
        try:
            cents = money.parse_euro(self.typed or "")
        except ValueError:
            raise ValueError(lazy_("Typ een bedrag zoals 4000 of 4.000,50.")) from None
        if not 0 <= cents <= self.most_cents:
            raise ValueError(
                lazy_("Typ een bedrag van 0 tot %(most)s.", most=money.euro(self.most_cents))
            )
        self.data = cents

    def _value(self) -> str:
        return (
            self.typed
            if self.typed is not None
            else ""
            if self.data is None
            else money.plain(self.data)
        )


class Day(StringField):
    """A date; read as 2027-02-01 or 1/2/2027."""

    widget = widgets.DateInput()

    def __init__(
        self, label: object, required: bool = True, hint: object = "", **kw: object
    ) -> None:
        super().__init__(label, _checks(required), description=hint, **kw)
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read a date in either notation."""
        self.typed = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not self.typed:
            return
        match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", self.typed, re.ASCII)
        text = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else self.typed
        try:
            self.data = date.fromisoformat(text) if len(text) == 10 else _no_date()
        except ValueError:
            raise ValueError(lazy_("Typ een datum zoals 1/2/2027.")) from None

    def _value(self) -> str:
        return self.data.isoformat() if self.data else self.typed or ""


def _no_date() -> date:
    raise ValueError


def options(pairs: Sequence[tuple[str, object]]) -> list[SelectChoice]:
    """Value and label pairs as WTForms wants them, also for a field's ``choices`` set later."""
    return [SelectChoice(value, label) for value, label in pairs]


class Choice(RadioField):
    """One of a few answers."""

    def __init__(
        self,
        label: object,
        choices: Sequence[tuple[str, object]],
        required: bool = True,
        hint: object = "",
        **kw: object,
    ) -> None:
        checks = _checks(required, message=CHOOSE)
        super().__init__(label, checks, choices=options(choices), description=hint, **kw)


class Choices(SelectMultipleField):
    """Any number of answers, as checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(
        self,
        label: object,
        choices: Sequence[tuple[str, object]],
        required: bool = False,
        hint: object = "",
        **kw: object,
    ) -> None:
        checks = _checks(required, message=CHOOSE)
        super().__init__(label, checks, choices=options(choices), description=hint, **kw)


class YesNo(Choice):
    """Yes, no, or "I do not know" where ``unknown`` allows it; ``data`` is yes | no | unknown."""

    def __init__(self, label: object, unknown: bool = False, **kw: object) -> None:
        choices = [("yes", lazy_("Ja")), ("no", lazy_("Nee"))]
        super().__init__(label, choices + [("unknown", lazy_("Dat weet ik niet"))] * unknown, **kw)  # type: ignore[arg-type]


class Tick(BooleanField):
    """One box to tick."""
