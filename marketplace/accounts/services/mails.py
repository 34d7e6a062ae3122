"""The mails of this area: what happened, what to do now, one button."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.accounts.services import limits, tokens
from marketplace.accounts.services.addresses import absolute
from marketplace.i18n import _
from marketplace.jobs.mail import send


def confirm_address(person: Person, next_path: str | None) -> None:
    """Ask a new person to confirm the address. The name stays out: a stranger may have typed it."""
    token = tokens.issue("verify", person, next_path)
    send(
        person.email,
        _("Bevestig uw e-mailadres"),
        "accounts/mail/verify",
        button_label=_("Bevestig uw e-mailadres"),
        button_url=absolute("accounts.verify", token=token),
    )


def already_known(person: Person) -> None:
    """Tell a person who registers again that there is an account."""
    send(
        person.email,
        _("U hebt al een account"),
        "accounts/mail/exists",
        name=person.name,
        button_label=_("Kies een nieuw wachtwoord"),
        button_url=absolute("accounts.reset", token=tokens.issue("reset", person)),
    )


def new_password(person: Person) -> None:
    """Give a person the link to choose a new password."""
    send(
        person.email,
        _("Kies een nieuw wachtwoord"),
        "accounts/mail/reset",
        name=person.name,
        button_label=_("Kies een nieuw wachtwoord"),
        button_url=absolute("accounts.reset", token=tokens.issue("reset", person)),
    )


def no_account(email: str) -> None:
    """Tell somebody who asked for a new password that this address has no account."""
    send(
        email,
        _("Dit e-mailadres heeft geen account"),
        "accounts/mail/unknown",
        button_label=_("Registreer uw organisatie"),
        button_url=absolute("accounts.register"),
    )


def password_changed(person: Person) -> None:
    """Tell a person that the password changed, in case it was somebody else."""
    send(
        person.email,
        _("Uw wachtwoord is gewijzigd"),
        "accounts/mail/changed",
        name=person.name,
        button_label=_("Dit was ik niet"),
        button_url=absolute("accounts.forgot"),
    )


def invitation(person: Person, place: str | None) -> None:
    """Let a person whom somebody added choose a password."""
    send(
        person.email,
        _("Er is een account voor u gemaakt"),
        "accounts/mail/invite",
        name=person.name,
        organisation=place,
        button_label=_("Kies uw wachtwoord"),
        button_url=absolute("accounts.reset", token=tokens.issue("invite", person)),
    )


def room_in_mailbox(email: str) -> bool:
    """Whether this mailbox may have one more mail that a stranger can ask for. Commits."""
    try:
        limits.count("mail", email)
    except limits.TooMany:
        return False
    return True
