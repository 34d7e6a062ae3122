"""A person's own account: confirm the address, passwords, name."""

from __future__ import annotations

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.services import limits, mails, passwords, sign_in, tokens
from marketplace.accounts.services.addresses import spelling
from marketplace.accounts.services.people import by_email, end_sign_ins
from marketplace.audit.services import record
from marketplace.db import db
from marketplace.errors import DomainError
from marketplace.i18n import _


def confirm(link: tokens.Link, password: str) -> None:
    """Confirm the address with the password that was chosen, and sign in. Commits.

    The password is asked again, so that nobody confirms an account that a stranger made with their
    address. Raises sign_in.Unknown or limits.TooMany.
    """
    person = link.person
    sign_in.check_password(person, password)
    person.verified_at = clock.now()
    record("person.verified", f"person:{person.public_id}")
    sign_in.begin(person)
    db.session.commit()


def ask_new_password(email: str) -> None:
    """Mail a link to choose a new password; without an account, a mail that says so. Commits.

    Raises limits.TooMany for this network address, never for this account.
    """
    address = spelling(email)
    limits.count("forgot", address)
    if not mails.room_in_mailbox(address):
        return
    person = by_email(address)
    if person and not person.deactivated_at:
        mails.new_password(person)
    else:
        mails.no_account(address)
    db.session.commit()


def choose_password(link: tokens.Link, password: str) -> None:
    """Set the password by a link from a mail; that confirms the address too. Commits.

    Every sign-in ends. Raises DomainError when the password is too easy.
    """
    person = link.person
    _set(person, password)
    person.verified_at = person.verified_at or clock.now()
    record("person.password_reset", f"person:{person.public_id}")
    db.session.commit()


def change_password(person: Person, old: str, new: str) -> None:
    """Change the password; every other browser is signed out, this one starts anew. Commits.

    Raises DomainError beside ``password`` or ``new_password``, or limits.TooMany.
    """
    try:
        sign_in.check_password(person, old)
    except sign_in.Unknown:
        message = _("Dit is niet uw huidige wachtwoord. Typ het opnieuw.")
        raise DomainError("wrong-password", message, "password") from None
    _set(person, new)
    record("person.password_changed", f"person:{person.public_id}")
    sign_in.begin(person)
    db.session.commit()


def rename(person: Person, name: str) -> None:
    """Change the person's name and commit. The log holds that it changed, not the names."""
    person.name = name
    record("person.renamed", f"person:{person.public_id}")
    db.session.commit()


def _set(person: Person, password: str) -> None:
    if passwords.too_easy(password, person.email):
        message = _("Dit wachtwoord is te makkelijk te raden. Kies een ander.")
        raise DomainError("easy-password", message, "new_password")
    person.password_hash = passwords.hash_password(password)
    end_sign_ins(person)
    mails.password_changed(person)
