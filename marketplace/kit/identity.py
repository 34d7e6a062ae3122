"""Who acts: for the marks that a plugin keeps of who did what."""

from marketplace.accounts.services import current_person


def person_id() -> str:
    """The public id of the person in hand; '' for a visitor or a program."""
    person = current_person()
    return person.public_id if person else ""


__all__ = ["person_id"]
