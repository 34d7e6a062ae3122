"""Forms about a person: sign in, register, passwords, name."""

from __future__ import annotations

from wtforms import HiddenField

from marketplace.i18n import lazy_
from marketplace.web.forms import Email, Form, Password, Text

from .fields import Address, NewPassword


class SignInForm(Form):
    """Sign in."""

    email = Email(lazy_("E-mailadres"))
    password = Password(lazy_("Wachtwoord"))
    next = HiddenField()


class AccountForm(Form):
    """The last page of a registration."""

    name = Text(lazy_("Uw naam"), most=120, render_kw={"autocomplete": "name"})
    email = Address(lazy_("Uw e-mailadres"), hint=lazy_("Hier sturen we de bevestiging naartoe."))
    new_password = NewPassword(lazy_("Kies een wachtwoord"))


class ConfirmForm(Form):
    """Confirm an address with the password that was chosen."""

    password = Password(lazy_("Wachtwoord"))


class ForgotForm(Form):
    """Ask for a link to choose a new password."""

    email = Address(lazy_("E-mailadres"))


class ResetForm(Form):
    """Choose a new password."""

    new_password = NewPassword(lazy_("Nieuw wachtwoord"))


class ChangePasswordForm(Form):
    """Change the password."""

    password = Password(lazy_("Huidig wachtwoord"))
    new_password = NewPassword(lazy_("Nieuw wachtwoord"))


class NameForm(Form):
    """Change the name."""

    name = Text(lazy_("Uw naam"), most=120, render_kw={"autocomplete": "name"})
