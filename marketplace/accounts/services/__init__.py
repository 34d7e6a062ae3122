"""Accounts: who somebody is, what they may do, and the organisation they act for."""

from .identity import (
    Visitor,
    current_employer,
    current_federation,
    current_organisation,
    current_person,
    current_roles,
    visitor,
)
from .limits import TooMany
from .organisation import employer_facts, establishment
from .people import add_organisation, add_person, by_email, find_organisation, give_role
from .sign_in import OnSignIn, Unknown
from .tokens import DeadLink

__all__ = [
    "DeadLink",
    "OnSignIn",
    "TooMany",
    "Unknown",
    "Visitor",
    "add_organisation",
    "add_person",
    "by_email",
    "current_employer",
    "current_federation",
    "current_organisation",
    "current_person",
    "current_roles",
    "employer_facts",
    "establishment",
    "find_organisation",
    "give_role",
    "visitor",
]
