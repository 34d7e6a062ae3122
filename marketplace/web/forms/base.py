"""The form, and the checks that its fields share."""

from __future__ import annotations

import unicodedata

from flask_wtf import FlaskForm
from wtforms import Field, ValidationError, validators

from marketplace.i18n import lazy_

REQUIRED = lazy_("Vul dit veld in.")
CHOOSE = lazy_("Kies een antwoord.")
_FORBIDDEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the reading direction: one name can be made to look like another."""


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
    """Refuses control characters, lone surrogates and marks that turn the reading direction.

    ``multiline`` lets line breaks through.
    """

    def __init__(self, multiline: bool = False) -> None:
        self.allowed = "\r\n\t\u2028\u2029" if multiline else ""

    def __call__(self, form: Form, field: Field) -> None:
        """Raise a Dutch message when the text holds something that cannot be shown."""
        if any(self._is_forbidden(char) for char in field.data or ""):
            raise ValidationError(lazy_("Deze tekst bevat een onzichtbaar teken. Typ hem opnieuw."))

    def _is_forbidden(self, char: str) -> bool:
        if char in self.allowed:
            return False
        return char in _TURNS or unicodedata.category(char) in _FORBIDDEN


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
    """Something visible was filled in; spaces alone are nothing."""

    def __call__(self, form: Form, field: Field) -> None:
        """Stop with a Dutch message when nothing visible was sent."""
        sent = field.raw_data or []
        if sent and not any(_is_visible(str(part)) for part in sent):
            field.errors[:] = []
            raise validators.StopValidation(self.message)
        super().__call__(form, field)


def _is_visible(text: str) -> bool:
    """Whether any character shows: spaces and zero width do not, and PlainText judges the rest."""
    return any(unicodedata.category(char) not in {"Zs", "Cf"} and char.strip() for char in text)


def checks(required: bool, *more: object, message: object = REQUIRED) -> list[object]:
    """The validators of a field, with the question whether it must be filled in first."""
    first = Filled(message) if required else validators.Optional()
    return [first, *more]
