"""Who a view of a closed page works for; the policy gate let only these through."""

from __future__ import annotations

from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.services import current_employer, current_person
from marketplace.errors import NotFound


def person_in_hand() -> Person:
    """The person who is signed in. Raises NotFound for a visitor."""
    person = current_person()
    if person is None:
        raise NotFound
    return person


def employer_in_hand() -> Organisation:
    """The employer the person acts for. Raises NotFound without one."""
    employer = current_employer()
    if employer is None:
        raise NotFound
    return employer
