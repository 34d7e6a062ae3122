"""Fields for text."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from wtforms import PasswordField, StringField, TextAreaField, ValidationError

from marketplace.i18n import lazy_

from .base import Form, PlainText, ShortEnough, checks


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


class Text(StringField):
    """One line of text."""

    def __init__(
        self, label: object, most: int = 200, required: bool = True, hint: object = "", **kw: object
    ) -> None:
        tests = checks(required, PlainText(), ShortEnough(most), *kw.pop("validators", ()))  # type: ignore[misc]
        super().__init__(label, tests, filters=[_strip], description=hint, **kw)
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
        tests = checks(required, PlainText(multiline=True), ShortEnough(most))
        super().__init__(label, tests, filters=[_strip], description=hint, **kw)
        self.most = most


class Email(Text):
    """An e-mail address, as typed; accounts gives it the one spelling that is stored."""

    def __init__(
        self, label: object, required: bool = True, hint: object = "", **kw: object
    ) -> None:
        attributes = {"autocomplete": "email", "inputmode": "email"}
        super().__init__(label, 254, required, hint, render_kw=attributes, **kw)

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        """Refuse what no mail can go to, and what a mail program would read as two addresses."""
        if not self.data or validation_stopped or self.errors:
            return
        try:
            found = validate_email(
                self.data, check_deliverability=False, globally_deliverable=False
            )
        except EmailNotValidError:
            found = None
        if found is None or "." not in found.domain:
            raise ValidationError(lazy_("Typ een e-mailadres zoals naam@voorbeeld.be."))


class Password(PasswordField):
    """A password; never shown again, never logged."""

    def __init__(self, label: object, new: bool = False, hint: object = "", **kw: object) -> None:
        tests = checks(True, ShortEnough(200))
        word = "new-password" if new else "current-password"
        super().__init__(label, tests, description=hint, render_kw={"autocomplete": word}, **kw)
